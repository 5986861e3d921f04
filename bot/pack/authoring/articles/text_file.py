"""Text files: their encoding, Markdown as people write it, and lines that were broken to fit a page."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.pack.authoring.articles.article import Article, ArticleError
from bot.pack.authoring.text_damage import broken_spots, is_rare
from bot.pack.reading_file import glue
from bot.text.encodings import EVERYDAY, UnknownEncodingError, decode

MOST_BROKEN = 0.1  # of a text's characters in broken spots
MOST_RARE = 0.2  # of its Chinese characters in nobody's everyday set: classical texts have 0.05
LEAST_EVERYDAY, ENOUGH = 0.03, 30  # of the commonest characters, in a text of so many; real ones have 0.08
_EVERYDAY = frozenset("的是不一了在人有我他這这個个們们中之也而其以為为於于者上下大來来")
_HAN = re.compile(r"[\u3400-\u9fff]")

_ENDED = re.compile(r"[。！？!?….」』”’:：]$")
_INDENT = re.compile(r"^(?:\u3000{1,4}|\t| {2,8})(?=\S)")
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,2}[.)、]|#{1,6}\s|\||>)")
_LIKELY = 0.5  # of the line ends inside a block that stand within a sentence, where lines were broken
_FULL = 0.6  # of the usual length, that a line has which goes on in the next
_NARROW, _WIDE = (
    (22, 110),
    (28, 240),
)  # the usual width of broken lines, Chinese counted double: shorter is verse

_RULE = re.compile(r"^\s*([-*_])(?:\s*\1){2,}\s*$")
_NOTE = re.compile(r"^\[\^([^\]\s]+)\]:\s*(.*)$")
_TARGET = re.compile(r"^\s{0,3}\[[^\]^][^\]]*\]:\s*\S+.*$")
_DIVIDER = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?\s*$")
_BOLD_LINE = re.compile(r"^(\*\*|__)(?!\s)([^*_]{2,40}?)[:：]?\1$")
# Each mark and what is left of it; links and pictures first, as they hold other marks.
_MARKS = (
    (re.compile(r"<!--.*?-->"), ""),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]^][^\]]*)\]\([^()\s]*(?:\([^()]*\))?[^()]*\)"), r"\1"),
    (re.compile(r"\[([^\]^][^\]]*)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"<(?:https?|mailto):[^>\s]*>"), ""),
    (re.compile(r"\[\^[^\]\s]+\]"), ""),
    (re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![*A-Za-z0-9])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![*A-Za-z0-9])"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>|~-])"), r"\1"),
)


def refuse_garbled(text: str) -> None:
    """Look whether a text was read in a wrong encoding, here or wherever it comes from.

    Raises:
        ArticleError: most of it is no language.
    """
    han = _HAN.findall(text)
    everyday = sum(char in EVERYDAY for char in han)
    broken = sum(end - start for _, start, end, _ in broken_spots(text))
    if (
        broken > MOST_BROKEN * len(text)
        or sum(map(is_rare, han)) > MOST_RARE * len(han) > 0
        or (len(han) >= ENOUGH and everyday < LEAST_EVERYDAY * len(han))
    ):
        raise ArticleError(
            "檔案裡大部分是亂碼：它不是 UTF-8、Big5 或 GBK（可能是 EUC-TW、Shift-JIS，或早就轉壞了）。"
            "請用原來的軟體打開，看得懂以後另存成 UTF-8"
            " / Mostly garbled: open it where it can be read, and save it as UTF-8."
        )


def text_of(raw: bytes) -> str:
    """Return what a file says.

    Raises:
        ArticleError: it is no text file, or in an unknown encoding.
    """
    try:
        return decode(raw)
    except UnknownEncodingError as error:
        raise ArticleError(str(error)) from error


def read_text(raw: bytes) -> Article:
    """Return a plain text, its broken lines joined into paragraphs."""
    return Article(join_lines(text_of(raw)))


def read_markdown(raw: bytes) -> Article:
    """Return a Markdown file as lines and headings."""
    return plain_markdown(text_of(raw))


def plain_markdown(text: str) -> Article:
    """Return Markdown without its marks: rules, link targets and pictures go, footnotes become notes."""
    title, author, text = _front_matter(text)
    lines: list[str] = []
    notes: list[str] = []
    targets = 0
    for line in text.splitlines():
        if note := _NOTE.match(line):
            notes.append(f"註 {note[1]}：{_unmarked(note[2])}")
        elif notes and re.match(r"^(?: {2,}|\t)\S", line) and lines[-1:] == [""]:
            notes[-1] += " " + _unmarked(line.strip())
            continue
        elif _TARGET.match(line):
            targets += 1
        elif re.fullmatch(r"\s*=+\s*", line) and lines and lines[-1]:
            lines[-1] = f"# {lines[-1]}"
        elif not _RULE.match(line) and not _DIVIDER.match(line):
            lines.append(_line(line))
            continue
        lines.append("")
    return Article(join_lines("\n".join(lines)), title, author, tuple(notes))


def _front_matter(text: str) -> tuple[str, str, str]:
    """Return title and author of a YAML head, and what comes after it."""
    found = re.match(r"\ufeff?---\n(.*?)\n(?:---|\.\.\.)\n", text.replace("\r\n", "\n"), re.DOTALL)
    if not found or not all(re.match(r"[\w-]+:|\s|#|- |$", line) for line in found[1].splitlines()):
        return "", "", text
    values = dict(re.findall(r"^(title|author):\s*[\"']?(.*?)[\"']?\s*$", found[1], re.MULTILINE))
    return values.get("title", ""), values.get("author", ""), text.replace("\r\n", "\n")[found.end() :]


def _line(line: str) -> str:
    plain = re.sub(r"^\s{0,3}(?:>\s?)+", "", line)
    if bold := _BOLD_LINE.match(plain.strip()):
        return f"\n## {_unmarked(bold[2])}\n"
    if re.fullmatch(r"\s*\|.*\|\s*", plain):
        cells = [_unmarked(cell.strip()) for cell in plain.strip().strip("|").split("|")]
        return "\n" + "｜".join(cell for cell in cells if cell) + "\n"
    return _unmarked(re.sub(r"^\s*\|\s*", "", plain))


def _unmarked(text: str) -> str:
    for mark, left in _MARKS:
        text = mark.sub(left, text)
    return text


def join_lines(text: str) -> str:
    """Return a text with a paragraph a line, where its lines were broken to fit a page; else unchanged."""
    lines = [line.rstrip() for line in text.splitlines()]
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    running = [(a, b) for a, b in pairs if not _INDENT.match(b)]
    indents = sum(bool(_INDENT.match(line)) for line in lines)
    if indents > 1 and running and _share(running) >= _LIKELY:
        return "\n\n".join(_indented(lines))
    widths = sorted(_width(a) for a, _ in pairs)
    if len(pairs) < 3 or _share(pairs) < _LIKELY:  # noqa: PLR2004  else chance
        return text
    usual = widths[int(len(widths) * 0.9)]
    narrow, wide = _WIDE if text.isascii() else _NARROW
    if not narrow <= usual <= wide or widths[len(widths) // 3] < _FULL * usual:
        return text
    if "" not in [line.strip() for line in lines]:
        return unwrap(text)
    blocks = re.split(r"\n\s*\n", "\n".join(lines))
    return "\n\n".join("\n".join(_block(block.split("\n"))) for block in blocks)


def _share(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the share of line ends that stand within a sentence."""
    return sum(not _ENDED.search(a) and not _ITEM.match(b) for a, b in pairs) / len(pairs)


def _width(line: str) -> int:
    return len(line.strip()) + len(_HAN.findall(line))


def _block(lines: Sequence[str]) -> Iterator[str]:
    whole = ""
    for line in lines:
        if whole and _ITEM.match(line):
            yield whole
            whole = ""
        whole = glue(whole, line.strip())
    yield whole


def _indented(lines: Sequence[str]) -> Iterator[str]:
    """Yield paragraphs that begin with an indent; a line without one goes on, unless it is a heading."""
    whole, open_ = "", False
    for line in lines:
        goes_on = open_ and line.strip() and not _INDENT.match(line)
        if goes_on and (not _ENDED.search(whole) or re.search(r"[。，、；,;.]$", line)):
            whole = glue(whole, line.strip())
            continue
        if whole:
            yield whole
        whole, open_ = line.strip(), bool(_INDENT.match(line))
    if whole:
        yield whole


def unwrap(text: str) -> str:
    """Return a text whose lines were broken to fit a page, joined again into paragraphs.

    A paragraph ends with a line that closes a sentence and is not full, or before an indented or blank line.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    full = sorted(map(len, lines))[int(len(lines) * 0.8)] if lines else 0
    blocks: list[str] = []
    open_block = False
    for line in lines:
        if not line.strip() or line.startswith(("\u3000", "  ")) or not open_block:
            blocks.append(line.strip())
        else:
            blocks[-1] = glue(blocks[-1], line.strip())
        open_block = bool(line.strip()) and len(line) >= full * 0.85
    return "\n\n".join(block for block in blocks if block)
