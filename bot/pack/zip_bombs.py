"""Workbooks made to burst who opens them: small as files, endless when unpacked. They are refused in time."""

import re
import zlib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from bot.pack.spreadsheet import SheetError, Sheets

LARGEST = 20_000_000  # bytes unpacked, characters of all cells: a pack has a hundredth of it
MOST_ROWS, MOST_COLUMNS = 20_000, 100  # of a sheet
MOST_MERGED = 10_000  # cells of one merged range: openpyxl makes each of them
_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"')


def refuse_file(path: Path) -> None:
    """Look at what the file says of itself, before it is opened.

    Raises:
        SheetError: it would unpack to more than any pack has.
        zipfile.BadZipFile, OSError: it is no such file.
    """
    with ZipFile(path) as archive:  # which gives no more of an entry than the entry says that it has
        size = sum(entry.file_size for entry in archive.infolist())
        if size > LARGEST:
            raise SheetError(
                f"「{path.name}」解開有 {size:,} 位元組，超過上限 {LARGEST:,}，不像教材包"
                f" / unpacked it has {size:,} bytes; more than {LARGEST:,} is refused"
            )
        for entry in archive.infolist():
            if entry.filename.endswith(".xml") and any(map(_endless, _MERGED.finditer(archive.read(entry)))):
                raise SheetError(
                    f"「{path.name}」合併了太大一片儲存格：請取消合併 / too many merged cells: split them"
                )


def refuse_sheet(sheet: Any, name: str) -> None:
    """Look how far a sheet goes, before its cells are gone through: one cell far away makes billions.

    Raises:
        SheetError: farther than any pack.
    """
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        raise SheetError(
            f"工作表「{name}」有 {sheet.max_row:,} 列、{sheet.max_column:,} 欄，超過上限 {MOST_ROWS:,} 列、"
            f"{MOST_COLUMNS} 欄：請刪掉空白的列和欄 / too many rows or columns: delete those that are empty"
        )


def refuse_words(sheets: Sheets) -> None:
    """Count what all cells say together: one long text may stand in a thousand and take the room of one.

    Raises:
        SheetError: more than any pack says.
    """
    said = sum(len(text) for name in sheets.tables for row in sheets.rows(name) for text in row.values())
    if said > LARGEST:
        raise SheetError(f"試算表共 {said:,} 個字，超過上限 {LARGEST:,} / more than {LARGEST:,} characters")


def unpacked(packed: bytes) -> bytes:
    """Return what zlib has packed.

    Raises:
        zlib.error: it is damaged, or more than any pack has.
    """
    opened = zlib.decompressobj()
    found = opened.decompress(packed, LARGEST)
    if not opened.eof:
        raise zlib.error("too large, or cut off")
    return found


def _endless(found: "re.Match[bytes]") -> bool:
    left, top, right, bottom = found.groups()
    columns = abs(_column(right) - _column(left)) + 1
    return columns * (abs(int(bottom) - int(top)) + 1) > MOST_MERGED


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
