"""`wendu pack merge`, on a real database and a real folder."""

import shutil
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.cli.pack import pack
from bot.pack.load import load_pack
from db.store import Store
from tests.answering.tea import write_tea

EVENING = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "evening"
ARTICLE = """夜裡的圖(tú)書(shū)館
去年冬天，鎮(zhèn)上的圖書館試著開到半夜，平均一晚有47人。館長吳明珠把它叫作「夜間客廳」。
誰付電費
鎮長陳立文說電費一年多了30萬元，這對預算是一次沖擊，應該由誰付錢，鎮上爭論了兩年?!?/p>
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["pack", *map(str, arguments)])


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "夜裡.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_one_command_makes_a_pack_that_passes_the_check(tmp_path: Path, article: Path) -> None:
    folder = tmp_path / "week-3"
    made = run("new", article, "-o", folder)
    assert made.exit_code == 0, made.output
    assert "拼音註記 3 處" in made.output
    assert "亂碼 1 處" in made.output
    assert "reading.md:9:" in made.output
    checked = run("check", folder)
    assert checked.exit_code == 0, checked.output
    assert "草稿沒寫" in checked.output
    assert load_pack(folder).title == "夜裡的圖書館"


def test_the_evening_of_the_guide_goes_as_its_pictures_say(tmp_path: Path) -> None:
    folder = tmp_path / "week-3"
    made = run("new", EVENING / "night.txt", "-o", folder)
    assert "拼音註記 4 處、網頁零件 1 處" in made.output
    assert "繁簡轉換疑誤 1 處、亂碼 1 處" in made.output
    for path in (EVENING / "written").glob("*.md"):
        shutil.copy(path, folder)
    reading = folder / "reading.md"
    reading.write_text(reading.read_text("utf-8").replace("?!?/p>", "。").replace("沖擊", "衝擊"), "utf-8")
    assert "0 個錯誤、0 個建議" in run("check", folder).output
    tested = run("test", folder)
    assert (tested.exit_code, "12/12（100.0%）" in tested.output) == (0, True)


def test_the_folder_is_named_after_the_file_when_none_is_given(
    tmp_path: Path, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", article).exit_code == 0
    assert (tmp_path / "ye-li" / "pack.md").is_file()


def test_a_title_may_be_given(tmp_path: Path, article: Path) -> None:
    run("new", article, "-o", tmp_path / "week-3", "--title", "夜間客廳")
    assert load_pack(tmp_path / "week-3").title == "夜間客廳"


def test_an_address_is_refused_kindly(tmp_path: Path) -> None:
    result = run("new", "https://example.org/a.html", "-o", tmp_path / "week-3")
    assert result.exit_code == 2
    assert "不上網抓文章" in result.output
    assert not (tmp_path / "week-3").exists()


def test_what_is_there_is_not_overwritten(tmp_path: Path, article: Path) -> None:
    run("new", article, "-o", tmp_path / "week-3")
    (tmp_path / "week-3" / "snippets.md").write_text("mine", encoding="utf-8")
    again = run("new", article, "-o", tmp_path / "week-3")
    assert again.exit_code == 2
    assert "不覆寫" in again.output
    assert (tmp_path / "week-3" / "snippets.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["第三週", "Week 3", "-"])
def test_a_folder_whose_name_cannot_be_used_is_refused(tmp_path: Path, article: Path, name: str) -> None:
    assert run("new", article, "-o", tmp_path / name).exit_code == 2


def test_an_article_of_nothing_but_page_furniture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("分享到：微信\n閱讀數：3\n", encoding="utf-8")
    result = run("new", path, "-o", tmp_path / "week-3")
    assert result.exit_code == 2
    assert "沒有剩下文字" in result.output


@pytest.fixture
def taught(tmp_path: Path) -> Path:
    """A folder with the pack `tea` and a database that has learned two wordings for it."""
    write_tea(tmp_path)
    store = Store.open(tmp_path / "wendu.db")
    teacher = store.people.meet(1, "老師")
    store.learned.add(pack="tea", slug="roasting", wording="阿嬤的黑茶", by=teacher.id)
    store.learned.add(pack="tea", slug="gone", wording="什麼", by=teacher.id)
    store.learned.add(pack="another", slug="roasting", wording="別篇的", by=teacher.id)
    store.close()
    return tmp_path


def merge(folder: Path, *options: str) -> Result:
    where = ["--packs", str(folder), "--database", str(folder / "wendu.db")]
    return CliRunner().invoke(pack, ["merge", "tea", *where, *options])


def test_what_was_learned_is_written_into_the_pack(taught: Path) -> None:
    result = merge(taught)
    assert result.exit_code == 0, result.output
    assert "+ roasting：阿嬤的黑茶" in result.output
    assert "! gone：什麼" in result.output
    assert "阿嬤的黑茶" in load_pack(taught / "tea").by_slug["roasting"].aliases
    assert "別篇的" not in (taught / "tea" / "snippets.md").read_text("utf-8")


def test_a_second_merge_writes_nothing(taught: Path) -> None:
    merge(taught)
    before = (taught / "tea" / "snippets.md").read_bytes()
    result = merge(taught)
    assert "沒有新的別名" in result.output
    assert (taught / "tea" / "snippets.md").read_bytes() == before


def test_a_dry_run_says_so_and_writes_nothing(taught: Path) -> None:
    before = (taught / "tea" / "snippets.md").read_bytes()
    result = merge(taught, "--dry-run")
    assert "+ roasting：阿嬤的黑茶" in result.output
    assert "--dry-run" in result.output
    assert (taught / "tea" / "snippets.md").read_bytes() == before


def test_a_byte_order_mark_stays(taught: Path) -> None:
    path = taught / "tea" / "snippets.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    merge(taught)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf#")
    assert "阿嬤的黑茶" in load_pack(taught / "tea").by_slug["roasting"].aliases


def test_nothing_lies_about_afterwards(taught: Path) -> None:
    before = sorted(path.name for path in (taught / "tea").iterdir())
    merge(taught)
    assert sorted(path.name for path in (taught / "tea").iterdir()) == before


def test_without_a_database_it_says_which_is_missing(tmp_path: Path) -> None:
    write_tea(tmp_path)
    result = merge(tmp_path)
    assert result.exit_code == 2
    assert "wendu.db" in result.output
    assert not (tmp_path / "wendu.db").exists()


def test_a_broken_pack_is_mended_first(taught: Path) -> None:
    shutil.copy(taught / "tea" / "golden.md", taught / "tea" / "pack.md")
    result = merge(taught)
    assert result.exit_code == 1
    assert "pack.md" in result.output


PROMPTS = Path(__file__).resolve().parents[2] / "prompts"


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
