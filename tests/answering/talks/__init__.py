"""Dialogues that a class may have with a reading, in plain text: what is asked, and what answers it."""

from pathlib import Path
from typing import NamedTuple

NONE = "無"


class Talk(NamedTuple):
    """What was asked before, what is asked now, and the snippets of which the first shown must be one."""

    pack: str
    before: tuple[str, ...]
    asked: str
    slugs: tuple[str, ...]  # none: it must be refused


def talks(name: str) -> list[Talk]:
    """Return the dialogues of a file, in order."""
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    return [_talk(line) for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _talk(line: str) -> Talk:
    pack, _, rest = line.partition(": ")
    said, _, wanted = rest.partition(" => ")
    *before, asked = said.split(" / ")
    slugs = tuple(slug.strip() for slug in wanted.split("|") if slug.strip() != NONE)
    return Talk(pack, tuple(before), asked, slugs)
