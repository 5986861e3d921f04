"""jieba's dictionary, pruned: words seen at least fifty times. It loads in a tenth of the time."""

import math
import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.reading.cache import cached

RAREST = 50
_ENTRY = re.compile(r"^(\S+) ([5-9]\d|\d{3,}) ", re.MULTILINE)


@lru_cache(maxsize=1)
def _jieba() -> ModuleType:
    """Return jieba, without the 80 ms that its search for pkg_resources costs (it does without)."""
    given = sys.modules.get("pkg_resources")
    sys.modules["pkg_resources"] = given  # type: ignore[assignment]  # None makes the import fail, as wished
    try:
        import jieba  # noqa: PLC0415  only when the first question is cut into words
    finally:
        if given is None:
            del sys.modules["pkg_resources"]
    return jieba  # type: ignore[no-any-return]  # jieba ships no types


def _prune() -> dict[str, int]:
    path = Path(str(_jieba().__file__)).with_name("dict.txt")
    return {word: int(seen) for word, seen in _ENTRY.findall(path.read_text(encoding="utf-8"))}


@lru_cache(maxsize=1)
def frequencies() -> dict[str, int]:
    """Return how often each word of everyday Chinese was seen. Do not change it: it is shared."""
    found: dict[str, int] = cached(f"jieba-{_jieba().__version__}-{RAREST}", _prune)
    return found


@lru_cache(maxsize=1)
def _prefixed() -> tuple[dict[str, int], int]:
    """Return jieba's own form of the dictionary (each prefix of a word is in it) and the sum of it."""
    table = dict(frequencies())
    for word in frequencies():
        for end in range(1, len(word)):
            table.setdefault(word[:end], 0)
    return table, sum(frequencies().values())


def tokenizer(own_words: Iterable[str]) -> Any:
    """Return a jieba tokenizer of one's own that also knows these words."""
    table, total = _prefixed()
    made = _jieba().Tokenizer()
    made.FREQ, made.total, made.initialized = dict(table), total, True
    for word in own_words:
        made.add_word(word)
    return made


def rarity(word: str) -> float:
    """Return how much a word tells: 0.5 for what everybody says all day, 8.0 for what is hardly ever said."""
    _, total = _prefixed()
    seen = frequencies().get(word, RAREST if len(word) > 1 else RAREST * 10)
    return min(8.0, max(0.5, math.log(total / seen) - 6.0))
