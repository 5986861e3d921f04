"""A pack as a spreadsheet and back: every field has a column, every cell is text and never a formula."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from bot.reading.fulltext import Reading, notes_of, render_reading
from bot.reading.pack import Pack, Section
from bot.reading.writing import (
    GOLDEN_COLUMNS,
    HEAD_KEYS,
    PROMPT_COLUMNS,
    PROMPT_KEYS,
    SNIPPET_COLUMNS,
    SNIPPET_KEYS,
    Row,
    golden_row,
    head_row,
    prompt_row,
    read_aside,
    render_entries,
    render_golden,
    render_head,
    snippet_row,
)

MOST_CELL = 32_767  # characters that a cell holds
COLUMNS = {
    "教材": ("項目", "內容"),
    "章節": ("從", "到", "標題"),
    "摘解": SNIPPET_COLUMNS,
    "討論題": PROMPT_COLUMNS,
    "測試題": GOLDEN_COLUMNS,
    "全文": ("段", "內文"),
}
NEEDED = ("教材", "摘解")
WIDE = {"內容", "關鍵詞", "別名", "內文", "追問", "註解", "問題", "English"}
SHEET_OF = {
    "pack.md": "教材",
    "snippets.md": "摘解",
    "discussion.md": "討論題",
    "golden.md": "測試題",
    "reading.md": "全文",
}


class SheetError(Exception):
    """試算表讀不成教材包。The spreadsheet cannot be read as a pack; the message says where and what to do."""


@dataclass(frozen=True)
class Sheets:
    """The tables of a pack, each a tuple of rows by column name."""

    tables: Mapping[str, tuple[Row, ...]]

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return the rows of a table, none if it is missing."""
        return self.tables.get(name, ())


def to_sheets(pack: Pack, files: Mapping[str, str]) -> Sheets:
    """Return a pack's tables; `files` are the texts of its files, for what stands around the entries."""
    texts, asked = (read_aside(files.get(name, "")) for name in ("snippets.md", "discussion.md"))
    notes = notes_of(files.get("reading.md", "")) if pack.paragraphs else ()
    numbered = [(str(number), text) for number, text in enumerate(pack.paragraphs, 1)]
    sections = [(str(part.first), str(part.last), part.title) for part in pack.sections]
    return Sheets(
        {
            "教材": tuple({"項目": key, "內容": value} for key, value in head_row(pack).items()),
            "章節": tuple(dict(zip(COLUMNS["章節"], row, strict=True)) for row in sections),
            "摘解": tuple(snippet_row(snippet, texts) for snippet in pack.snippets),
            "討論題": tuple(prompt_row(prompt, asked) for prompt in pack.prompts),
            "測試題": tuple(golden_row(item) for item in pack.golden),
            "全文": tuple(
                {"段": n, "內文": text} for n, text in [*numbered, *[("", note) for note in notes]]
            ),
        }
    )


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
                sheet.set_column(at, at, 48 if column in WIDE else 16)
                sheet.write_string(0, at, column, bold)
            for line, at, text in cells[name]:
                sheet.write_string(line, at, text, plain)
    path.write_bytes(buffer.getvalue())


def _cells(sheets: Sheets, name: str) -> Iterator[tuple[int, int, str]]:
    for line, row in enumerate(sheets.rows(name), 1):
        for at, column in enumerate(COLUMNS[name]):
            if len(row[column]) > MOST_CELL:
                raise SheetError(f"{name} 第 {line + 1} 列「{column}」太長，放不進一格 / too long for a cell")
            yield line, at, row[column]


def open_workbook(path: Path) -> Sheets:
    """Return the tables of an .xlsx file; formulas are read as the text they are, never worked out.

    Raises:
        SheetError: it is no workbook, or a sheet or a column is missing or unknown.
    """
    import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415  as above

    try:
        book = openpyxl.load_workbook(path)
    except Exception as error:  # a damaged file raises whatever zip, XML and openpyxl raise
        raise SheetError(
            f"「{path.name}」不是打得開的 .xlsx / not an .xlsx file that can be opened"
        ) from error
    for name in NEEDED:
        if name not in book.sheetnames:
            raise SheetError(
                f"少了工作表「{name}」：請從 wendu pack export 的檔案開始改 / a sheet is missing"
            )
    return Sheets({name: tuple(_table(book[name], name)) for name in COLUMNS if name in book.sheetnames})


def _table(sheet: Any, name: str) -> Iterator[Row]:
    rows = sheet.iter_rows(values_only=True)
    header = [_text(value) for value in next(rows, ())]
    for column in COLUMNS[name]:
        if column not in header:
            raise SheetError(f"工作表「{name}」少了「{column}」這一欄 / a column is missing")
    for number, values in enumerate(rows, 2):
        row = {column: _text(value) for column, value in zip(header, values, strict=False)}
        for column, text in row.items():
            if text and column not in COLUMNS[name]:
                where = f"工作表「{name}」第 {number} 列"
                raise SheetError(
                    f"{where}：不認得「{column}」這一欄，內容請移到別欄 / column {column} is unknown"
                )
        if any(row.values()):
            yield {column: row.get(column, "") for column in COLUMNS[name]}


def _text(value: object) -> str:
    """Return a cell's text as the parser will see it: a whole number without a point, line ends made one."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def to_files(sheets: Sheets) -> dict[str, str]:
    """Return the pack's files, by name, as Markdown; `located` says where a line of them comes from.

    Raises:
        SheetError: a section's number is not one, or an unknown item stands in the first sheet.
    """
    head = {row["項目"]: row["內容"] for row in sheets.rows("教材")}
    known = ("標題", *HEAD_KEYS)
    for name in head:
        if name not in known:
            raise SheetError(f"工作表「教材」不認得「{name}」，可以寫：{'、'.join(known)} / unknown item")
    sections = tuple(
        Section(row["標題"], _number(line, row["從"]), _number(line, row["到"]))
        for line, row in enumerate(sheets.rows("章節"), 2)
    )
    files = {
        "pack.md": render_head({"標題": "", **head}, sections),
        "snippets.md": render_entries(sheets.rows("摘解"), SNIPPET_KEYS),
        "discussion.md": render_entries(sheets.rows("討論題"), PROMPT_KEYS),
        "golden.md": render_golden(sheets.rows("測試題")),
    }
    text = sheets.rows("全文")
    if text:
        paragraphs = tuple(row["內文"] for row in text if row["段"])
        notes = tuple(row["內文"] for row in text if not row["段"])
        files["reading.md"] = render_reading(Reading(head.get("標題", ""), paragraphs, sections, notes))
    return files


def _number(line: int, text: str) -> int:
    if not text.isdecimal():
        raise SheetError(f"工作表「章節」第 {line} 列：「{text}」不是段落的數字 / not a number")
    return int(text)


def located(file: str, line: int, text: str) -> str:
    """Return where in the tables that line of a written file came from, as people say it."""
    mark = "- " if file == "golden.md" else "[P" if file == "reading.md" else "## "
    row = sum(written.startswith(mark) for written in text.split("\n")[:line])
    name = SHEET_OF.get(file, file)
    return f"工作表「{name}」第 {row + 1} 列" if row and file != "pack.md" else f"工作表「{name}」"
