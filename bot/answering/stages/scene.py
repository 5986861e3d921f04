"""What a stage may look at beside the question: the pack, and a way to search it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from bot.answering import tuning
from bot.answering.ranking import NameHit, Ranking, Unit
from bot.answering.retriever import Retriever
from bot.answering.stages.query import Query
from bot.pack.model import Answer, Kind, Pack, Said, Snippet, Tier
from bot.pack.topics import main_topics
from bot.text.dialects import heard
from bot.text.dictionary import is_word
from bot.text.folding import fold


class Scene:
    """A pack and its retriever. Nothing in it changes."""

    def __init__(self, pack: Pack, extra_aliases: Mapping[str, Sequence[str]]) -> None:
        self.pack = pack
        self.retriever = Retriever(pack, extra_aliases=extra_aliases)
        self.snippets = self.retriever.snippets
        self.rank = lru_cache(tuning.REMEMBERED)(self._rank)

    def _rank(self, text: str, only: frozenset[int] | None = None) -> Ranking:
        return self.retriever.rank(text, only=only) if self.snippets else Ranking()

    def units(self, text: str) -> tuple[Unit, ...]:
        """Return the content words of a text."""
        return self.rank(text).units

    def is_name(self, folded: str) -> bool:
        """Return whether the whole text is a name of the pack."""
        return self.retriever.book.exact(folded) is not None

    @cached_property
    def main_topics(self) -> tuple[Snippet, ...]:
        """Return the snippets that most others name as related: what one may well ask about."""
        return main_topics(self.snippets, tuning.MOST_SUGGESTIONS)

    @cached_property
    def speakers(self) -> Mapping[str, frozenset[int]]:
        """Return the snippets of each speaker, by folded name."""
        names = {fold(one.speaker) for one in self.snippets if one.speaker}
        return {
            name: frozenset(n for n, one in enumerate(self.snippets) if fold(one.speaker) == name)
            for name in names
        }

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """Return the folded name of the thing that each snippet is about; empty for an everyday word."""
        names = [heard(one.keywords[0]) if one.keywords else heard(one.title) for one in self.snippets]
        return tuple(
            name if name in heard(one.title) and not is_word(name) else ""
            for name, one in zip(names, self.snippets, strict=True)
        )

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return all that each snippet says, as it is compared."""
        return tuple(
            heard(f"{one.title}。{'、'.join(one.keywords)}。{one.text}。{one.sentence}。{one.speaker}")
            for one in self.snippets
        )

    def leans_to(self, number: int, side: str) -> float:
        """Return how much more a snippet tells of one side, strong or weak, than of the other."""
        told = self.retriever.told[number]
        return told.get(side, 0.0) - told.get("weak" if side == "strong" else "strong", 0.0)

    def resting_on(self, first: int, last: int) -> list[int]:
        """Return the snippets that rest on these paragraphs, those that rest on nothing else first."""
        wanted = set(range(first, last + 1))

        def apart(number: int) -> tuple[int, int]:
            return len(wanted.symmetric_difference(self.snippets[number].paragraphs)), number

        found = [n for n, one in enumerate(self.snippets) if wanted.intersection(one.paragraphs)]
        return sorted(found, key=apart)

    def beside(self, numbers: Iterable[int]) -> frozenset[int]:
        """Return these snippets and those that they name as related."""
        given = frozenset(numbers)
        related = (slug for number in given for slug in self.snippets[number].related)
        return given | {self.retriever.numbers[slug] for slug in related if slug in self.retriever.numbers}

    def answer(
        self,
        query: Query,
        snippets: Sequence[Snippet],
        tier: Tier,
        *,
        score: float = 1.0,
        near: Sequence[Snippet] | None = None,
    ) -> Answer:
        """Return these snippets as the answer, with what is near them."""
        related = [self.pack.by_slug.get(slug) for one in snippets for slug in one.related]
        ranked = [self.snippets[c.number] for c in query.ranking.candidates]
        others = dict.fromkeys(near if near is not None else (*related, *ranked))
        kept = [one for one in others if one and not one.draft and one not in snippets]
        return Answer(
            snippets=tuple(snippets),
            suggestions=tuple(kept[: tuning.MOST_SUGGESTIONS]),
            score=score,
            tier=tier,
            lead=query.lead,
            why=query.saw,
        )

    def refuse(
        self, query: Query, kind: Kind, tier: Tier, *, near: Sequence[Snippet] = (), lead: Said | None = None
    ) -> Answer:
        """Return no answer, with what can be asked instead: what is near, or the pack's main topics."""
        return Answer(
            kind=kind,
            suggestions=tuple(near)[: tuning.MOST_SUGGESTIONS] or self.main_topics,
            score=min(query.ranking.confidence, 0.49),
            tier=tier,
            general=not near,
            lead=lead,
            why=query.saw,
        )


def made(slug: str, title: str, text: str, paragraphs: Sequence[int] = (), label: str = "") -> Snippet:
    """Return what is put together from the reading itself, in the form of a snippet."""
    return Snippet(slug, title, text, paragraphs=tuple(paragraphs), gloss=f"{label} | " if label else "")


def sure_names(ranking: Ranking) -> list[NameHit]:
    """Return the names in a question that are surely meant, and are more than an everyday word."""
    return [
        hit
        for hit in ranking.names
        if hit.likeness >= tuning.SURE_NAME and not (hit.only_alias or (hit.everyday and len(hit.name) < 3))  # noqa: PLR2004
    ]


def weight_beside(ranking: Ranking, names: Sequence[NameHit]) -> float:
    """Return how much the question's words tell that stand in none of these names."""
    return sum(unit.weight for unit in ranking.units if not any(hit.has(unit.start) for hit in names))


def with_lead(query: Query, lead: Said | None) -> Query:
    """Return the query with that sentence before its answer."""
    return replace(query, lead=lead)
