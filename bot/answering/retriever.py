"""One pack made searchable: the snippets that may answer a question, best first, and how sure that is."""

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from heapq import nlargest

from bot.answering import question_kinds, tuning
from bot.answering.features import Evidence, Seen
from bot.answering.line import measured
from bot.answering.name_book import NameBook
from bot.answering.prepared import Prepared, rejoined
from bot.answering.ranking import Candidate, NameHit, Ranking, Unit
from bot.pack.model import Pack, Snippet
from bot.text.bilingual import in_chinese
from bot.text.content_words import content_words, weight
from bot.text.dialects import breaks, heard
from bot.text.tokens import Cutter, stem

NOTHING = -20.0  # log odds of a text that no snippet has a word of
LONGEST = 600  # characters; the rest of a longer text is not a question


def answerable(pack: Pack) -> tuple[Snippet, ...]:
    """Return the snippets that may answer: all but drafts."""
    return tuple(snippet for snippet in pack.snippets if not snippet.draft)


class Retriever:
    """Finds the snippets of a pack (drafts left out) that a question may be about."""

    def __init__(self, pack: Pack, *, extra_aliases: Mapping[str, Sequence[str]] | None = None) -> None:
        self.snippets = answerable(pack)
        self.numbers = {snippet.slug: number for number, snippet in enumerate(self.snippets)}
        self._use(measured(self.snippets, extra_aliases or {}))

    def _use(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self.index, self.told, self.line = prepared.index, prepared.told, prepared.line
        self.book = NameBook(prepared.names)

    @classmethod
    def of(cls, prepared: Prepared) -> "Retriever":
        """Return a retriever over what is prepared, without its snippets: enough to rank."""
        made = cls.__new__(cls)
        made.snippets, made.numbers = (), {}
        made._use(prepared)
        return made

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
        seen, candidates, sure = self._weigh(text, favour, only)
        sure -= self.line[0] if self.line else 0.0
        confidence = 1.0 / (1.0 + math.exp(-max(-20.0, min(20.0, sure)))) if candidates else 0.0
        return Ranking(candidates, seen.units, seen.names, seen.strange(), confidence)

    def _weigh(
        self, text: str, favour: frozenset[int] = frozenset(), only: frozenset[int] | None = None
    ) -> tuple[Seen, tuple[Candidate, ...], float]:
        """Return the text taken apart, its candidates in order, and the log odds of the first."""
        seen = self._see(text[:LONGEST])
        scores = self.index.scores(self._terms(seen))
        for hit in seen.names:
            for number in hit.owners:
                scores[number] = scores.get(number, 0.0) + tuning.NAME_SCORE * hit.weight
        highest = max(scores.values(), default=0.0)
        for number in favour:
            scores[number] = scores.get(number, 0.0) + tuning.FAVOUR_SCORE * max(highest, 1.0)
        if only is not None:
            scores = {number: score for number, score in scores.items() if number in only}
        likeliest = nlargest(tuning.LOOKED_AT, scores, key=lambda n: (scores[n], -n))
        evidence = Evidence(self._prepared, self.cutter, seen, scores, favour)
        candidates = _in_order([evidence.candidate(number) for number in likeliest])
        return seen, candidates, evidence.certainty(candidates) if candidates else NOTHING

    def _see(self, text: str) -> Seen:
        """Return the text taken apart."""
        folded = heard(text)
        cuts = breaks(text, folded)
        names = tuple(self.book.hits(folded))
        found = list(content_words(folded, self.cutter, cuts, guess=True))
        units = tuple(self._unit(word, at) for word, at in found)
        runs = tuple(rejoined(found))
        return Seen(folded, units, names, runs, question_kinds.asked(folded))

    def _unit(self, word: str, at: int) -> Unit:
        keys = ("e:" + stem(word),) if word.isascii() else ("w:" + word, "c:" + word)
        known = any(key in self.index for key in keys)
        return Unit(word, at, weight(word), known)

    def _terms(self, seen: Seen) -> dict[str, float]:
        """Return the question's terms; pairs that no snippet has are taken by their sound."""
        out: dict[str, float] = {}
        for run in seen.runs:
            for term in self.cutter.terms(run):
                if term in self.index:
                    out[term] = 1.0
                else:
                    for near in self.index.by_sound(term):
                        out.setdefault(near, tuning.SOUND_WEIGHT)
        for unit in seen.units:
            for other in in_chinese(unit.text) if unit.text.isascii() else ():
                for term in self.cutter.terms(other):
                    out.setdefault(term, tuning.TRANSLATED_WEIGHT)
        return out

    def certainty(self, text: str) -> float:
        """Return the log odds that the best snippet answers the text, wherever the line is."""
        return self._weigh(text)[2]


def _in_order(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda c: (-c.score, c.number)))


def owners_of(hits: Sequence[NameHit]) -> frozenset[int]:
    """Return all snippets that go by any of the names."""
    return frozenset(number for hit in hits for number in hit.owners)
