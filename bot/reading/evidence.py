"""How sure one may be that a question is about the reading at all, and about this snippet."""

import math

from bot.reading.candidates import Candidate
from bot.reading.index import Index
from bot.reading.question import Question

ANOTHER_WORD, PARTS = 0.8, 0.7  # how well a synonym, or a word's pairs of characters, stand for it
MENTION = 0.4


class Knowledge:
    """Which snippets know which of a question's words, looked up once for all candidates."""

    def __init__(self, index: Index, question: Question) -> None:
        self._units = question.units
        self._total = sum(unit.mass for unit in question.units)
        self._same = [index.having(unit.keys) for unit in question.units]
        self._others = [index.having(unit.other_keys) for unit in question.units]
        self._pairs = [[index.having([key]) for key in unit.pair_keys] for unit in question.units]

    def coverage(self, candidate: Candidate) -> float:
        """Return how much of the question's content the snippet knows, 0.0-1.0."""
        known = 0.0
        spans = [(hit.start, hit.end, hit.likeness) for hit in (*candidate.hits, *candidate.mentions)]
        for at, unit in enumerate(self._units):
            within = max((a for s, e, a in spans if s <= unit.start < e), default=0.0)
            known += unit.mass * (within if within == 1.0 else max(within, self.knows(at, candidate.number)))
        return known / self._total if self._total else 0.0

    def knows(self, at: int, number: int) -> float:
        """Return how well the snippet knows the question's word at that place, 0.0-1.0."""
        if number in self._same[at]:
            return 1.0
        if number in self._others[at]:
            return ANOTHER_WORD
        pairs = self._pairs[at]
        return PARTS * sum(number in having for having in pairs) / len(pairs) if pairs else 0.0


def evidence(index: Index, question: Question, candidate: Candidate) -> float:
    """Return the evidence for the snippet; where the line is drawn is measured for each pack (thresholds.py).

    The weights come from a logistic fit of golden questions against lists/offtopic.txt. Names that are
    everyday words (dolphin, legend) tell nothing about the topic; words that the whole pack has never heard
    of tell against it.
    """
    everyday = all(hit.name.everyday for hit in candidate.hits)
    proper = sum(hit.weight for hit in candidate.hits if not hit.name.everyday)
    proper += sum(MENTION * hit.weight for hit in candidate.mentions if not hit.name.everyday)
    possible = sum(index.idf(term) for term in question.content) or 1.0
    return (
        0.045 * candidate.alike
        + 1.9 * min(proper, 4.0)
        + 0.4 * math.log1p(candidate.ranked)
        + 0.5 * min(candidate.coverage * question.mass, 16.0)
        + 1.7 * min(candidate.ranked / possible, 2.5)
        + (0.0 if everyday else 3.0 * candidate.whole)
        - 1.4 * min(_foreign(index, question, candidate), 3)
        - 9.0
    )


def _foreign(index: Index, question: Question, candidate: Candidate) -> int:
    """Return how many words, outside the names that were found, no snippet has under any other word."""
    spans = [(hit.start, hit.end) for hit in candidate.hits]
    return sum(
        not any(s <= unit.start < e for s, e in spans)
        and not any(key in index for key in (*unit.keys, *unit.other_keys))
        for unit in question.units
    )
