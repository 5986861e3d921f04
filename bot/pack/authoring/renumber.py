"""Numbering a reading anew after paragraphs were taken out, and all that points to them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.pack.key_lines import PACK_KEYS, SNIPPET_KEYS, key_line, known, source
from bot.pack.problems import PackProblems
from bot.pack.reading_file import MARK
from bot.pack.render import source as written_source

_SECTION = re.compile(r"^(- [PpＰ])(\d{1,4})(?:-[PpＰ]?(\d{1,4}))?(\s+\S.*)$")
_QUOTED_MARK = re.compile(r"^\[P(\d{1,4})\]", re.MULTILINE)
_MENTION = re.compile(r"第\s*\d{1,4}\s*段|\bparagraphs? \d{1,4}|\bP\d{1,4}\b", re.IGNORECASE)
MOST = 9999


@dataclass(frozen=True)
class Renumbered:
    """The files of a pack that changed, and what is left for a person: file:line: what."""

    files: Mapping[str, str]
    left: tuple[str, ...]


def renumber(files: Mapping[str, str]) -> Renumbered:
    """Return the files with paragraphs numbered from 1 on, in the order of reading.md as it is now.

    Sources, sections and the number of paragraphs follow. A source that pointed only to what is gone loses
    its line; it is told, and so are paragraphs that a text mentions by number.
    """
    old = [int(match[1]) for line in files["reading.md"].splitlines() if (match := MARK.match(line))]
    new = {before: after for after, before in reversed(list(enumerate(old, 1)))}
    numbers = iter(range(1, len(old) + 1))
    reading = [
        f"[P{next(numbers)}] {match[2]}" if (match := MARK.match(line)) else line
        for line in files["reading.md"].splitlines()
    ]
    left: list[str] = []
    done = {
        "reading.md": "\n".join(reading) + "\n",
        "pack.md": _head(files.get("pack.md", ""), new, len(old)),
        "snippets.md": _snippets(files.get("snippets.md", ""), new, left),
    }
    if any(before != after for before, after in new.items()):
        for name in ("snippets.md", "discussion.md", "golden.md"):
            left += _mentions(name, files.get(name, ""))
    changed = {name: text for name, text in done.items() if text != files.get(name, "")}
    return Renumbered(changed, tuple(left) if changed else ())


def _head(text: str, new: Mapping[int, int], count: int) -> str:
    out = []
    for line in text.splitlines():
        key = key_line(line, 1)
        if key and known(key.key, PACK_KEYS) == "paragraphs":
            out.append(re.sub(r"\d+", str(count), line, count=1))
        elif match := _SECTION.match(line):
            kept = [new[n] for n in range(int(match[2]), int(match[3] or match[2]) + 1) if n in new]
            if kept:
                last = f"-P{kept[-1]}" if len(kept) > 1 else ""
                out.append(f"{match[1]}{kept[0]}{last}{match[4]}")
        else:
            out.append(line)
    return "\n".join(out) + "\n"


def _snippets(text: str, new: Mapping[int, int], left: list[str]) -> str:
    out = []
    for number, line in enumerate(text.splitlines(), 1):
        key = key_line(line, number)
        if not key or known(key.key, SNIPPET_KEYS) != "source":
            out.append(_QUOTED_MARK.sub(lambda match: f"[P{new.get(int(match[1]), '?')}]", line))
            continue
        told, speaker = source(key, MOST, PackProblems())
        kept = sorted({new[each] for each in told if each in new})
        if kept or not told:
            written = written_source(kept, speaker) if kept else key.value
            out.append(line if tuple(kept) == told else f"{line[: line.index(key.value)]}{written}")
        else:
            left.append(
                f"snippets.md:{number}: 出處 {key.value} 已經刪掉了，請改寫或刪掉這一則"
                " / its source is gone: mend or remove this snippet"
            )
    return "\n".join(out) + "\n"


def _mentions(name: str, text: str) -> list[str]:
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if not key_line(line, number)]
    return [
        f"{name}:{number}: 寫到「{match[0]}」，請看編號對不對 / mentions a paragraph by number"
        for number, line in lines
        if not line.startswith(("[P", "-")) and (match := _MENTION.search(line))
    ]
