"""Moodle's forum export (CSV), read into messages: one row a post, one round a discussion."""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from db.imports.export_file import BROKEN, ExportFile
from db.imports.found import (
    LONGEST,
    WHOLE,
    Bad,
    Discussion,
    Message,
    NoRemark,
    Part,
    Problem,
    Record,
    Unreadable,
    cleaned,
    short,
)
from db.imports.html_text import plain_text
from db.updates.records import RemarkDraft

NEEDED = ("id", "parent", "userid", "userfullname", "created", "subject", "message")
SEPARATORS = ",;\t"  # Moodle offers all three
AUTOMATIC, HTML = "0", "1"  # Moodle's messageformat: line breaks count in the first, not in the second
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RE = re.compile(r"^\s*(re|回覆|回复|答复)\s*[:：]\s*", re.IGNORECASE)
_EATEN = re.compile(r"\d+([.,]\d+)?e\+?\d+|#+", re.IGNORECASE)  # 1.77E+09, or ### in a narrow column
_NO_DATE = (
    "created 不是秒數：匯出時請關掉「人類可讀的日期」"
    " / created is not in seconds: export with “human-readable dates” off"
)
Numbered = Callable[[str, str], int]  # a Moodle user's id and name -> a number for that person
Row = dict[str, str]


def is_moodle(file: ExportFile) -> bool:
    """Return whether the file begins like Moodle's CSV."""
    return b"userfullname" in file.head[:2000].replace(b"\0", b"").lower()


def read(file: ExportFile, chat_id: int, numbered: Numbered) -> Discussion:
    """Return what is in the file; its posts are put into that chat.

    Raises:
        Unreadable: it is no forum export of Moodle's.
    """
    csv.field_size_limit(4 * LONGEST)
    parts = _parts(file)

    def records(_zone: tzinfo) -> Iterator[Record]:
        for line, row in _rows(file):
            yield _record(line, row, chat_id, numbered)

    notes = []
    if file.encoding not in {"utf-8", "utf-8-sig"}:
        notes.append(
            f"以 {file.encoding} 讀取；存檔時那個編碼寫不出的字（例如表情符號）已經變成 ?"
            f" / read as {file.encoding}: what that cannot write (emoji) had become ? when it was saved"
        )
    title = next(iter(parts.values())).title if parts else ""
    return Discussion(chat_id, title, parts, records, tuple(notes), is_elsewhere=True)


def _parts(file: ExportFile) -> dict[str, Part]:
    """Return the discussions, each called by the subject of its first post."""
    titles: dict[str, str] = {}
    for _, row in _rows(file):
        if row is None:
            continue
        subject = cleaned(" ".join(row["subject"].split())[:LONGEST])
        opens = row["parent"].strip() in {"0", ""}
        if opens or _discussion(row) not in titles:
            titles[_discussion(row)] = short(subject if opens else _RE.sub("", subject))
    return {key: Part(title) for key, title in titles.items()}


def _discussion(row: Row) -> str:
    return row.get("discussion", WHOLE).strip()


def _rows(file: ExportFile) -> Iterator[tuple[int, Row | None]]:
    """Yield line numbers and rows; None where a row cannot be read."""
    try:
        with file.text() as text:
            first = text.readline()
            text.seek(0)
            separator = max(SEPARATORS, key=first.count)
            yield from _table(csv.reader(text, delimiter=separator))
    except BROKEN as error:
        raise Unreadable(f"{file.path} 讀不懂 / cannot be read: {error}") from error


def _table(reader: Any) -> Iterator[tuple[int, Row | None]]:
    header = [name.strip("\ufeff \t").casefold() for name in next(reader, [])]
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


def _record(line: int, row: Row | None, chat_id: int, numbered: Numbered) -> Record:
    where = f"第 {line} 行 / line {line}"
    if row is None:
        return Problem(where, "讀不懂這一列 / this row cannot be read")
    try:
        return NoRemark.NOTICE if _hidden(row) else _message(row, chat_id, numbered)
    except Bad as bad:
        return Problem(where, str(bad))


def _hidden(row: Row) -> bool:
    """Return whether the post was deleted, or said to one person only."""
    return any(_number(row.get(name) or "0", name) for name in ("deleted", "privatereplyto"))


def _message(row: Row, chat_id: int, numbered: Numbered) -> Message:
    name = short(row["userfullname"])
    parent = _number(row["parent"], "parent")
    created = _moment(row["created"])
    modified = _moment(row.get("modified") or row["created"])
    draft = RemarkDraft(
        chat_id=chat_id,
        message_id=_number(row["id"], "id"),
        thread_id=0,
        telegram_id=numbered(_whole(row["userid"]), name),
        name=name or "–",
        username="",
        sent_at=created,
        text=_words(row, opens=not parent),
        reply_to_message_id=parent or None,
        edited_at=modified if modified > created else None,
    )
    return Message(_discussion(row), draft)


def _words(row: Row, *, opens: bool) -> str:
    words, written_in = row["message"], row.get("messageformat", AUTOMATIC).strip()
    if written_in in {AUTOMATIC, HTML}:
        words = plain_text(words, breaks_count=written_in == AUTOMATIC)
    subject = " ".join(row["subject"].split())
    return cleaned(f"{subject}\n\n{words}".strip() if opens and subject else words)


def _moment(text: str) -> datetime:
    text = _whole(text)
    if not (text.isascii() and text.isdigit()):
        raise Bad(_NO_DATE)
    try:
        return _EPOCH + timedelta(seconds=int(text[:20]))
    except OverflowError as error:
        raise Bad(_NO_DATE) from error


def _whole(text: str) -> str:
    """Return what stands in a cell of numbers.

    Raises:
        Bad: a spreadsheet has shortened it.
    """
    text = text.strip()
    if _EATEN.fullmatch(text):
        raise Bad(
            f"試算表把編號縮成了 {text}：請用 Moodle 匯出的原檔，不要用 Excel 另存"
            f" / a spreadsheet has shortened a number to {text}: import the file as Moodle wrote it"
        )
    return text.removesuffix(".0")


def _number(text: str, what: str) -> int:
    text = _whole(text)
    if not (text.isascii() and text.isdigit() and len(text) < 19):  # noqa: PLR2004  SQLite's integers
        raise Bad(f"{what} 不是整數 / {what} is not a whole number")
    return int(text)
