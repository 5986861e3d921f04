"""How wide text is in the bundled fonts, how it is cut or broken to fit. Widths are in the size's unit."""

from functools import cache

from bot.pages.fonts.coverage import metrics

ELLIPSIS = "…"
EM = 1000
# What may not begin a line, and what may not end one.
CLOSERS = frozenset("，。、；：？！）」』】》〉〕…・,.;:?!)]}%’”")
OPENERS = frozenset("（「『【《〈〔([{‘“")


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
