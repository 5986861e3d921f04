import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.pack.load import load_pack

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
