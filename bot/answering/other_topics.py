"""What tells that a question is about the world and not about the reading: strange names, and errands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.answering.bm25 import Index
from bot.text import lists
from bot.text.tokens import stem

_LATIN = re.compile("[a-z]+")
_HOW = re.compile(
    "(?:怎么|如何|怎样)(?!看|说|讲|会|样|想|评|回事|变|影响|定义|理解)|how (?:do|to|can) ?"
)  # to do it, not what is thought of it


@dataclass(frozen=True)
class _Words:
    """Words to be found in a folded text: Han ones anywhere, Latin ones as whole words."""

    han: frozenset[str]
    sizes: tuple[int, ...]
    latin: tuple[str, ...]

    def within(self, folded: str) -> Iterator[tuple[int, int]]:
        """Yield where such words stand; the longest of those that begin at one place."""
        for start in range(len(folded)):
            for size in self.sizes:
                if start + size <= len(folded) and folded[start : start + size] in self.han:
                    yield start, start + size
                    break
        if _LATIN.search(folded):
            spaced = f" {re.sub('(?<=[^a-z0-9 ])(?=[a-z])|(?<=[a-z0-9])(?=[^a-z0-9 ])', ' ', folded)} "
            for word in self.latin:
                if f" {word} " in spaced:
                    start = folded.find(word)
                    yield start, start + len(word)


@lru_cache(maxsize=4)
def _words(name: str) -> _Words:
    groups = lists.groups(name) if name == "errands" else {"": tuple(lists.words(name))}
    given = frozenset(word for group in groups.values() for word in group)
    han = frozenset(word for word in given if not word.isascii())
    latin = tuple(sorted(word for word in given if word.isascii()))
    return _Words(han, tuple(sorted({len(word) for word in han}, reverse=True)), latin)


def strange_names(index: Index, folded: str, spans: Sequence[tuple[int, int]]) -> int:
    """Return how many names of the world the text has, outside the spans, that no snippet has."""
    found = {
        (start, end) for start, end in _words("elsewhere").within(folded) if not _covered(start, end, spans)
    }
    return sum(not _having(index, folded[start:end]) for start, end in found)


def errands(index: Index, folded: str, spans: Sequence[tuple[int, int]], number: int) -> int:
    """Return how many words of errands the text has, outside the spans, that the snippet has not."""
    found = {
        (start, end) for start, end in _words("errands").within(folded) if not _covered(start, end, spans)
    }
    return sum(number not in _having(index, folded[start:end]) for start, end in found)


def is_errand(word: str) -> bool:
    """Return whether a folded word is one of an errand."""
    return (0, len(word)) in _words("errands").within(word)


def asks_how(folded: str) -> bool:
    """Return whether the text asks how something is done."""
    return bool(_HOW.search(folded))


def names_the_reading(folded: str) -> bool:
    """Return whether the text says itself that it is about the reading."""
    return next(_words("reading").within(folded), None) is not None


def _covered(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(s <= start and end <= e for s, e in spans)


def _having(index: Index, word: str) -> set[int]:
    """Return the snippets that have all of a word's pairs of characters, or all of its Latin words."""
    if word.isascii():
        terms = ["e:" + stem(part) for part in word.split()]
    else:
        terms = ["b:" + a + b for a, b in pairwise(word) if not (a.isascii() or b.isascii())]
    return set.intersection(*(index.having([term]) for term in terms)) if terms else set()
