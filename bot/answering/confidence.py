"""How sure one may be that a question is about the reading at all, and about this snippet."""

import math
from collections.abc import Iterable

from bot.answering import other_topics
from bot.answering.bm25 import Index
from bot.answering.candidates import Candidate
from bot.answering.query import Question, Unit
from bot.text.dictionary import rarity

ANOTHER_WORD, PARTS = 0.8, 0.7  # how well a synonym, or a word's pairs of characters, stand for it
MENTION = 0.4
HARDLY, SOMEWHAT = 7.0, 0.8  # rarity from which an everyday word is hardly one, and what it then tells
SAME = 19.5  # likeness (of 20) from which a question has the content of one of the snippet's aliases
MOST_STRANGE = 2  # more of them tell no more
NAME = 1.9  # what a name tells that is no everyday word
SURE_NAME = 3.4  # what a name of four characters tells, even one with a slip
MOST_BESIDE = 2  # words that are names of other things of the reading
MOST_SUBJECT = 2  # words of the reading's subject, likewise
MOST_UNITS = 8  # of a longer question's words no more are counted
MOST_WORDS = 6.0  # more of a question's words that are known tell no more


class Knowledge:
    """Which snippets know which of a question's words, looked up once for all candidates."""

    def __init__(self, index: Index, question: Question) -> None:
        self._index, self._units = index, question.units
        self._own = [_in_index(index, unit.keys) for unit in question.units]
        self._other = [_in_index(index, unit.other_keys) for unit in question.units]
        self._parts = [_in_index(index, unit.pair_keys) for unit in question.units]
        self._total = sum(unit.mass for unit in question.units)
        self._same = [index.having(unit.keys) for unit in question.units]
        self._others = [index.having(unit.other_keys) for unit in question.units]
        self._pairs = [[index.having([key]) for key in unit.pair_keys] for unit in question.units]

    def coverage(self, candidate: Candidate) -> tuple[float, float]:
        """Return how much of the question's content the snippet knows, 0.0-1.0, and how many of its words."""
        known = words = 0.0
        spans = [(hit.start, hit.end, hit.likeness) for hit in (*candidate.hits, *candidate.mentions)]
        for at, unit in enumerate(self._units):
            within = max((a for s, e, a in spans if s <= unit.start < e), default=0.0)
            knows = within if within == 1.0 else max(within, self.knows(at, candidate.number))
            known += unit.mass * knows
            words += knows
        return known / self._total if self._total else 0.0, words

    def telling(self, candidate: Candidate) -> float:
        """Return how much the question's words are the snippet's own, word by word, all together."""
        slips = [hit for hit in candidate.hits if hit.likeness < 1.0]
        return sum(
            max((hit.likeness for hit in slips if hit.has(unit.start)), default=0.0)
            or self._strength(at, candidate.number)
            for at, unit in enumerate(self._units)
        )

    def _strength(self, at: int, number: int) -> float:
        """Return how much the word at that place is the snippet's own, by the best of its three ways."""
        strength, best = self._index.strength, 0.0
        if number in self._same[at]:
            best = max(strength(term, number) for term in self._own[at])
        if best < ANOTHER_WORD and number in self._others[at]:
            best = max(best, ANOTHER_WORD * max(strength(term, number) for term in self._other[at]))
        if best < PARTS and self._parts[at]:
            parts = sum(strength(term, number) for term in self._parts[at])
            best = max(best, PARTS * parts / len(self._units[at].pair_keys))
        return best

    def knows(self, at: int, number: int) -> float:
        """Return how well the snippet knows the question's word at that place, 0.0-1.0."""
        if number in self._same[at]:
            return 1.0
        if number in self._others[at]:
            return ANOTHER_WORD
        pairs = self._pairs[at]
        return PARTS * sum(number in having for having in pairs) / len(pairs) if pairs else 0.0


def _in_index(index: Index, terms: Iterable[str]) -> list[str]:
    return [term for term in terms if term in index]


def certainty(index: Index, question: Question, candidate: Candidate) -> float:
    """Return how sure one may be that the question is one that the snippet answers.

    Where the line is drawn is measured for each pack (thresholds.py). The weights come from a logistic fit of
    questions about the first reading against others, many of which share a word with it.
    A long question may say much that no snippet says, if only what is known of it is much; but what is rare
    and unheard of, a name of the world that the pack has not, and an errand (to buy it, to get there) tell
    that it is about something else. One that says itself that it is about the reading is believed a little.
    """
    folded, spans = question.folded, [(hit.start, hit.end) for hit in candidate.hits]
    strange = other_topics.strange_names(index, folded, spans)
    errands = other_topics.errands(index, folded, spans, candidate.number)
    proper = _proper(candidate)
    beside = sum(any(hit.has(unit.start) for hit in candidate.beside) for unit in question.units)
    subject = _of_the_subject(index, question)
    return (
        0.4 * min(proper, 4.0)
        + 0.1 * min(candidate.coverage * question.mass, 16.0)
        + 0.9 * min(candidate.words, MOST_WORDS)
        + 1.2 * min(candidate.telling, MOST_WORDS)
        + 1.8 * min(beside, MOST_BESIDE)
        - 0.2 * min(len(question.units), MOST_UNITS)
        + 0.35 * min(candidate.ranked / _possible(index, question), 2.5)
        + (1.9 if proper >= NAME else 1.3) * candidate.whole
        + (0.9 if candidate.alike >= SAME else 0.0)
        + (3.0 if other_topics.names_the_reading(folded) else 0.0)
        + 0.5 * min(subject, MOST_SUBJECT)
        - (1.7 if not subject and proper < SURE_NAME and other_topics.asks_how(folded) else 0.0)
        - 1.6 * _unheard(index, question, candidate)
        - 5.0 * min(strange, MOST_STRANGE)
        - 4.0 * min(errands, MOST_STRANGE)
        - 3.1
    )


def evidence(index: Index, question: Question, candidate: Candidate) -> float:
    """Return the evidence that a text of any length, such as a remark, is about the snippet.

    The weights come from a logistic fit of golden questions against lists/offtopic.txt. Names that are
    everyday words (dolphin, legend) tell nothing about the topic; words that the whole pack has never heard
    of tell against it.
    """
    everyday = all(hit.name.everyday for hit in candidate.hits)
    return (
        0.045 * candidate.alike
        + 1.9 * min(_proper(candidate) + _hardly_everyday(candidate), 4.0)
        + 0.4 * math.log1p(candidate.ranked)
        + 0.5 * min(candidate.coverage * question.mass, 16.0)
        + 1.7 * min(candidate.ranked / _possible(index, question), 2.5)
        + (0.0 if everyday else 3.0 * candidate.whole)
        - 1.4 * min(_foreign(index, question, candidate), 3)
        - 11.0
    )


def _of_the_subject(index: Index, question: Question) -> int:
    """Return how many of the question's words are of what the whole reading is about."""
    return sum(not index.subject.isdisjoint((*unit.keys, *unit.other_keys)) for unit in question.units)


def _proper(candidate: Candidate) -> float:
    """Return what the names that are no everyday words tell for the snippet."""
    own = sum(hit.weight for hit in candidate.hits if not hit.name.everyday)
    return own + sum(MENTION * hit.weight for hit in candidate.mentions if not hit.name.everyday)


def _hardly_everyday(candidate: Candidate) -> float:
    """Return what the names tell that are everyday words, but rare ones (打磨, 失真)."""
    rare = (hit for hit in candidate.hits if hit.name.everyday and rarity(hit.name.folded) >= HARDLY)
    return SOMEWHAT * sum(hit.weight for hit in rare)


def _possible(index: Index, question: Question) -> float:
    """Return how much all of the question's terms tell together."""
    return sum(index.idf(term) for term in question.content) or 1.0


def _unheard(index: Index, question: Question, candidate: Candidate) -> float:
    """Return the share of the question, by mass, in words of which the pack has no part."""
    spans = [(hit.start, hit.end) for hit in candidate.hits]
    rest = [unit for unit in question.units if not any(s <= unit.start < e for s, e in spans)]
    return unheard(index, rest) / question.mass if question.mass else 0.0


def unheard(index: Index, units: Iterable[Unit]) -> float:
    """Return how much the words tell together of which the pack has no part."""
    return sum(
        unit.mass
        for unit in units
        if not any(key in index for key in (*unit.keys, *unit.other_keys, *unit.pair_keys))
    )


def _foreign(index: Index, question: Question, candidate: Candidate) -> int:
    """Return how many words, outside the names that were found, no snippet has under any other word."""
    spans = [(hit.start, hit.end) for hit in candidate.hits]
    return sum(
        not any(s <= unit.start < e for s, e in spans)
        and not any(key in index for key in (*unit.keys, *unit.other_keys))
        for unit in question.units
    )
