"""The terms of a pack's snippets, and what each adds to a snippet's score: BM25 over weighted fields."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from bot.answering import tuning
from bot.text.tokens import sound


class Index:
    """Which snippets have each term, and what it adds to each one's score.

    A term's list is one text, such as "3 12.5 8 0.7" (number, share …), and read when it is first asked for:
    so an index takes a fifth of the room, and comes out of the cache in no time.
    `sounds` leads from the sound of a pair to the pairs that sound so, separated by spaces.
    """

    def __init__(self, size: int, lists: Mapping[str, str], sounds: Mapping[str, str]) -> None:
        self.size, self.lists, self.sounds = size, lists, sounds
        self.highest_idf = _idf(1, size)  # of a term that one snippet alone has, or none
        self._read: dict[str, dict[int, float]] = {}
        self._idf: dict[str, float] = {}

    def __contains__(self, term: str) -> bool:
        """Return whether any snippet has the term."""
        return term in self.lists

    def idf(self, term: str) -> float:
        """Return how much a term tells; an unknown one tells as much as a term can."""
        if term not in self.lists:
            return self.highest_idf
        if term not in self._idf:
            self._idf[term] = _idf(len(self.shares(term)), self.size)
        return self._idf[term]

    def shares(self, term: str) -> dict[int, float]:
        """Return the snippets that have the term, and what it adds to each."""
        found = self._read.get(term)
        if found is None:
            fields = self.lists.get(term, "").split()
            found = dict(zip(map(int, fields[::2]), map(float, fields[1::2]), strict=True))
            self._read[term] = found
        return found

    def scores(self, terms: Mapping[str, float]) -> dict[int, float]:
        """Return the score of each snippet that has one of the weighted terms.

        The most telling terms are read first; in a large pack the commonest ones are not read at all.
        """
        out: dict[int, float] = {}
        read = 0
        for term in sorted((term for term in terms if term in self.lists), key=lambda t: (-self.idf(t), t)):
            shares, weight = self.shares(term), terms[term]
            read += len(shares)
            if read > tuning.MOST_READ and out:
                break
            for number, share in shares.items():
                out[number] = out.get(number, 0.0) + weight * share
        return out

    def near(self, term: str) -> list[str]:
        """Return the known terms that an unknown one may have been meant for, by sound or by letters."""
        if term.startswith("b:"):
            return self.sounds.get(sound(term[2:]), "").split()
        return self._by_letters(term[2:]) if term.startswith("e:") else []

    def _by_letters(self, word: str) -> list[str]:
        if len(word) < tuning.LATIN_SHORTEST or not word.isalpha():
            return []
        from rapidfuzz import process  # noqa: PLC0415  only for a Latin word that no snippet has
        from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415

        like = DamerauLevenshtein.normalized_similarity
        best = process.extractOne(word, self._latin, scorer=like, score_cutoff=tuning.LATIN_CUTOFF)
        return ["e:" + best[0]] if best and best[0][0] == word[0] else []

    @cached_property
    def _latin(self) -> list[str]:
        return [
            term[2:] for term in self.lists if term.startswith("e:") and len(term) > tuning.LATIN_SHORTEST
        ]


def _idf(found_in: int, size: int) -> float:
    return math.log(1 + (size - found_in + 0.5) / (found_in + 0.5))


def build(fields: Sequence[Mapping[str, Iterable[str]]]) -> Index:
    """Return the index of snippets, each given as the terms of its fields."""
    counts = [{name: Counter(terms) for name, terms in snippet.items()} for snippet in fields]
    lengths = [
        sum(found.total() for name, found in snippet.items() if name != "reading") for snippet in counts
    ]
    mean = sum(lengths) / max(1, len(lengths)) or 1.0
    weights: dict[str, dict[int, float]] = defaultdict(dict)
    for number, snippet in enumerate(counts):
        for name, found in snippet.items():
            for term, times in found.items():
                into = weights[term]
                into[number] = into.get(number, 0.0) + tuning.FIELDS[name] * times
    norms = [tuning.K1 * (1 - tuning.B + tuning.B * length / mean) for length in lengths]
    lists = {term: _text(found, _idf(len(found), len(counts)), norms) for term, found in weights.items()}
    return Index(len(counts), lists, _sounds(lists))


def _text(weights: Mapping[int, float], idf: float, norms: Sequence[float]) -> str:
    return " ".join(
        f"{n} {idf * weight * (tuning.K1 + 1) / (weight + norms[n]):.3f}" for n, weight in weights.items()
    )


def _sounds(terms: Iterable[str]) -> dict[str, str]:
    out: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        if term.startswith("b:"):
            out[sound(term[2:])].append(term)
    return {key: " ".join(found) for key, found in out.items()}
