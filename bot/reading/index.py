"""Ranking: BM25 over weighted fields, with every term's share of every snippet worked out beforehand."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.reading.terms import sound

FIELDS = {"title": 3.0, "keywords": 3.0, "aliases": 2.0, "text": 1.0, "gloss": 1.2}
K1, B = 1.2, 0.5
SOUND_WEIGHT = 0.6


@dataclass(frozen=True)
class Index:
    """The terms of a pack: what each tells, the snippets that have it, and what it adds to each one's score.

    `sounds` leads from the sound of a pair to the pairs that sound so. All plain, for the cache's sake.
    """

    size: int
    idf: Mapping[str, float]
    numbers: Mapping[str, Sequence[int]]
    shares: Mapping[str, Sequence[float]]
    sounds: Mapping[str, Sequence[str]]

    @property
    def highest_idf(self) -> float:
        """Return the weight of a term that one snippet alone has: what an unknown term is charged."""
        return _idf(1, self.size)

    def scores(self, terms: Mapping[str, float]) -> dict[int, float]:
        """Return the score of each snippet that has one of the weighted terms."""
        out: dict[int, float] = {}
        for term, weight in terms.items():
            for number, share in zip(self.numbers.get(term, ()), self.shares.get(term, ()), strict=True):
                out[number] = out.get(number, 0.0) + weight * share
        return out

    def having(self, terms: Iterable[str]) -> set[int]:
        """Return the snippets that have any of the terms."""
        return {number for term in terms for number in self.numbers.get(term, ())}

    def by_sound(self, term: str) -> Sequence[str]:
        """Return the known pairs that sound like this unknown one."""
        return self.sounds.get(sound(term[2:]), ()) if term.startswith("b:") else ()


def _idf(found_in: int, size: int) -> float:
    return math.log(1 + (size - found_in + 0.5) / (found_in + 0.5))


def build(fields: Sequence[Mapping[str, Iterable[str]]]) -> Index:
    """Return the index of snippets, each given as the terms of its fields."""
    counts = [{name: Counter(terms) for name, terms in snippet.items()} for snippet in fields]
    lengths = _relative_lengths(counts)
    weights: dict[str, dict[int, float]] = defaultdict(dict)
    for number, snippet in enumerate(counts):
        for name, found in snippet.items():
            scale = FIELDS[name] / (1 - B + B * lengths[number, name])
            for term, times in found.items():
                into = weights[term]
                into[number] = into.get(number, 0.0) + scale * times
    idf = {term: round(_idf(len(found), len(counts)), 3) for term, found in weights.items()}
    return Index(
        size=len(counts),
        idf=idf,
        numbers={term: list(found) for term, found in weights.items()},
        shares={
            term: [round(idf[term] * weight * (K1 + 1) / (weight + K1), 2) for weight in found.values()]
            for term, found in weights.items()
        },
        sounds=_sounds(idf),
    )


def _relative_lengths(counts: Sequence[Mapping[str, Counter[str]]]) -> dict[tuple[int, str], float]:
    """Return each field's length relative to the pack's mean of that field."""
    out = {}
    for name in FIELDS:
        sizes = [snippet[name].total() if name in snippet else 0 for snippet in counts]
        mean = sum(sizes) / max(1, sum(size > 0 for size in sizes)) or 1.0
        out.update({(number, name): size / mean for number, size in enumerate(sizes)})
    return out


def _sounds(terms: Iterable[str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        if term.startswith("b:"):
            out[sound(term[2:])].append(term)
    return dict(out)
