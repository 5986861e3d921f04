"""What stands in Chinese for an English word, for English questions about a Chinese reading."""

from functools import lru_cache

from bot.text import lists
from bot.text.folding import fold
from bot.text.tokens import stem


@lru_cache(maxsize=1)
def _chinese() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for line in lists.lines("bilingual"):
        english, _, chinese = line.partition("=")
        words = tuple(fold(word) for word in chinese.split())
        for word in english.split():
            out[stem(word)] = tuple(dict.fromkeys((*out.get(stem(word), ()), *words)))
    return out


def in_chinese(word: str) -> tuple[str, ...]:
    """Return what stands in Chinese for an English word."""
    return _chinese().get(stem(word), ())
