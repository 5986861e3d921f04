"""Markdown as a pack uses it: headings, each with the key lines, list items and paragraphs below it."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.pack.key_lines import KeyLine, is_key, key_line
from bot.pack.problems import PackProblems

_SLUG = re.compile(r"\s*\{#(?P<slug>[^{}]*)\}\s*$")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HAN_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n|\n(?=[\u3000-\u9fff\uff00-\uffef])")


@dataclass(frozen=True)
class TextLine:
    """A list item or a paragraph, and the line it starts on."""

    text: str
    line: int


@dataclass
class MarkdownPart:
    """A heading and all that stands below it, up to the next one. The first part has level 0: no heading."""

    level: int
    title: str
    slug: str | None  # None: none was written
    line: int
    keys: list[KeyLine] = field(default_factory=list)
    items: list[TextLine] = field(default_factory=list)
    paragraphs: list[TextLine] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the paragraphs, separated by a blank line; the items of a list stand close together."""
        out = ""
        for paragraph in self.paragraphs:
            close = paragraph.text.startswith("• ") and out.rpartition("\n")[2].startswith("• ")
            out += ("\n" if close else "\n\n" if out else "") + paragraph.text
        return out


def read_text(path: Path, problems: PackProblems) -> str | None:
    """Return a file's text, or None after noting why it cannot be read."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        problems.add("missing-file", 0, name=path.name)
        return None
    except OSError:
        problems.add("unreadable", 0, looks="")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add("unreadable", raw.count(b"\n", 0, error.start) + 1, looks=_looks(raw))
        return None
    if "\x00" in text:
        problems.add("unreadable", text[: text.index("\x00")].count("\n") + 1, looks=_looks(raw))
        return None
    return text


def _looks(raw: bytes) -> str:
    """Return which encoding of older programs a file may be in, as a part of a sentence."""
    if b"\x00" in raw or raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "，看起來是 UTF-16（記事本叫它 Unicode）"
    for codec, name in (("big5", "Big5"), ("gb18030", "GBK")):
        try:
            raw.decode(codec)
        except UnicodeDecodeError:
            continue
        return f"，看起來是 {name}（舊的中文編碼，記事本叫它 ANSI）"
    return ""


def parts(text: str, *, lists: bool = False) -> list[MarkdownPart]:
    """Return the parts of a Markdown text. With `lists`, list items are kept apart from the paragraphs."""
    found = [MarkdownPart(0, "", None, 1)]
    text = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)  # lines keep their numbers
    for level, line, block in _blocks(_parser().parse(text)):
        if level:
            written = _SLUG.search(block)
            title = block[: written.start()] if written else block
            found.append(
                MarkdownPart(level, title.strip(), written["slug"].strip() if written else None, line)
            )
        elif lists and block.startswith("• "):
            found[-1].items.append(TextLine(block[2:], line))
        else:
            _add(found[-1], block, line)
    for part in found:
        _mend_text_without_keys(part)
    return found


def _mend_text_without_keys(part: MarkdownPart) -> None:
    """Take 「師傅說：好茶。」 for the text that it is, where nothing else stands below the heading."""
    if part.keys and not part.paragraphs and not any(is_key(line.key) for line in part.keys):
        text = "".join(line.written for line in part.keys)
        part.paragraphs.append(TextLine(text, part.keys[0].line))
        part.keys.clear()


def _parser() -> MarkdownIt:
    # What a teacher types by accident must not become structure: an indented line is no code, a line of
    # dashes below a text is no heading, [x]: is no reference.
    rules = ["code", "lheading", "reference", "html_block", "table"]
    return MarkdownIt("commonmark", {"html": False}).disable(rules, ignoreInvalid=True)


def _blocks(tokens: list[Token]) -> Iterator[tuple[int, int, str]]:
    """Yield (heading level or 0, line, text) for each block that has text; list items begin with a bullet."""
    level, bullet = 0, False
    for token in tokens:
        line = (token.map[0] if token.map else 0) + 1
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "list_item_open":
            bullet = True
        elif token.type == "inline":
            yield level, line, ("• " if bullet and not level else "") + _plain(token)
            level, bullet = 0, False
        elif token.type == "fence":
            yield 0, line, token.content.strip()


def _plain(token: Token) -> str:
    """Return an inline token's text without its marks (`**bold**` becomes bold)."""
    out = [
        "\n" if child.type in {"softbreak", "hardbreak"} else child.content for child in token.children or []
    ]
    return "".join(out).strip()


def _add(part: MarkdownPart, block: str, line: int) -> None:
    """Put a block into the part: key lines come first, what follows them is text."""
    lines = block.split("\n")
    rest = 0
    if not part.paragraphs:
        only_known = bool(
            part.keys
        )  # after a blank line, 「他說：」 is text; right below the heading, a typo
        for text in lines:
            found = key_line(text, line + rest)
            if found is None or (only_known and not is_key(found.key)):
                break
            part.keys.append(found)
            rest += 1
    text = _HAN_BREAK.sub("", "\n".join(lines[rest:])).replace("\n", " ")
    if text.strip():
        part.paragraphs.append(TextLine(text.strip(), line + rest))
