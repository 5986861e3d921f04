"""`wendu rehearse` as a teacher types it: a real process, a real port, a clean end."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.rehearsal.page.server import open_port


def test_the_command_prints_an_address_that_opens_and_ends_cleanly_on_sigterm(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    environment.pop("DISPLAY", None)
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "bot", "rehearse", "--no-browser", "--demo", "--pace", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    try:
        assert process.stdout is not None
        address = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
        with httpx.Client(follow_redirects=True, timeout=60) as client:
            assert "<title>溫度" in client.get(address).text
        assert list(tmp_path.glob(".wendu-*/rehearsal.db"))
    finally:
        process.send_signal(signal.SIGTERM)
        _, complaints = process.communicate(timeout=60)
    assert process.returncode == 0
    assert complaints == ""
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_refused_in_plain_words() -> None:
    with open_port(None) as taken:
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(main, ["rehearse", "--no-browser", "--port", port])
    assert result.exit_code == 1
    assert f"連接埠 {port} 已經被使用" in result.output
    assert f"port {port} is taken" in result.output


def test_an_unknown_pack_is_refused_before_anything_opens() -> None:
    result = CliRunner().invoke(main, ["rehearse", "--no-browser", "--pack", "no-such-pack"])
    assert result.exit_code == 2
    assert "no-such-pack" in result.output


def test_a_broken_pack_is_refused_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "pack.md").write_text("什麼都沒有\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["rehearse", "--packs", str(tmp_path), "--pack", "mine"])
    assert result.exit_code == 1
    assert "pack.md:" in result.output


@pytest.mark.parametrize(
    "wrong", [["--port", "0"], ["--pace", "-1"], ["--language", "fr"], ["--packs", "/nowhere"]]
)
def test_wrong_options_are_refused_as_usage(wrong: list[str]) -> None:
    assert CliRunner().invoke(main, ["rehearse", "--no-browser", *wrong]).exit_code == 2
