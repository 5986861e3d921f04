"""A snippet that may answer, and what speaks for it."""

from dataclasses import dataclass, field

from bot.reading.aliases import Hit

COVERAGE_WEIGHT = 20.0


@dataclass
class Candidate:
    """A snippet and what speaks for it. `coverage` is how much of the question it knows, 0.0-1.0."""

    number: int
    ranked: float = 0.0  # its text, by BM25
    named: float = 0.0  # names in the question that are its own, or that it mentions
    alike: float = 0.0  # the nearest of its aliases
    intent: float = 0.0  # the kind of question that it answers
    context: float = 0.0  # the question before
    coverage: float = 0.0
    words: float = 0.0  # how many of the question's content words it knows
    whole: float = 0.0  # how like one of its names the whole content of the question is
    hits: list[Hit] = field(default_factory=list)
    mentions: list[Hit] = field(default_factory=list)

    @property
    def score(self) -> float:
        """Return all evidence together, for putting candidates in order."""
        known = COVERAGE_WEIGHT * self.coverage
        return self.ranked + self.named + self.alike + self.intent + self.context + known
