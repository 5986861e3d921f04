"""One spelling for many: width, script, case, punctuation and variants folded before anything is compared."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

# Characters that OpenCC maps by the phrase they stand in, or that people use one for the other. Folding
# goes character by character, so that a keyword is folded alike alone and inside a question.
VARIANTS = dict(
    zip(
        "著瞭馀藉覆甚妳您祂牠她靑畲彷甦炤唿锺睪像沈簷痺薰俱揹暱鍊谘濬鉅",
        "着了余借复什你你他它他青畬仿苏照呼钟睾象沉檐痹熏具背昵链咨浚巨",
        strict=True,
    )
)


_ENGLISH_WORDS = frozenset(
    {"who", "what", "when", "where", "why", "how", "which", "is", "are", "was", "does", "do"}
)
_CHINESE_WORDS = frozenset("的是嗎吗呢什麼么怎誰谁哪在有和跟與对對做當当講讲說说")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@lru_cache(maxsize=8)
def _opencc(name: str) -> _Converter:
    from opencc import OpenCC  # noqa: PLC0415  loaded when the first Han character is met

    converter: _Converter = OpenCC(name)
    return converter


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000"


class _Table(dict[int, str]):
    """A translation table that learns each character once: kept, simplified, or a space."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kind = unicodedata.category(char)
        if kind[0] not in "LN":
            out = "" if char in "'’" or kind[0] == "M" else " "
        elif _is_han(char):
            out = _simple(char)
        else:
            out = char
        self[code] = out
        return out


def _simple(char: str) -> str:
    for _ in range(4):  # a chain of variants ends quickly; the bound is for what OpenCC may one day say
        step = VARIANTS.get(char) or _opencc("t2s").convert(char)
        if step == char:
            break
        char = step
    return char


_TABLE = _Table()


def _join(text: str) -> str:
    """Keep one space between two Latin words or two numbers; none beside Han, none in Seedream 4."""
    parts = text.split()
    if not parts:
        return ""
    out = [parts[0]]
    for before, part in pairwise(parts):
        if not (_is_han(before[-1]) or _is_han(part[0]) or before[-1].isdigit() != part[0].isdigit()):
            out.append(" ")
        out.append(part)
    return "".join(out)


def fold(text: str) -> str:
    """Return the text as it is compared: simplified, lower case, half width, letters and digits only.

    Folding what is folded changes nothing. Any string is allowed, lone surrogates too (they vanish).
    """
    while True:
        folded = _join(unicodedata.normalize("NFKC", text).lower().translate(_TABLE))
        folded = folded.replace("计画", "计划")  # the one everyday word whose characters the scripts change
        if folded == text:
            return folded
        text = folded


def fold_run(run: str) -> str:
    """Return a run of Han characters folded, as many as there were: each stays in its place."""
    return run.translate(_TABLE).replace("计画", "计划")


def _convert(text: str, name: str) -> str:
    clean = text.encode("utf-8", "replace").decode("utf-8")  # OpenCC refuses lone surrogates
    convert = _opencc(name).convert
    return "\0".join(map(convert, clean.split("\0")))  # what is behind a NUL, OpenCC would not see


def to_simplified(text: str) -> str:
    """Return the text in simplified characters, its words unchanged."""
    return _convert(text, "t2s")


def in_script(text: str, language: str) -> str:
    """Return what is written in traditional characters in the language's script."""
    return to_simplified(text) if language == "zh-Hans" else text


def to_traditional(text: str) -> str:
    """Return the text in traditional characters as Taiwan writes them, its words unchanged."""
    return _convert(text, "s2tw")


def to_mainland_words(text: str) -> str:
    """Return the text in simplified characters with the mainland's words for Taiwan's (軟體 -> 软件)."""
    return _convert(text, "tw2sp")


def is_english(text: str) -> bool:
    """Return whether a question is asked in English; a Chinese name in it does not make it Chinese."""
    latin = sum(char.isascii() and char.isalpha() for char in text)
    if not any(map(_is_han, text)):
        return latin > 3  # noqa: PLR2004  "AI" alone says nothing
    asks = set(re.findall("[a-z]+", text.lower())) & _ENGLISH_WORDS
    return bool(asks) and not set(text) & _CHINESE_WORDS
