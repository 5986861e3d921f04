"""jieba's dictionary, pruned: words seen at least fifty times. It loads in a tenth of the time."""

import math
import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

from bot.text.disk_cache import cached

RAREST = 50
_ENTRY = re.compile(r"^(\S+) ([5-9]\d|\d{3,}) ", re.MULTILINE)


_importing = Lock()  # engines are built in threads: the trick below holds for the whole process


@lru_cache(maxsize=1)
def _jieba() -> ModuleType:
    """Return jieba, without the 80 ms that its search for pkg_resources costs (it does without)."""
    with _importing:
        given = sys.modules.get("pkg_resources")
        sys.modules["pkg_resources"] = given  # type: ignore[assignment]  # None makes the import fail, as wished
        try:
            import jieba  # noqa: PLC0415  only when the first question is cut into words
        finally:
            if given is None:
                del sys.modules["pkg_resources"]
    return jieba  # type: ignore[no-any-return]  # jieba ships no types


def dictionary_file() -> Path:
    """Return the file of jieba's whole dictionary."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba")
    return Path(spec.origin).with_name("dict.txt")


def _prune() -> dict[str, int]:
    """Return jieba's own form of the pruned dictionary: every prefix of a word is in it, with 0."""
    text = dictionary_file().read_text(encoding="utf-8")
    table = {word: int(seen) for word, seen in _ENTRY.findall(text)}
    for word in list(table):
        for end in range(1, len(word)):
            table.setdefault(word[:end], 0)
    return table


@lru_cache(maxsize=1)
def _table() -> dict[str, int]:
    size = dictionary_file().stat().st_size  # another release has another dictionary
    found: dict[str, int] = cached(f"jieba-{size}-{RAREST}", _prune)
    return found


@lru_cache(maxsize=1)
def frequencies() -> dict[str, int]:
    """Return how often each word of everyday Chinese was seen. Do not change it: it is shared."""
    return {word: seen for word, seen in _table().items() if seen}


def is_word(folded: str) -> bool:
    """Return whether a folded text is an everyday word."""
    return _table().get(folded, 0) > 0


@lru_cache(maxsize=1)
def _total() -> int:
    return sum(_table().values())


def tokenizer(own_words: Iterable[str]) -> Any:
    """Return a jieba tokenizer of one's own that also knows these words."""
    made = _jieba().Tokenizer()
    made.FREQ, made.total, made.initialized = dict(_table()), _total(), True
    for word in own_words:
        made.add_word(word)
    return made


@lru_cache(maxsize=20_000)  # what is left over is short, and comes again and again
def guess(run: str) -> tuple[str, ...]:
    """Return a run of Han characters cut into words that no dictionary has, as jieba guesses them."""
    return tuple(_jieba().finalseg.cut(run))


def rarity(word: str) -> float:
    """Return how much a word tells: 0.5 for what everybody says all day, 8.0 for what is hardly ever said."""
    seen = _table().get(word) or (RAREST if len(word) > 1 else RAREST * 10)
    return min(8.0, max(0.5, math.log(_total() / seen) - 6.0))
