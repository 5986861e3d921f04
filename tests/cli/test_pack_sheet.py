import shutil
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.pack.load import load_pack

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


def test_back_into_its_own_folder_without_an_edit_changes_no_byte(tmp_path: Path) -> None:
    folder = shutil.copytree(PROMPTS / "ai-film", tmp_path / "ai-film")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert run("export", folder, "-o", tmp_path / "a.xlsx").exit_code == 0
    assert run("import", tmp_path / "a.xlsx", "-o", folder, "--overwrite").exit_code == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_was_edited_beside_the_spreadsheet_is_put_aside(workbook: Path) -> None:
    folder = shutil.copytree(PROMPTS / "lights-out", workbook.parent / "mine")
    golden = folder / "golden.md"
    golden.write_text("- 燈 -> 無\n", encoding="utf-8")
    edit(workbook, "摘解", "B2", "這個小鎮在吵什麼")
    result = run("import", workbook, "-o", folder, "--overwrite")
    assert "golden.md.old" in result.output
    assert "snippets.md.old" not in result.output
    assert (folder / "golden.md.old").read_text(encoding="utf-8") == "- 燈 -> 無\n"
    assert golden.read_bytes() == (PROMPTS / "lights-out" / "golden.md").read_bytes()


def test_a_reading_that_is_not_included_stays_at_home_and_that_is_said(tmp_path: Path) -> None:
    folder = shutil.copytree(PROMPTS / "ai-film", tmp_path / "ai-film")
    (folder / "reading.md").write_text("[P1] 原文\n", encoding="utf-8")
    assert "reading.md）沒有放進去" in run("export", folder, "-o", tmp_path / "a.xlsx").output
    run("import", tmp_path / "a.xlsx", "-o", folder, "--overwrite")
    assert (folder / "reading.md").read_text(encoding="utf-8") == "[P1] 原文\n"


def test_a_mistake_writes_nothing_and_names_the_cell(workbook: Path) -> None:
    edit(workbook, "摘解", "E3", "P99")
    result = run("import", workbook)
    assert result.exit_code == 1
    assert "工作表「摘解」E3（出處）：出處 P99" in result.output
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
