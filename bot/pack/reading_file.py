"""reading.md: the reading itself, its paragraphs numbered [P1], [P2] … under the titles of its sections."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.pack.model import Section
from bot.pack.problems import PackProblems

MARK = re.compile(r"^\[[PpＰ](\d{1,4})\]\s*(.*)$")
LATIN = 0x250  # code points below it are those of Latin letters
_KEPT_HYPHEN = re.compile(
    r"(?:^|\W)(?:self|well|non|ex|half|all|cross|co|long|short|high|low|so|twenty|thirty|forty|fifty|sixty)-$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reading:
    """A reading in order: its paragraphs, its sections, and lines that belong to neither (notices)."""

    title: str
    paragraphs: tuple[str, ...]
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()


def parse_reading(text: str, count: int, problems: PackProblems) -> tuple[str, ...]:
    """Return the paragraphs of a reading.md, the first one first; what is out of step is noted."""
    paragraphs: list[str] = []
    in_step = True
    for line, number, body in _numbered(text):
        if in_step and number != len(paragraphs) + 1:
            problems.add("out-of-step", line, number=number, expected=len(paragraphs) + 1)
            in_step = False  # those behind it are out of step by the same
        if not body:
            problems.add("empty-paragraph", line, number=number)
        paragraphs.append(body)
    if in_step and len(paragraphs) != count:
        problems.add("paragraph-count", 0, found=len(paragraphs), count=count)
    return tuple(paragraphs)


def _numbered(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (line, number, paragraph); a paragraph goes on until a blank line, a heading or a note."""
    current: tuple[int, int, str] | None = None
    for line, written in enumerate([*text.splitlines(), ""], 1):
        mark = MARK.match(written)
        if current and (mark or not written.strip() or written.startswith(("#", ">"))):
            yield current
            current = None
        if mark:
            current = line, int(mark[1]), mark[2].strip()
        elif current:
            current = current[0], current[1], glue(current[2], written.strip())


def glue(before: str, after: str) -> str:
    """Return both halves of a broken line: with a space in English, without a hyphen that broke a word."""
    if not before or not after:
        return before + after
    if before[-1] == "-" and before[-2:-1].isalpha() and after[0].islower():
        return (before if _KEPT_HYPHEN.search(before) else before[:-1]) + after
    spaced = ord(before[-1]) < LATIN and ord(after[0]) < LATIN and before[-1] != "-"
    return before + (" " if spaced or (before[-1] in "”’" and after[0].isascii()) else "") + after


def notes_of(text: str) -> tuple[str, ...]:
    """Return the notices that stand in a reading.md after `>`: they belong to no paragraph."""
    return tuple(line.lstrip("> ").strip() for line in text.splitlines() if line.startswith(">"))


def render_reading(reading: Reading) -> str:
    """Return a reading as reading.md; `parse_reading` reads the same paragraphs from it."""
    titles = {section.first: section.title for section in reading.sections}
    blocks = [f"# {reading.title}"]
    for number, paragraph in enumerate(reading.paragraphs, 1):
        if number in titles:
            blocks.append(f"## {titles[number]}")
        blocks.append(f"[P{number}] {paragraph}")
    blocks += [f"> {note}" for note in reading.notes]
    return "\n\n".join(blocks) + "\n"
