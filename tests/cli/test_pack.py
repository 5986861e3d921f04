from pathlib import Path

import pytest
from click.testing import CliRunner

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
