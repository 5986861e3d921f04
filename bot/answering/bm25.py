"""Ranking: BM25 over weighted fields, with every term's share of every snippet worked out beforehand."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.text.dictionary import rarity
from bot.text.tokens import sound

FIELDS = {"title": 3.0, "keywords": 3.0, "aliases": 2.0, "text": 1.0, "gloss": 1.2}
K1, B = 1.8, 0.5
SOUND_WEIGHT = 0.6
SUBJECT_SHARE, SUBJECT_LEAST = 0.2, 4  # of the snippets have a word of the subject, and so many at least
SUBJECT_RARITY = 3.0  # below it everybody says it all day
TELLS_NOTHING = 0.15  # of a term that nearly every snippet has
MOST_READ = 6_000  # snippets in the lists of one question's terms


class Index:
    """The terms of a pack: the snippets that have each, and what it adds to each one's score.

    A term's list is one text, such as "3 12.5 8 0.7" (number, share …), and read when it is first asked for:
    so an index takes a fifth of the room, and comes out of the cache in no time.
    `sounds` leads from the sound of a pair to the pairs that sound so, separated by spaces. `subject` are the
    words that many snippets have and everyday talk has not: what the whole reading is about.
    """

    def __init__(
        self, size: int, lists: Mapping[str, str], sounds: Mapping[str, str], subject: Iterable[str] = ()
    ) -> None:
        self.size, self.lists, self.sounds, self.subject = size, lists, sounds, frozenset(subject)
        self.highest_idf = _idf(1, size)  # of a term that one snippet alone has, or none
        self._read: dict[str, dict[int, float]] = {}
        self._most: dict[str, float] = {}
        self._idf: dict[str, float] = {}

    def __contains__(self, term: str) -> bool:
        """Return whether any snippet has the term."""
        return term in self.lists

    def idf(self, term: str) -> float:
        """Return how much a term tells; an unknown one tells as much as a term can."""
        if term not in self.lists:
            return self.highest_idf
        if term not in self._idf:
            self._idf[term] = _idf(len(self._shares(term)), self.size)
        return self._idf[term]

    def _shares(self, term: str) -> dict[int, float]:
        """Return the snippets that have the term, and what it adds to each."""
        if term not in self._read:
            fields = self.lists.get(term, "").split()
            self._read[term] = dict(zip(map(int, fields[::2]), map(float, fields[1::2]), strict=True))
        return self._read[term]

    def strength(self, term: str, number: int) -> float:
        """Return how much a known term is that snippet's, beside the one that has it most, 0.0-1.0."""
        if term not in self._most:
            self._most[term] = max(self._shares(term).values())
        return self._shares(term).get(number, 0.0) / self._most[term]

    def scores(self, terms: Mapping[str, float]) -> dict[int, float]:
        """Return the score of each snippet that has one of the weighted terms.

        The most telling terms are read first; in a large pack the commonest ones are not read at all.
        """
        out: dict[int, float] = {}
        read = 0
        for term in sorted((term for term in terms if term in self.lists), key=lambda t: (-self.idf(t), t)):
            if self.idf(term) < TELLS_NOTHING and out:
                break
            shares = self._shares(term)
            weight = terms[term]
            read += len(shares)
            if read > MOST_READ and out:
                break
            for number, share in shares.items():
                out[number] = out.get(number, 0.0) + weight * share
        return out

    def having(self, terms: Iterable[str]) -> set[int]:
        """Return the snippets that have any of the terms."""
        return {number for term in terms if term in self.lists for number in self._shares(term)}

    def rarest(self, terms: Iterable[str]) -> Sequence[int]:
        """Return the snippets that have the rarest of the terms; only they can have all of them."""
        return min((list(self._shares(term)) for term in terms), key=len, default=range(self.size))

    def by_sound(self, term: str) -> list[str]:
        """Return the known pairs that sound like this unknown one."""
        return self.sounds.get(sound(term[2:]), "").split() if term.startswith("b:") else []


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
    lists = {term: _text(found, _idf(len(found), len(counts))) for term, found in weights.items()}
    return Index(len(counts), lists, _sounds(lists), _subject(weights, len(counts)))


def _subject(weights: Mapping[str, Mapping[int, float]], size: int) -> list[str]:
    least = max(SUBJECT_LEAST, SUBJECT_SHARE * size)
    return [
        term
        for term, found in weights.items()
        if len(found) >= least and term[0] in "we" and rarity(term[2:]) >= SUBJECT_RARITY
    ]


def _text(weights: Mapping[int, float], idf: float) -> str:
    return " ".join(f"{n} {idf * weight * (K1 + 1) / (weight + K1):.2f}" for n, weight in weights.items())


def _relative_lengths(counts: Sequence[Mapping[str, Counter[str]]]) -> dict[tuple[int, str], float]:
    """Return each field's length relative to the pack's mean of that field."""
    out = {}
    for name in FIELDS:
        sizes = [snippet[name].total() if name in snippet else 0 for snippet in counts]
        mean = sum(sizes) / max(1, sum(size > 0 for size in sizes)) or 1.0
        out.update({(number, name): size / mean for number, size in enumerate(sizes)})
    return out


def _sounds(terms: Iterable[str]) -> dict[str, str]:
    out: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        if term.startswith("b:"):
            out[sound(term[2:])].append(term)
    return {key: " ".join(found) for key, found in out.items()}
