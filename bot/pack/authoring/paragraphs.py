"""Which lines of an article are its title, its section titles, its paragraphs, and which are none."""

import re
from collections.abc import Iterable, Iterator

from bot.pack.authoring.text_damage import NOTICE
from bot.pack.model import Section
from bot.pack.reading_file import MARK, Reading

LONGEST_HEADING, LONGEST_ENGLISH = 34, 64  # characters; a longer line without a full stop is a paragraph
SHORTEST_QUESTION = 5  # characters of a heading that asks; 真的嗎？ has fewer
_ENDS = re.compile(r"[。．.!！;；,，、:：…”」』’)）—]$")
_NEWSPAPER = re.compile(r"^\s*[|｜–—_－-]")  # what follows the title of a page
_QUESTION = re.compile(r"[?？]$")
# A question that answers to the line above it is the text's own, not a heading.
_TURNS = re.compile(
    r"真的|难道|難道|那|但|可是|而|所以|于是|於是|是嗎|結果|结果|不是|怎麼會|怎么会|你|我|他|她|[「“\"]"
    r"|(?:really|but|and|so|or|you|is it|why not)\b",
    re.IGNORECASE,
)
_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_LIST = re.compile(r"^(?:[-*+•]|\d{1,2}[.)、]|[(（]?[一二三四五六七八九十]{1,3}[)）、])\s*\S")


def number_paragraphs(text: str, title: str = "", *, opening: str = "開頭") -> Reading:
    """Return the article as a numbered reading; every line of it is in there once.

    The first line is the title if none is given and it looks like one. Short lines that end without a full
    stop are titles of sections; several in a row make one. Lines about copyright become notes. `opening`
    is the title of what stands before the first section.
    """
    lines = [line.strip(" \t\u3000") for line in text.splitlines()]
    lines = [MARK.sub(r"\2", line) for line in lines if line]
    if not lines:
        return Reading(title, ())
    if not title and len(lines) > 1 and _is_title(lines[0]):
        title, lines = _heading(lines[0]) or lines[0], lines[1:]
    elif title == (first := _heading(lines[0]) or lines[0]) or _NEWSPAPER.match(title.removeprefix(first)):
        title, lines = first, lines[1:]
    notes = tuple(line.lstrip("> ") for line in lines if _is_note(line))
    kept = [line for line in lines if not _is_note(line)]
    paragraphs, sections = _divide(kept, opening)
    return Reading(title, tuple(paragraphs), tuple(sections), notes)


def _is_title(line: str) -> bool:
    return bool(_heading(line)) or (
        len(line) <= 2 * (LONGEST_ENGLISH if line.isascii() else LONGEST_HEADING) and not _ENDS.search(line)
    )


def _heading(line: str) -> str:
    match = _MARKDOWN_HEADING.match(line)
    return match[1] if match else ""


def _is_note(line: str) -> bool:
    return bool(NOTICE.match(line.lstrip("> ")))


def _divide(lines: list[str], opening: str) -> tuple[list[str], list[Section]]:
    paragraphs: list[str] = []
    starts: list[tuple[int, str]] = []
    pending: list[str] = []
    for line, is_heading in _kinds(lines):
        if is_heading:
            pending.append(_heading(line) or line)
            continue
        if pending:
            starts.append((len(paragraphs) + 1, " — ".join(pending)))
            pending = []
        paragraphs.append(line)
    paragraphs += pending  # a short last line is no heading: nothing stands below it
    return paragraphs, list(_sections(starts, len(paragraphs), opening))


def _kinds(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield each line and whether it is a heading. Which of the short questions are, their places tell."""
    before = False
    shorts = sum(_is_short(line) and not _LIST.match(line) for line in lines)
    verse = shorts * 2 > len(lines)  # a poem or a dialogue: only what is marked as a heading is one
    asking = _asking(lines)
    for index, line in enumerate(lines):
        short = _is_short(line) and not _ENDS.search(line) and not _LIST.match(line)
        alone = short and index + 1 < len(lines) and (before or index in asking or not _QUESTION.search(line))
        before = bool(_heading(line)) or (alone and not verse)
        yield line, before


def _is_short(line: str) -> bool:
    return len(line) <= (LONGEST_ENGLISH if line.isascii() else LONGEST_HEADING)


def _asking(lines: list[str]) -> set[int]:
    """Return the places of questions that are headings: between full paragraphs, and not the only heading."""
    if any(_heading(line) for line in lines):
        return set()  # an article that marks its headings marks all of them
    inner = range(1, len(lines) - 1)
    between = [
        at
        for at in inner
        if _is_short(lines[at]) and _ENDS.search(lines[at - 1]) and not _is_short(lines[at + 1])
    ]
    asked = {
        at
        for at in between
        if _QUESTION.search(lines[at]) and len(lines[at]) > SHORTEST_QUESTION and not _TURNS.match(lines[at])
    }
    others = [at for at in between if not _ENDS.search(lines[at]) and not _QUESTION.search(lines[at])]
    return asked if len(asked) + len(others) > 1 else set()


def _sections(starts: list[tuple[int, str]], count: int, opening: str) -> Iterable[Section]:
    if not starts:
        return
    if starts[0][0] > 1:
        yield Section(opening, 1, starts[0][0] - 1)
    for (first, title), (after, _) in zip(starts, [*starts[1:], (count + 1, "")], strict=True):
        yield Section(title, first, after - 1)
