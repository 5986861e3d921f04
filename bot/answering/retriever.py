"""One pack made searchable: the snippets that may answer a question, best first, and how sure that is."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from itertools import pairwise

from bot.answering import line, tuning
from bot.answering.features import Evidence, Seen
from bot.answering.name_book import NameBook
from bot.answering.prepared import Prepared
from bot.answering.ranking import Candidate, NameHit, Ranking, Unit
from bot.pack.model import Pack, Snippet
from bot.text.bilingual import in_chinese
from bot.text.content_words import content_words, is_filler, weight
from bot.text.dialects import breaks, heard
from bot.text.folding import is_english
from bot.text.tokens import Cutter, runs, stem

NOTHING = -20.0  # log odds of a text that no snippet has a word of
LONGEST = 600  # characters; the rest of a longer text is not a question


def answerable(pack: Pack) -> tuple[Snippet, ...]:
    """Return the snippets that may answer: all but drafts."""
    return tuple(snippet for snippet in pack.snippets if not snippet.draft)


class Ranker:
    """Ranks the snippets of a prepared pack by their numbers."""

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self.index, self.told, self.line = prepared.index, prepared.told, prepared.line or (0.0, 0.0)
        self.book = NameBook(prepared.names)

    @cached_property
    def cutter(self) -> Cutter:
        """Return the pack's own tokenizer."""
        return self._prepared.cutter()

    def rank(
        self, text: str, *, favour: frozenset[int] = frozenset(), only: frozenset[int] | None = None
    ) -> Ranking:
        """Return the snippets that anything in the text speaks for; `only` these, `favour` some of them.

        The text may be folded already; its clauses are kept apart if it is not.
        """
        seen, candidates, certainty = self._weigh(text, favour, only)
        sure = line.confidence(certainty, self.line[is_english(text)]) if candidates else 0.0
        return Ranking(candidates, seen.units, seen.names, seen.strange(), sure)

    def certainty(self, text: str) -> float:
        """Return the log odds that the best snippet answers the text, wherever the line is."""
        return self._weigh(text)[2]

    def _weigh(
        self, text: str, favour: frozenset[int] = frozenset(), only: frozenset[int] | None = None
    ) -> tuple[Seen, tuple[Candidate, ...], float]:
        """Return the text taken apart, its candidates in order, and the log odds of the first."""
        seen = self._see(text[:LONGEST])
        scores = self.index.scores(seen.terms)
        ordered = dict(scores)
        highest = max(scores.values(), default=0.0)
        for number in (*owners_of(seen.names), *favour):  # these are looked at in any case
            ordered[number] = ordered.get(number, 0.0) + highest
        if only is not None:
            ordered = {number: score for number, score in ordered.items() if number in only}
        likeliest = nlargest(tuning.LOOKED_AT, ordered, key=lambda n: (ordered[n], -n))
        evidence = Evidence(self._prepared, seen, scores, favour)
        found = (evidence.candidate(number) for number in likeliest)
        candidates = tuple(sorted(found, key=lambda c: (-c.score, c.number)))
        return seen, candidates, evidence.certainty(candidates[0]) if candidates else NOTHING

    def _see(self, text: str) -> Seen:
        """Return the text taken apart."""
        folded = heard(text)
        cuts = breaks(text, folded)
        names = tuple(self.book.hits(folded))
        parts = [folded[start:end] for start, end in pairwise([0, *cuts, len(folded)])]
        terms, near = self._terms(parts, names)
        units = (
            self._unit(word, at, near) for word, at in content_words(folded, self.cutter, cuts, guess=True)
        )
        return Seen(folded, tuple(units), names, terms, near)

    def _unit(self, word: str, at: int, near: Mapping[str, Sequence[str]]) -> Unit:
        keys = ("e:" + stem(word),) if word.isascii() else ("w:" + word, "c:" + word)
        known = any(key in self.index or key in near for key in keys)
        return Unit(word, at, weight(word), known)

    def _terms(
        self, clauses: Sequence[str], names: Sequence[NameHit]
    ) -> tuple[dict[str, float], dict[str, list[str]]]:
        """Return the terms of a question, and what stands for those that no snippet has.

        Pairs are taken by their sound, Latin words by their letters; a name that was mistyped is also taken
        as it is written.
        """
        terms: dict[str, float] = {}
        near: dict[str, list[str]] = {}
        for clause in clauses:
            for term in self.cutter.terms(clause):
                if term in self.index:
                    terms[term] = 1.0
                elif found := self.index.near(term):
                    near[term] = found
        beside = [(found, tuning.SOUND_WEIGHT) for found in near.values()]
        beside += [(self._in_chinese(clauses), tuning.TRANSLATED_WEIGHT)]
        beside += [(self.cutter.terms(hit.name), hit.likeness) for hit in names if hit.likeness < 1.0]
        for found, weighing in beside:
            for term in found:
                terms.setdefault(term, weighing)
        return terms, near

    def _in_chinese(self, clauses: Sequence[str]) -> list[str]:
        """Return the terms of what English words of the question are called in a Chinese reading."""
        if not self._prepared.is_chinese:
            return []
        words = (word for clause in clauses for word in runs(clause) if word.isascii() and len(word) > 1)
        meanings = (meaning for word in words if not is_filler(word) for meaning in in_chinese(word))
        return [term for meaning in meanings for term in self.cutter.terms(meaning) if term in self.index]


class Retriever(Ranker):
    """Finds the snippets of a pack (drafts left out) that a question may be about."""

    def __init__(self, pack: Pack, *, extra_aliases: Mapping[str, Sequence[str]] | None = None) -> None:
        self.snippets = answerable(pack)
        self.numbers = {snippet.slug: number for number, snippet in enumerate(self.snippets)}
        extra = extra_aliases or {}
        super().__init__(
            line.measured(self.snippets, extra, pack.paragraphs, lambda prepared: Ranker(prepared).certainty)
        )


def owners_of(hits: Sequence[NameHit]) -> frozenset[int]:
    """Return all snippets that go by any of the names."""
    return frozenset(number for hit in hits for number in hit.owners)
