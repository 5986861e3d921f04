"""Small files that would fill the memory are refused in a sentence, before they are unpacked."""

import base64
import zipfile
import zlib
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from bot.pack.load import load_pack
from bot.pack.spreadsheet import COLUMNS, SheetError, to_sheets
from bot.pack.workbook import LARGEST, ORIGINALS, open_workbook, save_workbook

LIGHTS = Path(__file__).resolve().parents[2] / "prompts" / "lights-out"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "pack.xlsx"
    save_workbook(to_sheets(load_pack(LIGHTS), {"pack.md": (LIGHTS / "pack.md").read_bytes()}), path)
    assert open_workbook(path).rows("摘解")
    return path


def with_entry(path: Path, name: str, change: "bytes | None", size: int = 0) -> None:
    """Write the file anew, with another entry of zeros, or with one entry changed."""
    with zipfile.ZipFile(path) as archive:
        entries = {entry: archive.read(entry) for entry in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in (entries | {name: change if change is not None else bytes(size)}).items():
            archive.writestr(entry, content)


def test_a_zip_bomb_is_not_unpacked(workbook: Path) -> None:
    with_entry(workbook, "xl/media/image1.png", None, size=LARGEST)
    assert workbook.stat().st_size < 200_000
    with pytest.raises(SheetError, match="超過上限"):
        open_workbook(workbook)


def test_an_entry_that_lies_about_its_size_gives_no_more_than_it_said(workbook: Path) -> None:
    with_entry(workbook, "xl/sharedStrings.xml", None, size=50_000_000)
    raw = bytearray(workbook.read_bytes())
    size = (50_000_000).to_bytes(4, "little")
    while (at := raw.find(size)) >= 0:
        raw[at : at + 4] = (1000).to_bytes(4, "little")
    workbook.write_bytes(raw)
    with pytest.raises(SheetError, match="不是打得開的"):
        open_workbook(workbook)


def test_one_cell_at_the_end_of_the_sheet_does_not_make_billions(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book["摘解"]["A1048576"] = "遠"
    book.save(workbook)
    with pytest.raises(SheetError, match="1,048,576 列"):
        open_workbook(workbook)


def test_a_sheet_merged_from_end_to_end_is_not_opened(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    with_entry(workbook, "xl/worksheets/sheet1.xml", sheet.replace(b"</sheetData>", merged))
    with pytest.raises(SheetError, match="合併了太大一片"):
        open_workbook(workbook)


def test_one_long_text_in_very_many_cells_is_refused(workbook: Path) -> None:
    with xlsxwriter.Workbook(workbook) as book:  # it writes equal texts once
        for name, columns in COLUMNS.items():
            book.add_worksheet(name).write_row(0, 0, columns)
        for row in range(1, 2 + LARGEST // 30_000):
            book.get_worksheet_by_name("全文").write_row(row, 0, (str(row), "字" * 30_000))
    assert workbook.stat().st_size < 100_000
    with pytest.raises(SheetError, match="個字，超過上限"):
        open_workbook(workbook)


def test_a_packed_original_that_bursts_is_refused(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    bomb = base64.b64encode(zlib.compress(bytes(LARGEST + 1), 9)).decode()
    for at in range(0, len(bomb), 30_000):
        book[ORIGINALS].append(("golden.md", bomb[at : at + 30_000]))
    book.save(workbook)
    with pytest.raises(SheetError, match="被改過了"):
        open_workbook(workbook)


def test_xml_that_names_itself_over_and_over_is_refused(workbook: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY l0 "哈">{laughs}]><sst><si><t>&l12;</t></si></sst>'
    with_entry(workbook, "xl/sharedStrings.xml", bomb.encode())
    with pytest.raises(SheetError, match="不是打得開的"):
        open_workbook(workbook)
