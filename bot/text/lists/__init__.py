"""Word lists of everyday language, one file each. Nothing in them belongs to one reading.

A line is `name: word word …`, or just words; `#` begins a comment. Words are folded when they are read.
"""

from functools import lru_cache
from pathlib import Path

from bot.text.folding import fold


@lru_cache(maxsize=32)
def lines(name: str) -> tuple[str, ...]:
    """Return the lines of a list as written, without comments and blank ones."""
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    kept = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return tuple(line for line in kept if line)


@lru_cache(maxsize=32)
def groups(name: str) -> dict[str, tuple[str, ...]]:
    """Return a list's groups by name: folded words, in order. `_` in a word stands for a space."""
    out: dict[str, tuple[str, ...]] = {}
    for line in lines(name):
        title, _, rest = line.partition(":")
        out[title.strip()] = tuple(fold(word.replace("_", " ")) for word in rest.split())
    return out


@lru_cache(maxsize=32)
def words(name: str) -> frozenset[str]:
    """Return all words of a list without groups, folded."""
    return frozenset(fold(word.replace("_", " ")) for line in lines(name) for word in line.split())
