"""A pack's tables as an .xlsx file: every cell is text, never a formula; what would burst is refused."""

import base64
import binascii
import re
import unicodedata
import zlib
from collections.abc import Iterator
from datetime import date, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from bot.pack.preserve_edits import tidy
from bot.pack.spreadsheet import COLUMNS, SheetError, Sheets, SheetTable

LARGEST = 20_000_000  # bytes unpacked, characters of all cells: a pack has a hundredth of it
MOST_ROWS, MOST_COLUMNS = 20_000, 100  # of a sheet
MOST_MERGED = 10_000  # cells of one merged range: openpyxl makes each of them
_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"')
MOST_CELL = 32_767  # characters that a cell holds
NEEDED = ("教材", "摘解")
ORIGINALS = "原檔"
ORIGINALS_HEAD = ("檔案", "請勿修改 / do not edit")
WIDE = frozenset({"內容", "關鍵詞", "別名", "內文", "追問", "註解", "問題", "English"})
# Written with letters and digits only: full-width ones, as an input method leaves them, mean the same.
CODES = frozenset({"代號", "相關", "正方", "反方", "時間", "段", "從", "到"})


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


def save_workbook(sheets: Sheets, path: Path) -> None:
    """Write the tables as an .xlsx file.

    Raises:
        SheetError: a text is longer than a cell can hold.
        OSError: the file cannot be written.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415  only for who wants a spreadsheet

    cells = {name: tuple(_cells(sheets, name)) for name in COLUMNS}
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#EFE6DA", "border": 1})
        # Text, kept as text when somebody edits the cell later, even where it begins with = + - or @.
        plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": True})
        for name, columns in COLUMNS.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 2 if name in {"摘解", "討論題"} else 0)
            for at, column in enumerate(columns):
                # The whole column is text: a new row's 1-2 or 3/4 is not made a date.
                sheet.set_column(at, at, 48 if column in WIDE else 16, plain)
                sheet.write_string(0, at, column, bold)
            for line, at, text in cells[name]:
                sheet.write_string(line, at, text, plain)
        _save_originals(book.add_worksheet(ORIGINALS), sheets)
    path.write_bytes(buffer.getvalue())


def _cells(sheets: Sheets, name: str) -> Iterator[tuple[int, int, str]]:
    for line, row in enumerate(sheets.rows(name), 1):
        for at, column in enumerate(COLUMNS[name]):
            text = tidy(row[column])
            if len(text) > MOST_CELL:
                raise SheetError(f"{name} 第 {line + 1} 列「{column}」太長，放不進一格 / too long for a cell")
            yield line, at, text


def _save_originals(sheet: Any, sheets: Sheets) -> None:
    """Write the files on a hidden sheet, packed, so that no program can change a letter of them."""
    sheet.hide()
    rows = [ORIGINALS_HEAD]
    for name, raw in sheets.originals.items():
        packed = base64.b64encode(zlib.compress(raw, 9)).decode()
        rows += [(name, packed[at : at + MOST_CELL]) for at in range(0, len(packed), MOST_CELL)]
    for line, row in enumerate(rows):
        for at, text in enumerate(row):
            sheet.write_string(line, at, text)


def open_workbook(path: Path) -> Sheets:
    """Return the tables of an .xlsx file.

    Raises:
        SheetError: it is no workbook, a sheet or a column is missing or unknown, or a cell is no text: a
            formula, a date, an error, one of several merged.
    """
    import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415  as above

    try:
        refuse_file(path)
        book = openpyxl.load_workbook(path)
    except SheetError:
        raise
    except Exception as error:  # a damaged file raises whatever zip, XML and openpyxl raise
        raise SheetError(
            f"「{path.name}」不是打得開的 .xlsx：請在試算表軟體裡另存成 Excel 活頁簿（.xlsx）"
            " / not an .xlsx file that can be opened: save it as .xlsx"
        ) from error
    for name in NEEDED:
        if name not in book.sheetnames:
            raise SheetError(
                f"少了工作表「{name}」：請從 wendu pack export 的檔案開始改 / a sheet is missing"
            )
    tables = {name: _table(book[name], name) for name in COLUMNS if name in book.sheetnames}
    sheets = Sheets(tables, _originals(book[ORIGINALS]) if ORIGINALS in book.sheetnames else {})
    refuse_words(sheets)
    return sheets


def _originals(sheet: Any) -> dict[str, bytes]:
    refuse_sheet(sheet, ORIGINALS)
    packed: dict[str, str] = {}
    for name, piece, *_ in sheet.iter_rows(min_row=2, min_col=1, max_col=2, values_only=True):
        if name and piece:
            packed[str(name)] = packed.get(str(name), "") + str(piece)
    try:
        return {name: unpacked(base64.b64decode(text)) for name, text in packed.items()}
    except (binascii.Error, zlib.error, ValueError) as error:
        raise SheetError(
            f"隱藏的工作表「{ORIGINALS}」被改過了：請刪掉整張「{ORIGINALS}」再匯入（表格裡看不到的註解會不見）"
            " / the hidden sheet was changed: remove it, and notes that no cell shows are lost"
        ) from error


def _table(sheet: Any, name: str) -> SheetTable:
    refuse_sheet(sheet, name)
    for merged in sheet.merged_cells.ranges:
        raise SheetError(
            f"工作表「{name}」的 {merged.coord} 合併了儲存格：請取消合併，每一格各寫各的"
            " / merged cells: split them, each with its own text"
        )
    cells = sheet.iter_rows()
    letters: dict[str, str] = {}
    for cell in next(cells, ()):
        column = unicodedata.normalize("NFKC", _text(cell, name))
        if column and letters.setdefault(column, cell.column_letter) != cell.column_letter:
            raise SheetError(f"工作表「{name}」有兩欄都叫「{column}」：刪掉一欄 / two columns of that name")
    for column in COLUMNS[name]:
        if column not in letters:
            raise SheetError(f"工作表「{name}」少了「{column}」這一欄 / a column is missing")
    known = {letter: column for column, letter in letters.items() if column in COLUMNS[name]}
    rows, numbers = [], []
    for number, line in enumerate(cells, 2):
        texts = {cell.column_letter: _text(cell, name) for cell in line if cell.value is not None}
        for letter, text in texts.items():
            if text and letter not in known:
                raise SheetError(
                    f"工作表「{name}」{letter}{number}：不認得這一欄，內容請移到別欄 / the column is unknown"
                )
        if any(texts.values()):
            written = {known[letter]: text for letter, text in texts.items() if letter in known}
            rows.append({column: _meant(column, written.get(column, "")) for column in COLUMNS[name]})
            numbers.append(number)
    return SheetTable(tuple(rows), tuple(numbers), letters)


def _meant(column: str, text: str) -> str:
    return unicodedata.normalize("NFKC", text) if column in CODES else text


def _text(cell: Any, name: str) -> str:
    """Return a cell's text as the parser will see it: a whole number without a point, line ends made one.

    Raises:
        SheetError: it is no text; what the cell showed can only be guessed.
    """
    value, where = cell.value, f"工作表「{name}」{cell.coordinate}"
    if value is None:
        return ""
    if cell.data_type == "f":
        raise SheetError(
            f"{where} 是公式：請改成文字（把儲存格格式設成「文字」再重打一次） / a formula: type it as text"
        )
    if cell.data_type == "e":
        raise SheetError(f"{where} 是錯誤值 {value}：請重打一次 / an error value: type it anew")
    if isinstance(value, date | time | timedelta):
        raise SheetError(
            f"{where} 被試算表當成日期或時間：請把儲存格格式設成「文字」再重打一次 / taken for a date: set"
            " the cell's format to text and type it anew"
        )
    if isinstance(value, bool):
        value = str(value).upper()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return tidy(str(value))
