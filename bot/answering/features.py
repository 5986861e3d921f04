"""What speaks for a candidate, as numbers: to put candidates in order, and to be sure of the best."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.answering import tuning
from bot.answering.prepared import Prepared, Ways
from bot.answering.ranking import Candidate, NameHit, Unit
from bot.text.tokens import stem

_COUNTED = re.compile("(?:几|多少)([\u4e00-\u9fff])?")
_NUMBER = "[0-9零一二三四五六七八九十百千万两半]"
_COUNTED_IN_ENGLISH = re.compile(
    r"\b(?:how (?:many|much|long|old|far)|when|what (?:year|share|percentage))\b"
)
_ENGLISH_NUMBER = r"[0-9]|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|twice|hundred|thousand)\b"


@dataclass(frozen=True)
class Seen:
    """A question taken apart. `terms` are weighted; `near` leads from unknown terms to known ones."""

    folded: str
    units: tuple[Unit, ...]
    names: tuple[NameHit, ...]
    terms: Mapping[str, float]
    near: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def strange(self) -> tuple[str, ...]:
        """Return the telling words that no snippet has and that stand in no name."""
        return tuple(u.text for u in self.units if self.is_unheard(u) and u.weight >= tuning.TELLING)

    def is_unheard(self, unit: Unit) -> bool:
        """Return whether no snippet has the word, under no name either."""
        return not (unit.known or any(hit.has(unit.start) for hit in self.names))


class Evidence:
    """The features of one question's candidates."""

    def __init__(
        self, prepared: Prepared, seen: Seen, scores: Mapping[int, float], favour: frozenset[int]
    ) -> None:
        self._prepared, self._index, self._seen = prepared, prepared.index, seen
        self._scores, self._favour = scores, favour
        self._highest = max(scores.values(), default=0.0) or 1.0
        self._tells = {term: self._index.idf(term) for term in seen.terms}
        self._ideal = sum(self._tells.values()) or self._index.highest_idf
        self._pieces = [(term[2:], idf) for term, idf in self._tells.items() if term[0] != "w"]
        self._ideal_pieces = sum(idf for _, idf in self._pieces) or 1.0
        self._having = [self._shares_of(unit) for unit in seen.units]
        self._counts = _number_asked_for(seen.folded)

    def candidate(self, number: int) -> Candidate:
        """Return the snippet of that number with what speaks for it."""
        known = [self._knows(at, number) for at in range(len(self._seen.units))]
        own = tuple(hit for hit in self._seen.names if number in hit.owners)
        features = self._features(number, own)
        score = sum(weight * value for weight, value in zip(tuning.CHOICE, features, strict=True))
        covered = (
            u.text for u, share in zip(self._seen.units, known, strict=True) if share >= tuning.COVERED
        )
        return Candidate(number, score, 0.0, frozenset(covered), own, features)

    def _features(self, number: int, own: Sequence[NameHit]) -> tuple[float, ...]:
        sentences, read = self._prepared.sentences[number], self._prepared.read[number]
        told = max(map(self._told, sentences[1:]), default=0.0)
        counts = self._counts
        return (
            self._scores.get(number, 0.0) / self._highest,
            max(map(self._told, read), default=told),
            told,
            self._told(sentences[0]),
            self._whole(own),
            sum(self._worth(hit) for hit in own if number in hit.titled),
            1.0 if counts and any(map(counts.search, sentences[1:])) else 0.0,
            1.0 if number in self._favour else 0.0,
        )

    def _worth(self, hit: NameHit) -> float:
        """Return what a name tells: little when many snippets speak of it."""
        return hit.weight * self._prepared.rarity_of(hit.name)

    def _shares_of(self, unit: Unit) -> tuple[set[int], list[set[int]]]:
        """Return the snippets that have the word, and those that have each of its pairs of characters."""
        return self._with(_key(unit.text)), [self._with(pair) for pair in _pairs(unit.text)]

    def _with(self, term: str) -> set[int]:
        terms = (term, *self._seen.near.get(term, ()))
        return {number for one in terms for number in self._index.shares(one)}

    def _knows(self, at: int, number: int) -> float:
        """Return how well the snippet knows the question's word at that place, 0.0-1.0."""
        having, pairs = self._having[at]
        if number in having:
            return 1.0
        start = self._seen.units[at].start
        named = max(
            (h.likeness for h in self._seen.names if number in h.owners and h.has(start)), default=0.0
        )
        parts = sum(number in pair for pair in pairs) / len(pairs) if pairs else 0.0
        return max(named, tuning.PARTS * parts)

    def _told(self, sentence: str) -> float:
        """Return how much of the question, by what its characters and Latin words tell, stands in there."""
        return sum(idf for piece, idf in self._pieces if piece in sentence) / self._ideal_pieces

    def _whole(self, own: Sequence[NameHit]) -> float:
        """Return how like one of its names the whole content of the question is."""
        units, length = self._seen.units, len(self._seen.folded)
        whole = (
            hit.likeness
            for hit in own
            if hit.end - hit.start == length or (units and all(hit.has(unit.start) for unit in units))
        )
        return max(whole, default=0.0)

    def certainty_features(self, best: Candidate) -> tuple[float, ...]:
        """Return what tells whether that candidate answers the question at all."""
        units = self._seen.units
        known = [self._knows(at, best.number) for at in range(len(units))]
        told = [unit.weight * share for unit, share in zip(units, known, strict=True)]
        mass = sum(unit.weight for unit in units) or 1.0
        unheard = sum(unit.weight for unit in units if self._seen.is_unheard(unit))
        named = sum(self._worth(hit) for hit in best.names if not hit.only_alias and not hit.everyday)
        return (
            math.log1p(sum(told)),
            math.log1p(self._scores.get(best.number, 0.0) / self._index.highest_idf),
            _likeness(self._tells, self._ideal, self._prepared.ways[best.number]),
            max(best.features[1], best.features[2]),
            max(told, default=0.0),
            min(float(len(units)), tuning.MOST_UNITS),
            unheard / mass,
            1.0 if self._is_of_the_world(unheard, mass, named) else 0.0,
            min(4.0, named),
            best.features[4],
        )

    def _is_of_the_world(self, unheard: float, mass: float, named: float) -> bool:
        """Return whether a question is mostly of words unheard of, or short, without a name, and has one."""
        short = len(self._seen.units) <= tuning.SHORT_QUESTION and not named
        return unheard > tuning.MOSTLY * mass or (short and unheard > tuning.PARTLY * mass)

    def certainty(self, best: Candidate) -> float:
        """Return the log odds that the candidate answers the question."""
        features = self.certainty_features(best)
        return tuning.CERTAINTY_BASE + sum(
            weight * value for weight, value in zip(tuning.CERTAINTY, features, strict=True)
        )


def _number_asked_for(folded: str) -> re.Pattern[str] | None:
    """Return the pattern of what a question wants counted: 几点 wants 七点; of any other question, None."""
    if counted := _COUNTED.search(folded):
        return re.compile(_NUMBER + (counted[1] or ""))
    return re.compile(_ENGLISH_NUMBER) if _COUNTED_IN_ENGLISH.search(folded) else None


def _key(word: str) -> str:
    return "e:" + stem(word) if word.isascii() else ("w:" if len(word) > 1 else "c:") + word


def _pairs(word: str) -> tuple[str, ...]:
    return () if word.isascii() else tuple("b:" + word[at : at + 2] for at in range(len(word) - 1))


def _likeness(tells: Mapping[str, float], mass: float, ways: Ways) -> float:
    """Return how much a question (its terms' weights, and their sum) is like the nearest way, 0.0-1.0."""
    shared: dict[int, float] = {}
    for term, idf in tells.items():
        for way in ways.having.get(term, ()):
            shared[way] = shared.get(way, 0.0) + idf
    return max((2 * found / (mass + ways.masses[way]) for way, found in shared.items()), default=0.0)
