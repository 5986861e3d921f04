"""How characters sound: toneless pinyin, and how far two readings are apart. For homophone typos."""

import os
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from bot.text.disk_cache import cached

SAME, HOMOPHONE, FUZZY, NEAR, OTHER = 1.0, 0.85, 0.75, 0.55, 0.0

# What southern accents, phonetic input and quick typing confuse.
_FUZZY = (
    (re.compile("^([zcs])h"), r"\1"),
    (re.compile("^[ln]"), "l"),
    (re.compile("^[fh](?=u|e)"), "h"),
    (re.compile("(?<=[aeiu])ng$"), "n"),
)


@lru_cache(maxsize=1)
def _readings() -> Mapping[int, str]:
    """Return pypinyin's table of single characters; its phrases would cost 40 MB and are not needed."""
    switches = ("PYPINYIN_NO_PHRASES", "PYPINYIN_NO_DICT_COPY")
    given = {name: os.environ.get(name) for name in switches}
    os.environ.update(dict.fromkeys(switches, "true"))
    try:
        from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415  after the switches above

        table: Mapping[int, str] = pinyin_dict
        return table
    finally:
        for name, value in given.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _plain(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading.replace("ü", "v"))
    return "".join(char for char in letters if char.isascii())


@lru_cache(maxsize=1)
def _kept() -> Mapping[str, str]:
    """Return the toneless readings of the unified ideographs, such as "zhong chong"."""
    found: Mapping[str, str] = cached("readings-1", _make_kept)
    return found


def _make_kept() -> dict[str, str]:
    return {chr(code): " ".join(_look_up(chr(code))) for code in range(0x4E00, 0xA000)}


def _look_up(char: str) -> tuple[str, ...]:
    found = _readings().get(ord(char), "")
    return tuple(dict.fromkeys(_plain(reading) for reading in found.split(",")[:3])) if found else (char,)


@lru_cache(maxsize=20_000)
def readings(char: str) -> tuple[str, ...]:
    """Return a character's toneless readings, the commonest first; the character itself if it has none."""
    if char.isascii():
        return (char,)
    known = _kept().get(char)
    return tuple(known.split()) if known else _look_up(char)


@lru_cache(maxsize=4_000)
def sound_class(reading: str) -> str:
    """Return the reading with all that accents confuse made one (shang, sang and san are alike)."""
    for pattern, plain in _FUZZY:
        reading = pattern.sub(plain, reading)
    return reading


def syllables(text: str) -> list[str]:
    """Return a word a character: its first reading; runs of Latin letters and digits stay together."""
    return [
        readings(run)[0] if len(run) == 1 else run.lower() for run in re.findall(r"[A-Za-z0-9]+|[^\W_]", text)
    ]


@lru_cache(maxsize=20_000)
def likeness(one: str, other: str) -> float:
    """Return how alike two characters sound: 1.0 the same character, 0.85 homophones, down to 0.0."""
    if one == other:
        return SAME
    here, there = readings(one), readings(other)
    if set(here) & set(there):
        return HOMOPHONE
    if {sound_class(r) for r in here} & {sound_class(r) for r in there}:
        return FUZZY
    return NEAR if _differ_by_one(sound_class(here[0]), sound_class(there[0])) else OTHER


def _differ_by_one(one: str, other: str) -> bool:
    """Return whether the initials alone or the finals alone differ, in syllables that share their rest."""
    if not (one.isascii() and other.isascii()):
        return False
    cut = 2 if len(one) > 1 and one[1] == "h" else 1
    return one[cut:] == other[cut:] and len(one) > cut and one[0] in _neighbours(other[0])


def _neighbours(initial: str) -> str:
    groups = ("bp", "dt", "gkh", "jqx", "zcs", "lr", "mn")
    return next((group for group in groups if initial in group), initial)
