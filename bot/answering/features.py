"""What speaks for a candidate, as numbers: for putting candidates in order, and for being sure of the best."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.answering import question_kinds, tuning
from bot.answering.prepared import Prepared, Ways
from bot.answering.ranking import Candidate, NameHit, Unit
from bot.text.tokens import Cutter, stem


@dataclass(frozen=True)
class Seen:
    """A question taken apart: its content words, the names in it, its runs of content, its kinds."""

    folded: str
    units: tuple[Unit, ...]
    names: tuple[NameHit, ...]
    runs: tuple[str, ...]
    kinds: frozenset[str]

    def strange(self) -> tuple[str, ...]:
        """Return the telling words that no snippet has and that stand in no name."""
        return tuple(
            unit.text
            for unit in self.units
            if not unit.known and unit.weight >= tuning.TELLING and not self.named(unit)
        )

    def named(self, unit: Unit) -> float:
        """Return how alike the name is that the unit stands in, or 0.0."""
        return max((hit.likeness for hit in self.names if hit.has(unit.start)), default=0.0)


class Evidence:
    """The features of one question's candidates."""

    def __init__(
        self,
        prepared: Prepared,
        cutter: Cutter,
        seen: Seen,
        scores: Mapping[int, float],
        favour: frozenset[int],
    ) -> None:
        self._prepared, self._index, self._seen = prepared, prepared.index, seen
        self._scores, self._favour = scores, favour
        self._highest = max(scores.values(), default=0.0) or 1.0
        self._mass = sum(unit.weight for unit in seen.units) or 1.0
        self._keys = [_keys(unit) for unit in seen.units]
        self._pairs = [_pairs(unit) for unit in seen.units]
        self._terms = {term for run in seen.runs for term in cutter.terms(run)}
        self._tells = {term: self._index.idf(term) for term in self._terms}
        self._ideal = sum(self._tells.values()) or self._index.highest_idf

    def candidate(self, number: int) -> Candidate:
        """Return the snippet of that number with what speaks for it."""
        known = [self._knows(at, number) for at in range(len(self._seen.units))]
        features = self._features(number, known)
        score = sum(weight * value for weight, value in zip(tuning.CHOICE, features, strict=True))
        covered = frozenset(
            unit.text for unit, share in zip(self._seen.units, known, strict=True) if share >= tuning.COVERED
        )
        names = tuple(hit for hit in self._seen.names if number in hit.owners)
        return Candidate(number, score, 0.0, covered, names, features)

    def _features(self, number: int, known: Sequence[float]) -> tuple[float, ...]:
        seen, units = self._seen, self._seen.units
        score = self._scores[number]
        own = [hit for hit in seen.names if number in hit.owners]
        cover = sum(unit.weight * share for unit, share in zip(units, known, strict=True)) / self._mass
        sentences = self._prepared.sentences[number]
        return (
            score / self._highest,
            score / self._ideal,
            sum(hit.weight for hit in own if not hit.only_alias),
            sum(hit.weight for hit in own if hit.only_alias),
            sum(hit.weight for hit in own if number in hit.titled),
            cover,
            sum(known),
            _likeness(self._tells, self._ideal, self._prepared.ways[number]),
            max((self._told(sentence) for sentence in sentences[1:]), default=0.0),
            self._told(sentences[0]),
            question_kinds.fit(seen.kinds, self._prepared.told[number]),
            self._telling(number) / max(1, len(units)),
            self._whole(own),
            1.0 if number in self._favour else 0.0,
        )

    def _knows(self, at: int, number: int) -> float:
        """Return how well the snippet knows the question's word at that place, 0.0-1.0."""
        unit = self._seen.units[at]
        within = max(
            (h.likeness for h in self._seen.names if number in h.owners and h.has(unit.start)), default=0.0
        )
        if within == 1.0 or any(number in self._index.shares(key) for key in self._keys[at]):
            return 1.0
        pairs = self._pairs[at]
        parts = sum(number in self._index.shares(key) for key in pairs) / len(pairs) if pairs else 0.0
        heard = 0.0
        if not parts and pairs:
            heard = sum(
                any(number in self._index.shares(near) for near in self._index.by_sound(key)) for key in pairs
            ) / len(pairs)
        return max(within, tuning.PARTS * parts, tuning.PARTS * heard)

    def _told(self, sentence: str) -> float:
        """Return how much of the question, by weight, stands in that sentence."""
        return sum(unit.weight for unit in self._seen.units if unit.text in sentence) / self._mass

    def _telling(self, number: int) -> float:
        """Return how much the question's words are the snippet's own: no other has them more."""
        total = 0.0
        for keys in self._keys:
            best = 0.0
            for key in keys:
                shares = self._index.shares(key)
                if number in shares:
                    best = max(best, shares[number] / max(shares.values()))
            total += best
        return total

    def _whole(self, own: Sequence[NameHit]) -> float:
        """Return how like one of its names the whole content of the question is."""
        if not own:
            return 0.0
        units = self._seen.units
        return max(
            (
                hit.likeness
                for hit in own
                if hit.end - hit.start == len(self._seen.folded)
                or (units and all(hit.has(unit.start) for unit in units))
            ),
            default=0.0,
        )

    @cached_property
    def _unknown(self) -> float:
        return sum(unit.weight for unit in self._seen.units if not unit.known and not self._seen.named(unit))

    def certainty_features(self, candidates: Sequence[Candidate]) -> tuple[float, ...]:
        """Return what tells whether the first of these candidates answers the question at all."""
        best = candidates[0]
        f = best.features
        second = candidates[1] if len(candidates) > 1 else None
        units = self._seen.units
        score = self._scores[best.number]
        other = self._scores[second.number] if second else 0.0
        known = [self._knows(at, best.number) for at in range(len(units))]
        weights = [unit.weight for unit in units]
        miss = max((w for w, k in zip(weights, known, strict=True) if k < tuning.COVERED), default=0.0)
        hit = max((w for w, k in zip(weights, known, strict=True) if k >= tuning.COVERED), default=0.0)
        strange = max((u.weight for u in units if not u.known and not self._seen.named(u)), default=0.0)
        return (
            f[5],  # cover
            f[6],  # words known
            math.log1p(f[5] * self._mass),
            score / self._ideal,
            math.log1p(score / self._index.highest_idf),
            (score - other) / (score + 1e-9),
            f[7],
            f[8],
            f[9],
            min(4.0, f[2] + f[3]),
            f[12],
            miss,
            hit,
            float(len(units)),
            strange,
            self._unknown / self._mass,
            f[11],
            f[10],
        )

    def certainty(self, candidates: Sequence[Candidate]) -> float:
        """Return the log odds that the first of these candidates answers the question."""
        features = self.certainty_features(candidates)
        return tuning.CERTAINTY_BASE + sum(
            weight * value for weight, value in zip(tuning.CERTAINTY, features, strict=True)
        )


def _keys(unit: Unit) -> tuple[str, ...]:
    if unit.text.isascii():
        return ("e:" + stem(unit.text),)
    return ("w:" + unit.text,) if len(unit.text) > 1 else ("c:" + unit.text,)


def _pairs(unit: Unit) -> tuple[str, ...]:
    if unit.text.isascii():
        return ()
    return tuple("b:" + unit.text[at : at + 2] for at in range(len(unit.text) - 1))


def _likeness(tells: Mapping[str, float], mass: float, ways: Ways) -> float:
    """Return how much a question (its terms' weights, and their sum) is like the nearest way, 0.0-1.0."""
    shared: dict[int, float] = {}
    for term, idf in tells.items():
        for way in ways.having.get(term, ()):
            shared[way] = shared.get(way, 0.0) + idf
    return max((2 * found / (mass + ways.masses[way]) for way, found in shared.items()), default=0.0)
