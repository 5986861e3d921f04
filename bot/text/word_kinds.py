"""Whether a word is the name of a thing, by the part of speech that jieba's dictionary gives it."""

import mmap
from functools import lru_cache

from bot.text.dictionary import dictionary_file


@lru_cache(maxsize=1)
def _dictionary() -> mmap.mmap:
    with dictionary_file().open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


@lru_cache(maxsize=2_000)
def is_thing(word: str) -> bool:
    """Return whether a folded Han word is a noun, or is in no dictionary: then it is mostly a name."""
    found = _dictionary().find(f"\n{word} ".encode())
    if found < 0:
        return len(word) > 1
    line = _dictionary()[found + 1 : found + 80].split(b"\n", 1)[0]
    return line.rsplit(b" ", 1)[-1].startswith((b"n", b"j"))
