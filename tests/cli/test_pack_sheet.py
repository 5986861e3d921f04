from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.reading.parsing import load_pack

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["pack", *map(str, arguments)])


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    result = run("export", "lights-out", "-o", tmp_path / "lights-out.xlsx")
    assert result.exit_code == 0, result.output
    return tmp_path / "lights-out.xlsx"


def edit(path: Path, sheet: str, cell: str, value: str) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def test_a_spreadsheet_becomes_a_pack_of_its_name(workbook: Path) -> None:
    result = run("import", workbook)
    assert result.exit_code == 0, result.output
    there, here = load_pack(PROMPTS / "lights-out"), load_pack(workbook.with_suffix(""))
    assert (here.title, here.paragraphs, len(here.snippets)) == (
        *(there.title, there.paragraphs),
        len(there.snippets),
    )


def test_what_a_teacher_changed_in_a_cell_is_in_the_pack(workbook: Path) -> None:
    edit(workbook, "摘解", "B2", "這個小鎮在吵什麼")
    assert run("import", workbook, "-o", workbook.parent / "changed").exit_code == 0
    assert load_pack(workbook.parent / "changed").snippets[0].title == "這個小鎮在吵什麼"


def test_a_pack_that_is_there_is_replaced_only_when_told_to(workbook: Path) -> None:
    assert run("import", workbook).exit_code == 0
    assert run("import", workbook).exit_code == 2
    edit(workbook, "教材", "B2", "新的題目")
    assert run("import", workbook, "--overwrite").exit_code == 0
    assert load_pack(workbook.with_suffix("")).title == "新的題目"


def test_a_mistake_writes_nothing_and_names_the_row(workbook: Path) -> None:
    edit(workbook, "摘解", "E3", "P99")
    result = run("import", workbook)
    assert result.exit_code == 1
    assert "工作表「摘解」第 3 列" in result.output
    assert not workbook.with_suffix("").exists()


def test_a_file_that_is_no_spreadsheet_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no")
    result = run("import", tmp_path / "a.xlsx")
    assert result.exit_code == 1
    assert "打得開" in result.output


def test_a_broken_pack_cannot_be_exported(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "pack.md").write_text("沒有標題", encoding="utf-8")
    result = run("export", tmp_path / "broken", "-o", tmp_path / "a.xlsx")
    assert result.exit_code == 1
    assert not (tmp_path / "a.xlsx").exists()
