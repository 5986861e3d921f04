"""Moodle's forum export (CSV), read into messages: one row a post."""

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import IO

from db.imports.found import (
    LONGEST,
    NAME_LIMIT,
    Bad,
    Discussion,
    Message,
    Problem,
    Unreadable,
    cleaned,
    size_checked,
)

NEEDED = ("id", "parent", "userid", "userfullname", "created", "subject", "message")
HTML = "1"  # Moodle's messageformat; 0 is its own, also HTML
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"})
_UNSEEN = frozenset({"script", "style"})
_NO_DATE = (
    "created 不是秒數：匯出時請關掉「人類可讀的日期」"
    " / created is not in seconds: export with “human-readable dates” off"
)
Numbered = Callable[[str, str], int]  # a Moodle user's id and name -> a number for that person


def read(path: Path, chat_id: int, numbered: Numbered) -> Discussion:
    """Return what is in the file; its posts are put into that chat.

    Raises:
        Unreadable: it is no forum export of Moodle's, or too large.
    """
    found = Discussion(chat_id, "")
    csv.field_size_limit(4 * LONGEST)
    try:
        with size_checked(path).open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            for line, row in _rows(file):
                _take(found, line, row, numbered)
    except OSError as error:
        raise Unreadable(f"讀不到 {path} / cannot read {path}") from error
    return found


def _rows(file: IO[str]) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Yield line numbers and rows; None where a row cannot be read."""
    reader = csv.reader(file)
    header = [name.strip().casefold() for name in next(reader, [])]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise Unreadable(
            f"不是 Moodle 討論區的匯出檔，缺少欄位 {'、'.join(missing)}"
            f" / not Moodle's forum export: no column {', '.join(missing)}"
        )
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield reader.line_num, None
            continue
        if cells:
            row = dict(zip(header, cells, strict=False))
            yield reader.line_num, row if len(cells) >= len(header) else None


def _take(found: Discussion, line: int, row: dict[str, str] | None, numbered: Numbered) -> None:
    if row is None:
        found.problems.append(_problem(line, "讀不懂這一列 / this row cannot be read"))
        return
    try:
        if _hidden(row):
            found.passed_over += 1
            return
        found.messages.append(_message(row, numbered))
    except Bad as bad:
        found.problems.append(_problem(line, str(bad)))
        return
    if not found.title and not _number(row["parent"], "parent"):
        found.title = cleaned(" ".join(row["subject"].split())[:NAME_LIMIT])


def _problem(line: int, why: str) -> Problem:
    return Problem(f"第 {line} 行 / line {line}", why)


def _hidden(row: dict[str, str]) -> bool:
    """Return whether the post was deleted, or said to one person only."""
    return any(_number(row.get(name) or "0", name) for name in ("deleted", "privatereplyto"))


def _message(row: dict[str, str], numbered: Numbered) -> Message:
    name = cleaned(" ".join(row["userfullname"].split())[:NAME_LIMIT])
    parent = _number(row["parent"], "parent")
    words = row["message"]
    if row.get("messageformat", "0") in {"0", HTML}:
        words = plain_text(words)
    subject = " ".join(row["subject"].split())
    if not parent and subject:
        words = f"{subject}\n\n{words}".strip()
    created = _moment(row["created"])
    return Message(
        message_id=_number(row["id"], "id"),
        telegram_id=numbered(row["userid"].strip(), name),
        name=name or "–",
        sent_at=created,
        written_at=max(created, _moment(row.get("modified") or row["created"])),
        text=cleaned(words),
        reply_to=parent or None,
    )


def plain_text(html: str) -> str:
    """Return what the HTML says, paragraphs on lines of their own; plain text comes back as it was."""
    if "<" not in html and "&" not in html:
        return html
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.parts).split("\n")]
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    """Collects words, and a line break where a block begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Break the line before a block; say what a picture shows."""
        self.unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self.parts.append("\n")
        if tag == "img":
            self.parts.append(f"[{dict(attrs).get('alt') or '圖'}]")

    def handle_endtag(self, tag: str) -> None:
        """Break the line after a block."""
        self.unseen -= tag in _UNSEEN and self.unseen > 0
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep the words; line breaks in the source are blanks."""
        if not self.unseen:
            self.parts.append(data.replace("\n", " "))


def _moment(text: str) -> datetime:
    if not (text.strip().isascii() and text.strip().isdigit()):
        raise Bad(_NO_DATE)
    try:
        return _EPOCH + timedelta(seconds=int(text.strip()[:20]))
    except OverflowError as error:
        raise Bad(_NO_DATE) from error


def _number(text: str, what: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 19):  # noqa: PLR2004  SQLite's integers
        raise Bad(f"{what} 不是整數 / {what} is not a whole number")
    return int(text)
