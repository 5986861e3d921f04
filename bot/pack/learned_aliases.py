"""Learned aliases go back into snippets.md: only 別名 lines change, all else stays byte for byte."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.pack.key_lines import SNIPPET_KEYS, KeyLine, derive_slug, known
from bot.pack.markdown import MarkdownPart
from bot.pack.model import Snippet
from bot.pack.problems import PackProblems
from bot.pack.snippets_file import headed, parse_snippets
from bot.text.folding import fold

_LINE_ENDS = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")
_SEPARATORS = re.compile(r"[\s,，、;；]+")
_MARKS = re.compile(r"([\\`*_\[\]<>&#~])")


@dataclass(frozen=True)
class MergedAliases:
    """A snippets.md with aliases added. `added` and `left_out`, which fit nowhere, are (slug, wording)."""

    text: str
    added: tuple[tuple[str, str], ...]
    left_out: tuple[tuple[str, str], ...]


def merge(text: str, learned: Mapping[str, Sequence[str]], count: int) -> MergedAliases:
    """Return the text with these wordings (slug -> wordings) among the aliases of their snippets.

    A wording that the snippet has already, but for spelling, is passed over: merging twice changes nothing.
    Each is tried by itself: one that would change anything else, such as by an unclosed 「, is left out.
    `count` is the number of paragraphs of the reading.
    """
    added: list[tuple[str, str]] = []
    left_out: list[tuple[str, str]] = []
    before = _read(text, count)
    for slug, wording in ((slug, clean(each)) for slug, wordings in learned.items() for each in wordings):
        if slug in before and fold(wording) in map(fold, before[slug].aliases):
            continue
        made = _with(text, slug, wording)
        after = _read(made, count)
        if slug in before and after == {**before, slug: _taught(before[slug], wording)}:
            text, before = made, after
            added.append((slug, wording))
        else:
            left_out.append((slug, wording))
    return MergedAliases(text, tuple(added), tuple(left_out))


def _read(text: str, count: int) -> dict[str, Snippet]:
    """Return the snippets by slug, wherever their headings stand."""
    return {one.slug: replace(one, line=0) for one in parse_snippets(text, count, PackProblems())}


def _taught(snippet: Snippet, wording: str) -> Snippet:
    return replace(snippet, aliases=(*snippet.aliases, wording))


def _with(text: str, slug: str, wording: str) -> str:
    """Return the text with the wording on the snippet's 別名 line, or on a new one below its keywords."""
    lines = _LINE_ENDS.split(text)
    part = next((part for part in headed(text, PackProblems()) if _slug(part) == slug), None)
    if part is None:
        return text
    shown = _MARKS.sub(r"\\\1", wording)
    line = _key(part, "aliases")
    if line is not None:
        body, end = _split(lines[line.line - 1])
        joint = "" if body.rstrip().endswith((":", "：", ";", "；", "、", ",", "，")) else "；"
        lines[line.line - 1] = body.rstrip(" \t") + joint + shown + end
        return "".join(lines)
    above = _key(part, "keywords")
    at = (above.line if above else part.line) - 1
    body, end = _split(lines[at])
    lines[at] = f"{body}{end or _usual_end(text)}別名：{shown}{end}"
    return "".join(lines)


def _usual_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def clean(wording: str) -> str:
    """Return a wording as one item of a list: separators become a space, which matching ignores."""
    return _SEPARATORS.sub(" ", wording).strip()


def _key(part: MarkdownPart, name: str) -> KeyLine | None:
    return next((line for line in part.keys if known(line.key, SNIPPET_KEYS) == name), None)


def _split(line: str) -> tuple[str, str]:
    """Return a line's text and its end."""
    body = line.rstrip("\r\n")
    return body, line[len(body) :]


def _slug(part: MarkdownPart) -> str:
    return part.slug if part.slug is not None else derive_slug(part.title)
