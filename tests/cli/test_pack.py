import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.answering.tea import GOLDEN, write_tea


@pytest.fixture(autouse=True)
def _packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))  # a test looks into it
    monkeypatch.setenv("WENDU_PACKS", str(tmp_path))
    write_tea(tmp_path)


def pack(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["pack", *arguments])
    return result.exit_code, result.output


def test_golden_questions_that_come_out_right_pass() -> None:
    code, output = pack("test", "tea")
    assert code == 0
    assert "直接問：3/3" in output
    assert "4/4" in output


def test_wrong_answers_are_shown_and_fail_below_the_tolerance(tmp_path: Path) -> None:
    write_tea(tmp_path, golden=GOLDEN + "- 萎凋 -> chen-ashui\n- 焙火 -> 無\n")
    code, output = pack("test", "tea")
    assert code == 1
    assert "「萎凋」要 chen-ashui，得到 withering" in output
    assert "chen-ashui → withering（1）" in output
    assert pack("test", "tea", "--at-least", "0.5")[0] == 0


def test_a_pack_without_golden_questions_cannot_be_tried(tmp_path: Path) -> None:
    (tmp_path / "tea" / "golden.md").unlink()
    assert pack("test", "tea")[0] == 2


def test_a_folder_may_be_named_instead_of_a_pack(tmp_path: Path) -> None:
    assert pack("test", str(tmp_path / "tea"))[0] == 0


def test_the_index_is_prepared_and_kept(tmp_path: Path) -> None:
    code, output = pack("index", "tea")
    assert code == 0
    assert "snippets：7" in output
    assert list((tmp_path / "cache" / "wendu").glob("pack-*.json"))


def test_a_broken_pack_is_refused_with_file_and_line(tmp_path: Path) -> None:
    write_tea(tmp_path, snippets="## 空的\n")
    code, output = pack("index", "tea")
    assert code == 2
    assert "snippets.md:1:" in output


def test_checking_names_file_and_line(tmp_path: Path) -> None:
    assert pack("check", "tea")[0] == 0
    write_tea(tmp_path, snippets="## 一\n出處：P99\n\n內文\n")
    code, output = pack("check", "tea")
    assert code == 1
    assert "snippets.md:2" in output


def test_every_command_is_there() -> None:
    output = pack("--help")[1]
    assert all(name in output for name in ("check", "test", "index", "new", "export", "import", "preview"))
    assert pack("nothing")[0] == 2


PROMPTS = Path(__file__).resolve().parents[2] / "prompts"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["pack", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "others" / "small"
    made.mkdir(parents=True)
    (made / "pack.md").write_text("# 題目\n作者：甲\n來源：乙\n授權：丙\n段落：1\n", encoding="utf-8")
    (made / "snippets.md").write_text(
        "## 一盞燈 {#lamp}\n關鍵詞：路燈\n出處：P1\nEnglish: A lamp.\n\n"
        "鎮上半夜還亮著一盞燈，走夜路的人靠它看見彼此。\n",
        encoding="utf-8",
    )
    return made


def test_advice_alone_is_no_failure(folder: Path) -> None:
    result = run("check", folder)
    assert result.exit_code == 0
    assert "0 個錯誤" in result.output
    assert f"{folder / 'snippets.md'}:1: 建議（no-golden）" in result.output


def test_an_error_is_a_failure(folder: Path) -> None:
    (folder / "snippets.md").write_text("## 一盞燈\n出處：P9\n\n文\n", encoding="utf-8")
    result = run("check", folder)
    assert result.exit_code == 1
    assert f"{folder / 'snippets.md'}:2: 錯誤（format）" in result.output


def test_the_article_is_compared_only_when_it_is_given(folder: Path, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("那天鎮上半夜還亮著一盞燈，走夜路的人靠它看見彼此。", encoding="utf-8")
    assert run("check", folder).exit_code == 0
    result = run("check", folder, "--article", article)
    assert result.exit_code == 1
    assert "copied" in result.output


def test_an_article_that_cannot_be_read_is_wrong_usage(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"no")
    assert run("check", folder, "--article", tmp_path / "a.docx").exit_code == 2


def test_all_packs_are_checked_when_none_is_named(folder: Path) -> None:
    result = run("check", "--packs", folder.parent, "--format", "json")
    assert [pack["pack"] for pack in json.loads(result.output)] == ["small"]


def test_a_pack_is_found_by_its_name(folder: Path) -> None:
    assert run("check", "small", "--packs", folder.parent).exit_code == 0


def test_a_name_that_is_none_is_told_with_those_that_are(folder: Path) -> None:
    result = run("check", "big", "--packs", folder.parent)
    assert result.exit_code == 2
    assert "small" in result.output


def test_github_is_told_in_its_way(folder: Path) -> None:
    output = run("check", folder, "--format", "github").output
    assert output.startswith("::notice file=")


def test_all_advice_is_listed_when_asked_for(folder: Path) -> None:
    keywords = "關鍵詞：甲、乙、丙、丁、戊、己、庚"
    path = folder / "snippets.md"
    path.write_text(path.read_text(encoding="utf-8").replace("關鍵詞：路燈", keywords), encoding="utf-8")
    assert "還有 2 個 weak-word" in run("check", folder).output
    assert "「庚」" in run("check", folder, "--all").output


def test_our_packs_pass() -> None:
    result = run("check", "--packs", PROMPTS)
    assert result.exit_code == 0, result.output


def test_a_preview_opens_the_rehearsal_with_the_pack(folder: Path) -> None:
    command = [sys.executable, "-m", "bot", "pack", "preview", str(folder), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(4)]
        process.terminate()
    assert "http://127.0.0.1:" in lines[3]


def test_a_pack_that_cannot_be_read_is_not_previewed(folder: Path) -> None:
    (folder / "snippets.md").write_text("## 空的\n", encoding="utf-8")
    result = run("preview", folder)
    assert result.exit_code == 1
    assert "snippets.md:1" in result.output
