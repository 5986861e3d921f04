import re
from collections.abc import Mapping
from dataclasses import replace
from difflib import ndiff
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pack.load import load_pack
from bot.pack.model import Pack
from bot.pack.preserve_edits import tidy
from bot.pack.problems import PackError
from bot.pack.spreadsheet import Sheets, SheetTable, to_files, to_sheets
from bot.pack.workbook import open_workbook, save_workbook
from tests.pack.spreadsheet_trip import GOLDEN, HEAD, SNIPPETS, edit, text, texts, without_lines, write


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    """A pack with all that no cell shows: notes, plain headings, other spellings, line ends of Windows."""
    files = {
        "pack.md": HEAD,
        "snippets.md": SNIPPETS,
        "golden.md": GOLDEN,
    }
    return write(tmp_path / "noted", {n: text.replace("\n", "\r\n") for n, text in files.items()})


def edited(folder: Path, *cells: tuple[str, str, object]) -> dict[str, list[str]]:
    """Return by file what a diff shows after these cells were edited in a spreadsheet."""
    save_workbook(to_sheets(load_pack(folder), texts(folder)), folder / "pack.xlsx")
    for cell in cells:
        edit(folder / "pack.xlsx", *cell)
    after = to_files(open_workbook(folder / "pack.xlsx"))
    load_pack(write(folder.parent / "back", after))
    return {
        name: [
            line
            for line in ndiff(
                raw.decode().splitlines(keepends=True), after[name].decode().splitlines(keepends=True)
            )
            if line[0] in "+-"
        ]
        for name, raw in texts(folder).items()
        if raw != after[name]
    }


def test_a_pack_with_notes_of_all_kinds_comes_back_byte_for_byte(noted: Path) -> None:
    assert edited(noted) == {}


def test_one_edited_cell_changes_one_line(noted: Path) -> None:
    assert edited(noted, ("摘解", "C2", "燈、街燈")) == {
        "snippets.md": ["- 關鍵字：燈、路燈\r\n", "+ 關鍵詞：燈、街燈\r\n"]
    }


def test_cells_that_were_empty_or_are_now_become_lines_or_go(noted: Path) -> None:
    assert edited(noted, ("摘解", "H3", "The sea."), ("摘解", "C4", None)) == {
        "snippets.md": ["+ English: The sea.\r\n", "- Keywords: 山\r\n"]
    }


def test_an_edited_text_leaves_the_other_entries_alone(noted: Path) -> None:
    assert edited(noted, ("摘解", "J3", "海邊一片黑。")) == {
        "snippets.md": ["- 海邊沒有燈。\r\n", "+ 海邊一片黑。\r\n", "+ \r\n"]
    }


def test_an_edited_title_and_slug_change_the_heading(noted: Path) -> None:
    assert edited(noted, ("摘解", "A4", "peak"), ("摘解", "K2", "頭一組"))["snippets.md"][-2:] == [
        "- ## 山上 {#hill}\r\n",
        "+ ## 山上 {#peak}\r\n",
    ]


def test_a_new_row_becomes_a_new_entry(noted: Path) -> None:
    cells = [("摘解", "B5", "谷地"), ("摘解", "J5", "谷地起霧。")]
    assert edited(noted, *cells)["snippets.md"] == [
        *("+ \r\n", "+ ## 谷地\r\n", "+ \r\n", "+ 谷地起霧。\r\n"),
    ]


def test_golden_questions_change_where_they_stand(noted: Path) -> None:
    cells = [
        ("測試題", "B2", "燈在哪裡"),
        ("測試題", "A5", "不該回答"),
        ("測試題", "B5", "幾點了"),
        ("測試題", "C5", "無"),
    ]
    assert edited(noted, *cells) == {
        "golden.md": [
            "- - 哪裡有燈 -> lamp\r\n",
            "+ - 燈在哪裡 -> lamp\r\n",
            "+ - 幾點了 -> 無\r\n",
        ]
    }


def test_particulars_and_sections_change_where_they_stand(noted: Path) -> None:
    cells = [("教材", "B3", "某人"), ("教材", "B4", "某報"), ("章節", "C3", "尾聲")]
    assert edited(noted, *cells) == {
        "pack.md": [
            "+ 作者：某人\r\n",
            "+ 來源：某報\r\n",
            "- - P2 結尾\r\n",
            "+ - P2 尾聲\r\n",
        ]
    }


def test_rows_in_another_order_are_entries_in_another_order(noted: Path) -> None:
    save_workbook(to_sheets(load_pack(noted), texts(noted)), noted / "pack.xlsx")
    book = openpyxl.load_workbook(noted / "pack.xlsx")
    sheet = book["摘解"]
    first, last = ([cell.value for cell in sheet[number]] for number in (2, 4))
    for at, (here, there) in enumerate(zip(last, first, strict=True), 1):
        sheet.cell(2, at).value, sheet.cell(4, at).value = here, there
    book.save(noted / "pack.xlsx")
    back = to_files(open_workbook(noted / "pack.xlsx"))
    after = load_pack(write(noted.parent / "back", back))
    assert [item.slug for item in after.snippets] == ["hill", "sea", "lamp"]
    assert "**半夜**" in back["snippets.md"].decode()
    assert "給自己的話" in back["snippets.md"].decode()


edits = st.tuples(
    st.sampled_from(("摘解", "討論題", "測試題", "教材")),
    st.sampled_from(("edit", "remove", "add", "swap")),
    *(st.integers(0, 9), st.integers(0, 12), text),
)


def redone(sheets: Sheets, edit: tuple[str, str, int, int, str]) -> Sheets:
    """Return the tables after one edit of a row or a cell."""
    name, act, at, column, value = edit
    rows = list(sheets.rows(name))
    if not rows:
        return sheets
    at, columns = at % len(rows), list(rows[0])
    if act == "remove" and name != "教材":
        rows.pop(at)
    elif act == "add" and name != "教材":
        rows.insert(
            at, dict.fromkeys(columns, "") | {"標題": value, "內文": value, "問題": value, "代號": "lamp"}
        )
        rows[at] = {key: rows[at][key] for key in columns}
    elif act == "swap":
        rows.insert(0, rows.pop(at))
    else:
        rows[at] = {**rows[at], columns[-1 if name == "教材" else column % len(columns)]: tidy(value)}
    return replace(sheets, tables={**sheets.tables, name: SheetTable(tuple(rows))})


def read_or_problems(folder: Path, files: Mapping[str, bytes]) -> Pack | set[str]:
    """Return the pack of these files, or what is said to be wrong with them."""
    try:
        return without_lines(load_pack(write(folder, files)))
    except PackError as error:
        return {re.sub(r"line \d+|第 \d+ 行", "", problem.message) for problem in error.problems}


@settings(max_examples=40, deadline=None)
@given(st.lists(edits, min_size=1, max_size=3))
def test_whatever_is_edited_the_files_say_what_the_rows_say(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, str, int, int, str]]
) -> None:
    scratch = tmp_path_factory.mktemp("edited")
    asked = "<!-- 備課 -->\n# 上半場\n## 開燈嗎 {#open}\n階段：立場\n正方：lamp\n\n**該**開燈嗎？\n"
    files = {"pack.md": HEAD, "snippets.md": SNIPPETS, "golden.md": GOLDEN, "discussion.md": asked}
    folder = write(scratch / "given", files)
    sheets = to_sheets(load_pack(folder), texts(folder))
    for change in changes:
        sheets = redone(sheets, change)
    kept, anew = to_files(sheets), to_files(replace(sheets, originals={}))
    assert read_or_problems(scratch / "x", kept) == read_or_problems(scratch / "y" / "x", anew)


def test_an_edited_paragraph_changes_its_line_only(tmp_path: Path) -> None:
    reading = "# 題\n\n說明。\n\n## 開頭\n\n[P1] 一。\n\n[P2] 二。\n\n> 註\n"
    folder = write(
        tmp_path / "included",
        {
            "pack.md": "# 題\n段落：2\n授權：丙\n全文：收錄\n",
            "snippets.md": "## 燈\n\n文\n",
            "reading.md": reading,
        },
    )
    assert edited(folder, ("全文", "B3", "第二。")) == {"reading.md": ["- [P2] 二。\n", "+ [P2] 第二。\n"]}
