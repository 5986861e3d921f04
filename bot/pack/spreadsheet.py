"""A pack as tables and back: every field has a column, and what no column can hold is kept beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.pack import key_lines
from bot.pack.key_lines import known
from bot.pack.markdown import parts
from bot.pack.model import Pack, Section
from bot.pack.preserve_edits import keep_golden, keep_head, keep_prompts, keep_reading, keep_snippets, tidy
from bot.pack.problems import FILES
from bot.pack.reading_file import Reading, notes_of, render_reading
from bot.pack.render import (
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

COLUMNS = {
    "教材": ("項目", "內容"),
    "章節": ("從", "到", "標題"),
    "摘解": SNIPPET_COLUMNS,
    "討論題": PROMPT_COLUMNS,
    "測試題": GOLDEN_COLUMNS,
    "全文": ("段", "內文"),
}
SHEET_OF = {
    "pack.md": "教材",
    "snippets.md": "摘解",
    "discussion.md": "討論題",
    "golden.md": "測試題",
    "reading.md": "全文",
}
KEYS_OF = {
    "pack.md": key_lines.PACK_KEYS,
    "snippets.md": key_lines.SNIPPET_KEYS,
    "discussion.md": key_lines.PROMPT_KEYS,
}
_BOM = b"\xef\xbb\xbf"


class SheetError(Exception):
    """試算表讀不成教材包。The spreadsheet cannot be read as a pack; the message says where and what to do."""


@dataclass(frozen=True)
class SheetTable:
    """The rows of one sheet, and where each row and column stands in it."""

    rows: tuple[Row, ...] = ()
    numbers: tuple[int, ...] = ()  # of the rows in the sheet; empty: from 2 on without a gap
    letters: Mapping[str, str] = field(default_factory=dict)

    def cell(self, at: int, column: str) -> str:
        """Return the name of a cell, such as E3（出處）; the row alone where the column is not known."""
        number = self.numbers[at] if at < len(self.numbers) else at + 2
        letter = self.letters.get(column)
        return f"{letter}{number}（{column}）" if letter else f"第 {number} 列"


@dataclass(frozen=True)
class Sheets:
    """The tables of a pack by name, and the files that they were made of, as far as those may travel."""

    tables: Mapping[str, SheetTable]
    originals: Mapping[str, bytes] = field(default_factory=dict)

    def table(self, name: str) -> SheetTable:
        """Return a table, an empty one if it is missing."""
        return self.tables.get(name, SheetTable())

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return the rows of a table, none if it is missing."""
        return self.table(name).rows


def to_sheets(pack: Pack, files: Mapping[str, bytes]) -> Sheets:
    """Return a pack's tables; `files` are its files as they are.

    They travel along, so that what no cell shows comes back; but not a reading that is not included.
    """
    texts = {name: plain(raw) for name, raw in files.items()}
    aside, asked = (read_aside(texts.get(name, "")) for name in ("snippets.md", "discussion.md"))
    notes = notes_of(texts.get("reading.md", "")) if pack.paragraphs else ()
    numbered = [(str(number), text) for number, text in enumerate(pack.paragraphs, 1)]
    sections = [(str(part.first), str(part.last), part.title) for part in pack.sections]
    tables = {
        "教材": tuple({"項目": key, "內容": value} for key, value in head_row(pack).items()),
        "章節": tuple(dict(zip(COLUMNS["章節"], row, strict=True)) for row in sections),
        "摘解": tuple(snippet_row(snippet, aside) for snippet in pack.snippets),
        "討論題": tuple(prompt_row(prompt, asked) for prompt in pack.prompts),
        "測試題": tuple(golden_row(item) for item in pack.golden),
        "全文": tuple({"段": n, "內文": text} for n, text in [*numbered, *[("", note) for note in notes]]),
    }
    travelling = {n: raw for n, raw in files.items() if n in FILES and (n != "reading.md" or pack.paragraphs)}
    return Sheets({name: SheetTable(rows) for name, rows in tables.items()}, travelling)


def plain(raw: bytes) -> str:
    """Return a file's text with line ends of one kind."""
    return raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def to_files(sheets: Sheets) -> dict[str, bytes]:
    """Return the pack's files by name; those of which no cell was edited are byte for byte as they were.

    Raises:
        SheetError: a section's number is not one, or an unknown item stands in the first sheet.
    """
    anew = _anew(sheets)
    out: dict[str, bytes] = {}
    for name, text in anew.items():
        raw = sheets.originals.get(name)
        if raw is not None:
            before = plain(raw)
            kept = _kept(name, before, text, sheets)
            out[name] = raw if kept == before else _like(raw, kept)
        elif name in {"pack.md", "snippets.md"} or sheets.rows(SHEET_OF[name]):
            out[name] = text.encode()
    return out


def _like(raw: bytes, text: str) -> bytes:
    """Return a text with the byte order mark and the line ends of the file that it takes the place of."""
    ends = raw.count(b"\r\n") * 2 > raw.count(b"\n")
    mark = _BOM if raw.startswith(_BOM) else b""
    return mark + (text.replace("\n", "\r\n") if ends else text).encode()


def _head(sheets: Sheets) -> tuple[Row, tuple[Section, ...]]:
    table = sheets.table("教材")
    items = ("標題", *HEAD_KEYS)
    for at, row in enumerate(table.rows):
        if row["項目"] not in items:
            where = f"工作表「教材」{table.cell(at, '項目')}"
            raise SheetError(f"{where}：不認得「{row['項目']}」，可以寫：{'、'.join(items)} / unknown item")
    head = {"標題": "", **{row["項目"]: row["內容"] for row in table.rows}}
    parts_of = sheets.table("章節")
    sections = tuple(
        Section(row["標題"], _number(parts_of, at, "從"), _number(parts_of, at, "到"))
        for at, row in enumerate(parts_of.rows)
    )
    return head, sections


def _number(table: SheetTable, at: int, column: str) -> int:
    text = table.rows[at][column]
    if not text.isdecimal():
        where = f"工作表「章節」{table.cell(at, column)}"
        raise SheetError(f"{where}：「{text}」不是段落的數字 / not a number")
    return int(text)


def _anew(sheets: Sheets) -> dict[str, str]:
    """Return the files written from the rows alone."""
    head, sections = _head(sheets)
    paragraphs, notes = _reading(sheets)
    files = {
        "pack.md": render_head(head, sections),
        "snippets.md": render_entries(sheets.rows("摘解"), SNIPPET_KEYS),
        "discussion.md": render_entries(sheets.rows("討論題"), PROMPT_KEYS),
        "golden.md": render_golden(sheets.rows("測試題")),
    }
    if paragraphs or notes:
        files["reading.md"] = render_reading(Reading(head["標題"], paragraphs, sections, notes))
    return files


def _reading(sheets: Sheets) -> tuple[tuple[str, ...], tuple[str, ...]]:
    rows = sheets.rows("全文")
    return tuple(row["內文"] for row in rows if row["段"]), tuple(
        row["內文"] for row in rows if not row["段"]
    )


def _kept(name: str, before: str, anew: str, sheets: Sheets) -> str:
    rows = sheets.rows(SHEET_OF[name])
    tidied = [{column: tidy(value) for column, value in row.items()} for row in rows]
    if name == "pack.md":
        head, sections = _head(sheets)
        return keep_head(before, {key: tidy(value) for key, value in head.items()}, sections)
    if name == "reading.md":
        paragraphs, notes = (tuple(map(tidy, texts)) for texts in _reading(sheets))
        return keep_reading(before, paragraphs, notes, anew)
    keep = {"snippets.md": keep_snippets, "discussion.md": keep_prompts, "golden.md": keep_golden}[name]
    return keep(before, tidied)


def located(file: str, line: int, text: str, sheets: Sheets) -> str:
    """Return where in the tables that line of a file made of them came from, as people say it."""
    name = SHEET_OF.get(file, file)
    table, (at, column) = sheets.table(name), _origin(file, line, text)
    if file == "pack.md":
        at = next((number for number, row in enumerate(table.rows) if row["項目"] == column), -1)
        column = "內容"
    return f"工作表「{name}」{table.cell(at, column)}" if at >= 0 else f"工作表「{name}」"


def _origin(file: str, line: int, text: str) -> tuple[int, str]:
    """Return the row, counted from 0, and the column of a line; -1 where it belongs to none."""
    if file == "reading.md":
        return sum(written.startswith("[P") for written in text.split("\n")[:line]) - 1, "內文"
    found = parts(text, lists=True)
    if file == "golden.md":
        return sum(item.line <= line for part in found for item in part.items) - 1, ""
    entries = [
        part for part in found if part.level > (file != "pack.md") and part.title and part.line <= line
    ]
    written = next((key.key for part in found for key in part.keys if key.line == line), "")
    if entries and entries[-1].line == line:
        return len(entries) - 1, "標題"
    columns = HEAD_KEYS if file == "pack.md" else COLUMNS[SHEET_OF[file]]
    name = known(written, KEYS_OF[file])
    return len(entries) - 1, next(
        (each for each in columns if name and known(each, KEYS_OF[file]) == name), ""
    )
