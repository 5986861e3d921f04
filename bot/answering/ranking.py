"""What a retriever says of a question: its telling words, the names in it, and the snippets in order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """A content word of the question: how much it tells, and whether any snippet has it."""

    text: str
    start: int
    weight: float
    known: bool

    @property
    def end(self) -> int:
        """Return the position behind it."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class NameHit:
    """A name of the pack found in a question between two positions; `owners` go by it, `titled` by title."""

    name: str  # folded
    shown: str  # as the pack writes it
    start: int
    end: int
    likeness: float  # 1.0 exact
    owners: tuple[int, ...]
    titled: tuple[int, ...]
    weight: float  # length, likeness cubed, and rarity
    everyday: bool  # the name is also an everyday word, like 海豚
    only_alias: bool  # no snippet has it as title or keyword

    def has(self, position: int) -> bool:
        """Return whether the position lies within the name."""
        return self.start <= position < self.end


@dataclass(frozen=True)
class Candidate:
    """A snippet that may answer. `covered` are the texts of the units that it knows."""

    number: int
    score: float
    probability: float = 0.0  # of being the one that was meant, among the candidates
    covered: frozenset[str] = frozenset()
    names: tuple[NameHit, ...] = ()
    features: tuple[float, ...] = ()


@dataclass(frozen=True)
class Ranking:
    """Candidates, best first. `confidence` is that of the best one: 0.5 where the pack's line is."""

    candidates: tuple[Candidate, ...] = ()
    units: tuple[Unit, ...] = ()
    names: tuple[NameHit, ...] = ()
    strange: tuple[str, ...] = ()  # telling words of the question that the pack does not know
    confidence: float = 0.0
