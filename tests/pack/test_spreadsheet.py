import re
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from bot.cli.shared import all_packs
from bot.pack.load import load_pack
from bot.pack.model import Pack
from bot.pack.problems import PackError
from bot.pack.render import EntryContext, read_aside
from bot.pack.spreadsheet import SheetError, located, plain, to_files, to_sheets
from bot.pack.workbook import open_workbook, save_workbook
from tests.pack.spreadsheet_trip import edit, small, texts, there_and_back, without_lines, write

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"
OURS = [folder.name for folder in all_packs(PROMPTS)]


@pytest.mark.parametrize("name", OURS)
def test_our_packs_come_back_byte_for_byte(tmp_path: Path, name: str) -> None:
    assert texts(there_and_back(PROMPTS / name, tmp_path)) == texts(PROMPTS / name)


@pytest.mark.parametrize("name", OURS)
def test_what_our_packs_say_comes_back_from_the_cells_alone(tmp_path: Path, name: str) -> None:
    sheets = to_sheets(load_pack(PROMPTS / name), texts(PROMPTS / name))
    back = write(tmp_path / name, to_files(replace(sheets, originals={})))
    assert without_lines(load_pack(back)) == without_lines(load_pack(PROMPTS / name))


def test_comments_and_group_headings_come_back(tmp_path: Path) -> None:
    folder = small(tmp_path / "commented")
    path = folder / "snippets.md"
    path.write_text(
        "# 第一組\n\n" + path.read_text() + "\n<!-- 寫的時候看這裡\n[P1] 原文 -->\n", encoding="utf-8"
    )
    before = read_aside(path.read_text(encoding="utf-8"))
    sheets = replace(to_sheets(load_pack(folder), texts(folder)), originals={})
    assert read_aside(to_files(sheets)["snippets.md"].decode()) == before
    assert before == EntryContext({"lamp": "寫的時候看這裡\n[P1] 原文"}, {"lamp": "第一組"})


def test_notes_of_an_included_reading_come_back(tmp_path: Path) -> None:
    folder = small(tmp_path / "included")
    head = folder / "pack.md"
    head.write_text(head.read_text(encoding="utf-8").replace("不收錄", "收錄"), encoding="utf-8")
    reading = "# 題\n\n## 開頭\n\n[P1] 一。\n\n[P2] 二。\n\n> 本文只供課堂使用\n"
    (folder / "reading.md").write_text(reading, encoding="utf-8")
    sheets = replace(to_sheets(load_pack(folder), texts(folder)), originals={})
    assert to_files(sheets)["reading.md"].decode() == reading


@pytest.mark.parametrize("formula", ["=1+1", "+886", "-3", "@SUM(A1)", '=HYPERLINK("http://x")', "＝1"])
def test_no_cell_is_ever_a_formula(tmp_path: Path, formula: str) -> None:
    folder = small(tmp_path / "formula", text=f"{formula} 是什麼", keyword=formula)
    save_workbook(to_sheets(load_pack(folder), texts(folder)), tmp_path / "pack.xlsx")
    book = openpyxl.load_workbook(tmp_path / "pack.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert formula in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if cell.value == formula)
    back = write(tmp_path / "b" / "formula", to_files(open_workbook(tmp_path / "pack.xlsx")))
    assert without_lines(load_pack(back)) == without_lines(load_pack(folder))


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    folder = small(tmp_path / "given")
    save_workbook(to_sheets(load_pack(folder), texts(folder)), tmp_path / "given.xlsx")
    return tmp_path / "given.xlsx"


def test_what_a_teacher_types_as_a_number_or_on_several_lines_is_understood(workbook: Path) -> None:
    edit(workbook, "摘解", "C2", "燈\n路燈\n")
    edit(workbook, "討論題", "A2", "first")
    edit(workbook, "討論題", "B2", "開場")
    edit(workbook, "討論題", "D2", 8.0)
    edit(workbook, "討論題", "I2", "你看見什麼？")
    pack = load_pack(write(workbook.parent / "b", to_files(open_workbook(workbook))))
    assert pack.snippets[0].keywords == ("燈", "路燈")
    assert (pack.prompts[0].minutes, pack.prompts[0].text) == (8, "你看見什麼？")


def test_a_mistake_is_told_with_its_cell(workbook: Path) -> None:
    edit(workbook, "摘解", "E2", "P99")
    edit(workbook, "討論題", "A3", "first")  # a blank row above it
    edit(workbook, "討論題", "B3", "開場")
    edit(workbook, "討論題", "E3", "nobody")
    edit(workbook, "討論題", "I3", "你看見什麼？")
    edit(workbook, "測試題", "B2", "誰")
    edit(workbook, "測試題", "C2", "lamb")
    edit(workbook, "教材", "B8", "看心情")
    assert told(workbook) == [
        "工作表「教材」B8（內容）",
        "工作表「摘解」E2（出處）",
        "工作表「討論題」E3（正方）",
        "工作表「測試題」第 2 列",
    ]


def told(workbook: Path) -> list[str]:
    """Return the places of the problems in a workbook."""
    sheets = open_workbook(workbook)
    files = to_files(sheets)
    with pytest.raises(PackError) as caught:
        load_pack(write(workbook.parent / "b", files))
    return [located(p.file, p.line, plain(files[p.file]), sheets) for p in caught.value.problems]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "hint"),
    [
        ("摘解", "M2", "一段話", "「摘解」M2：不認得這一欄"),
        ("摘解", "A1", "別的", "少了「代號」"),
        ("摘解", "B1", "代號", "兩欄都叫「代號」"),
        ("章節", "A2", "第一", "「章節」A2（從）：「第一」不是段落的數字"),
        ("教材", "A2", "書名", "「教材」A2（項目）：不認得「書名」"),
        ("摘解", "J2", "=1+1", "「摘解」J2 是公式"),
        ("摘解", "C2", datetime(2026, 3, 4, tzinfo=UTC).replace(tzinfo=None), "「摘解」C2 被試算表當成日期"),
        ("討論題", "D2", time(8, 30), "「討論題」D2 被試算表當成日期或時間"),
        ("摘解", "C2", "#REF!", "「摘解」C2 是錯誤值"),
        ("原檔", "B2", "亂寫", "隱藏的工作表「原檔」被改過"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_cell(
    workbook: Path, sheet: str, cell: str, value: object, hint: str
) -> None:
    edit(workbook, sheet, cell, value)
    with pytest.raises(SheetError, match=re.escape(hint)):
        to_files(open_workbook(workbook))


def test_merged_cells_are_refused(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book["摘解"].merge_cells("K2:K4")
    book.save(workbook)
    with pytest.raises(SheetError, match="「摘解」的 K2:K4 合併了儲存格"):
        open_workbook(workbook)


def test_what_input_methods_and_spreadsheets_change_is_understood(workbook: Path) -> None:
    edit(workbook, "摘解", "A3", "ｓｅａ")
    edit(workbook, "摘解", "B3", "海“邊”")
    edit(workbook, "摘解", "C3", 2024)
    edit(workbook, "摘解", "E3", "Ｐ１、P２")
    edit(workbook, "摘解", "F3", "ｌａｍｐ")
    edit(workbook, "摘解", "J3", "  海邊沒有燈。\r\n ")
    edit(workbook, "測試題", "B2", "哪裡有燈")
    edit(workbook, "測試題", "C2", "lamp＋sea｜lamp")
    pack = load_pack(write(workbook.parent / "b", to_files(open_workbook(workbook))))
    sea = pack.by_slug["sea"]
    assert (sea.title, sea.keywords, sea.paragraphs) == ("海“邊”", ("2024",), (1, 2))
    assert (sea.related, sea.text) == (("lamp",), "海邊沒有燈。")
    assert pack.golden[0].ways == (("lamp", "sea"), ("lamp",))


def test_columns_may_stand_in_another_order(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book["摘解"].move_range("A1:A9", cols=20)
    book.save(workbook)
    assert open_workbook(workbook).rows("摘解")[0]["代號"] == "lamp"
    assert (
        to_files(open_workbook(workbook))["snippets.md"]
        == (workbook.parent / "given" / "snippets.md").read_bytes()
    )


def test_a_reading_that_is_not_included_does_not_travel(tmp_path: Path) -> None:
    folder = small(tmp_path / "x")
    (folder / "reading.md").write_text("[P1] 原文\n\n[P2] 原文\n", encoding="utf-8")
    sheets = to_sheets(load_pack(folder), texts(folder))
    assert "reading.md" not in sheets.originals
    assert "reading.md" not in to_files(sheets)


def test_a_file_that_is_no_workbook_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(SheetError, match="打得開"):
        open_workbook(path)


def test_a_workbook_without_its_sheets_is_said_so(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "pack.xlsx")
    with pytest.raises(SheetError, match="少了工作表"):
        open_workbook(tmp_path / "pack.xlsx")


def test_a_text_too_long_for_a_cell_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    pack = Pack("x", "題", "甲" * 40_000, "", "", 1)
    with pytest.raises(SheetError, match="太長"):
        save_workbook(to_sheets(pack, {}), tmp_path / "pack.xlsx")
    assert not (tmp_path / "pack.xlsx").exists()
