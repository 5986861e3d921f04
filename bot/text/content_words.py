"""The words of a question that tell what it is about, without what it is dressed in."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from bot.text import lists
from bot.text.dictionary import rarity
from bot.text.tokens import Cutter, stem

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[a-z]+|[0-9]+")
LATIN_WEIGHT, EVERYDAY_WEIGHT, NUMBER_WEIGHT = 5.0, 2.0, 2.0


@lru_cache(maxsize=1)
def _fillers() -> tuple[frozenset[str], re.Pattern[str]]:
    words = lists.words("fillers")
    long = sorted((word for word in words if len(word) > 2 and not word.isascii()), key=len, reverse=True)  # noqa: PLR2004
    return words, re.compile("|".join(map(re.escape, long)))


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    return frozenset(map(stem, lists.words("everyday_english")))


def is_filler(word: str) -> bool:
    """Return whether a folded word carries no content in a question."""
    return word in _fillers()[0] or (word.isascii() and (word in lists.words("english") or len(word) == 1))


def content_words(
    folded: str, cutter: Cutter, breaks: Iterable[int] = (), *, guess: bool = False
) -> Iterator[tuple[str, int]]:
    """Yield the content words of a folded text with their positions; none of them goes across a break.

    With `guess`, what no dictionary has is a word if the tokenizer guesses so; else it is single characters.
    """
    _, phrases = _fillers()
    # A filler phrase becomes as many blanks, so that positions stay right.
    rest = phrases.sub(lambda match: " " * len(match[0]), folded)
    edges = [0, *breaks, len(rest)]
    for start, end in pairwise(edges):
        for match in _RUN.finditer(rest, start, end):
            at = match.start()
            for word in [match[0]] if match[0].isascii() else cutter.jieba.cut(match[0], HMM=guess):
                if not is_filler(word):
                    yield from _bare(word, at, cutter)
                at += len(word)


def _bare(word: str, at: int, cutter: Cutter) -> Iterator[tuple[str, int]]:
    """Yield a word without fillers at its ends: a guessed one (改是, 吵個), or one rarer so (結合能)."""
    seen, single = cutter.jieba.FREQ.get(word), _fillers()[0]
    if not word.isascii() and not seen:
        while word and word[-1] in single:
            word = word[:-1]
        while word and word[0] in single:
            word, at = word[1:], at + 1
    elif len(word) > 2 and word[-1] in single and cutter.jieba.FREQ.get(word[:-1], 0) > seen:  # noqa: PLR2004
        word = word[:-1]
    if word:
        yield word, at


def weight(word: str) -> float:
    """Return how much a content word tells."""
    if word.isascii():
        if word.isdigit():
            return NUMBER_WEIGHT
        return EVERYDAY_WEIGHT if stem(word) in _everyday() else LATIN_WEIGHT
    return rarity(word) if len(word) > 1 else rarity(word) / 2
