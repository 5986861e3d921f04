"""The bundled fonts: what they can draw, how wide text is in them, and a few letters as web fonts."""

import json
import unicodedata
from base64 import b64encode
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "font_files"
FAMILY = "Wendu Sans"
FILES = {"regular": FOLDER / "regular.otf", "bold": FOLDER / "bold.otf"}
ELLIPSIS = "…"
EM = 1000
# What may not begin a line, and what may not end one.
CLOSERS = frozenset("，。、；：？！）」』】》〉〕…・,.;:?!)]}%’”")
OPENERS = frozenset("（「『【《〈〔([{‘“")
WEIGHTS = {"regular": 400, "bold": 700}


@cache
def metrics() -> dict[str, Any]:
    """Return what tools/build_fonts.py wrote down: coverage as spans, and the widths that are not one em."""
    read: dict[str, Any] = json.loads((FOLDER / "metrics.json").read_text(encoding="utf-8"))
    return read


@cache
def coverage() -> frozenset[str]:
    """Return every character that both weights have."""
    return frozenset(chr(point) for first, last in metrics()["coverage"] for point in range(first, last + 1))


def drawable(text: str) -> str:
    """Return the text as one line of characters that the fonts have.

    White space of any kind becomes one space; emoji, controls, bidi marks, stacked accents and scripts that
    the fonts lack are dropped.
    """
    known = coverage()
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return " ".join("".join(letter for letter in composed if letter in known).split())


@cache
def advances(*, bold: bool) -> dict[str, int]:
    """Return the advance of every character that is not one em wide, in thousandths of an em."""
    by_width = metrics()["widths"]["bold" if bold else "regular"]
    return {letter: int(width) for width, letters in by_width.items() for letter in letters}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide the text is drawn at that size (kerning, which only narrows, left out)."""
    known = advances(bold=bold)
    return sum(known.get(letter, EM) for letter in text) * size / EM


def fit(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return the text, or as much of its beginning as fits the room, with an ellipsis."""
    known = advances(bold=bold)
    limit = room * EM / size
    so_far, longest = 0, 0
    for position, letter in enumerate(text):
        so_far += known.get(letter, EM)
        if so_far + known.get(ELLIPSIS, EM) <= limit:
            longest = position + 1
        if so_far > limit:
            return text[:longest].rstrip() + ELLIPSIS
    return text


def wrap(text: str, room: float, size: float, *, bold: bool = False, most: int = 2) -> list[str]:
    """Return the text in at most that many lines; the last is cut with an ellipsis if it must be.

    Han text breaks anywhere but before closing and after opening punctuation; Latin words break at spaces,
    and within a word only if it is wider than the room.
    """
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) < most - 1:
        taken = _line_length(rest, room, size, bold=bold)
        lines.append(rest[:taken].rstrip())
        rest = rest[taken:].lstrip()
    if rest:
        lines.append(fit(rest, room, size, bold=bold))
    return lines


def balanced(text: str, room: float, size: float, *, bold: bool = False, most: int = 2) -> list[str]:
    """Return the text wrapped into lines of about the same width, no more of them than `wrap` makes."""
    lines = wrap(text, room, size, bold=bold, most=most)
    if len(lines) < 2 or lines[-1].endswith(ELLIPSIS):  # noqa: PLR2004 - one line is balanced
        return lines
    narrow = width(text, size, bold=bold) / len(lines)
    while narrow < room:
        tried = wrap(text, narrow, size, bold=bold, most=most)
        if not tried[-1].endswith(ELLIPSIS):
            return tried
        narrow += size / 2
    return lines


def _line_length(text: str, room: float, size: float, *, bold: bool) -> int:
    """Return how many characters go on the first line, at least one."""
    known = advances(bold=bold)
    limit = room * EM / size
    so_far, breakable = 0, 0
    for position, letter in enumerate(text):
        so_far += known.get(letter, EM)
        if so_far > limit:
            return breakable or max(1, position)
        if _may_break(text, position + 1):
            breakable = position + 1
    return len(text)


def _may_break(text: str, position: int) -> bool:
    if position >= len(text):
        return True
    before, after = text[position - 1], text[position]
    if after in CLOSERS or before in OPENERS:
        return False
    in_word = _latin(before) and _latin(after)
    return not in_word


def _latin(letter: str) -> bool:
    return letter.isascii() and not letter.isspace()


@lru_cache(maxsize=8)
def woff2(weight: str, characters: frozenset[str]) -> bytes:
    """Return a WOFF2 font of that weight ("regular" or "bold") with those characters, where we have them."""
    from fontTools import subset  # type: ignore[import-untyped] # noqa: PLC0415 - 0.15 s, only for reports
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # noqa: PLC0415 - likewise

    options = subset.Options(layout_features=["kern"], desubroutinize=True, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 13, 14]  # the licence travels with the font
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(characters & coverage()))
    out = BytesIO()
    with TTFont(FILES[weight], lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(out)
    return out.getvalue()


def font_faces(regular: str, bold: str = "") -> str:
    """Return @font-face rules, fonts inside, for text of each weight; empty text needs no font."""
    used = {"regular": regular, "bold": bold}
    return "\n".join(_face(weight, frozenset(text)) for weight, text in used.items() if text)


def _face(weight: str, characters: frozenset[str]) -> str:
    data = b64encode(woff2(weight, characters)).decode("ascii")
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{WEIGHTS[weight]};font-display:block;'
        f'src:url("data:font/woff2;base64,{data}") format("woff2")}}'
    )
