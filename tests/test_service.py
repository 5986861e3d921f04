"""The real process in front of a small Telegram: starting, stopping, and what it says when it cannot."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.crash.telegram import TEACHER, TOKEN, Telegram

ROOT = Path(__file__).resolve().parents[1]
PROMPT = 60.0  # seconds that a machine busy with other tests may need to start


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    with Telegram() as running:
        yield running


class Bot:
    """The process `wendu run`, in a folder of its own."""

    def __init__(self, folder: Path, url: str, *, stderr: int | None = None, **environment: str) -> None:
        self.log = folder / "bot.log"
        settings = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "WENDU_API_URL": url,
            "WENDU_DATABASE": str(folder / "wendu.db"),
            "PYTHONPATH": str(ROOT),
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=folder,
                env={**os.environ, **settings, **environment},
                stdout=log,
                stderr=log if stderr is None else stderr,
            )

    def stops(self) -> float:
        """Ask it to stop; return how many seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(PROMPT) == 0, self.said
        return time.monotonic() - began

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")


def asks(telegram: Telegram) -> int:
    private = {"id": TEACHER["id"], "type": "private", "first_name": "陳老師"}
    return telegram.says(
        TEACHER, "/help", chat=private, entities=[{"type": "bot_command", "offset": 0, "length": 5}]
    )


@pytest.fixture
def bots() -> Iterator[list[Bot]]:
    started: list[Bot] = []
    yield started
    for bot in started:
        bot.process.kill()
        bot.process.wait()
        assert TOKEN not in bot.said


def test_it_stops_within_seconds_though_telegram_holds_the_line(
    tmp_path: Path, telegram: Telegram, bots: list[Bot]
) -> None:
    bot = Bot(tmp_path, telegram.url)
    bots.append(bot)
    telegram.wait_for("getUpdates", seconds=PROMPT)
    assert bot.stops() < 5
    assert "已停止" in bot.said


def test_a_telegram_that_knows_little_does_not_keep_it_from_answering(
    tmp_path: Path, telegram: Telegram, bots: list[Bot]
) -> None:
    for method in ("deleteWebhook", "setMyCommands"):
        telegram.refusals[method] = (404, "Not Found")
    bots.append(Bot(tmp_path, telegram.url))
    asks(telegram)
    telegram.wait_for("sendMessage", seconds=PROMPT)


def test_a_token_that_telegram_does_not_know_is_said_plainly(
    tmp_path: Path, telegram: Telegram, bots: list[Bot]
) -> None:
    telegram.refusals["getMe"] = (401, "Unauthorized")
    bot = Bot(tmp_path, telegram.url)
    bots.append(bot)
    assert bot.process.wait(PROMPT) == 1
    assert "不認得這個 TELEGRAM_BOT_TOKEN" in bot.said
    assert "Traceback" not in bot.said


def test_a_token_that_is_revoked_while_it_runs_is_said_plainly(
    tmp_path: Path, telegram: Telegram, bots: list[Bot]
) -> None:
    bot = Bot(tmp_path, telegram.url)
    bots.append(bot)
    telegram.wait_for("getUpdates", seconds=PROMPT)
    telegram.refusals["getUpdates"] = (401, "Unauthorized")
    telegram.says(TEACHER, "叫醒它")
    assert bot.process.wait(PROMPT) == 1
    assert "不認得這個 TELEGRAM_BOT_TOKEN" in bot.said


def test_what_was_asked_as_the_token_was_revoked_is_answered_once_with_a_new_one(
    tmp_path: Path, telegram: Telegram, bots: list[Bot]
) -> None:
    bots.append(Bot(tmp_path, telegram.url))
    telegram.wait_for("getUpdates", seconds=PROMPT)
    telegram.refusals["sendMessage"] = (401, "Unauthorized")
    asks(telegram)
    telegram.wait_for("sendMessage", seconds=PROMPT)
    telegram.refusals["getUpdates"] = (401, "Unauthorized")
    telegram.says(TEACHER, "叫醒它")
    assert bots[0].process.wait(PROMPT) == 1
    telegram.refusals.clear()
    bots.append(Bot(tmp_path, telegram.url))
    telegram.wait_for("sendMessage", seconds=PROMPT)
    assert bots[1].stops() < 5
    assert len(telegram.posted) == 1, bots[1].said


def test_a_log_that_nobody_can_write_does_not_end_it(
    tmp_path: Path, telegram: Telegram, bots: list[Bot]
) -> None:
    end, broken = os.pipe()
    os.close(end)  # as when the terminal, or the program that reads the log, has gone
    bots.append(Bot(tmp_path, telegram.url, stderr=broken))
    asks(telegram)
    telegram.wait_for("sendMessage", seconds=PROMPT)
    assert bots[0].stops() < 5


def test_a_second_bot_on_one_database_is_refused_at_the_start_and_after_a_kill_is_not(
    tmp_path: Path, telegram: Telegram, bots: list[Bot]
) -> None:
    bots.append(Bot(tmp_path, telegram.url))
    telegram.wait_for("getUpdates", seconds=PROMPT)
    bots.append(Bot(tmp_path, telegram.url))
    assert bots[1].process.wait(PROMPT) == 1
    assert "Another program holds the database" in bots[1].said
    bots[0].process.kill()
    bots.append(Bot(tmp_path, telegram.url))
    telegram.wait_for("getUpdates", seconds=PROMPT)
    assert bots[2].stops() < 5


@pytest.mark.parametrize("replaced", [False, True])
def test_a_database_that_is_taken_away_is_noticed_and_nothing_more_is_confirmed(
    tmp_path: Path, telegram: Telegram, bots: list[Bot], *, replaced: bool
) -> None:
    bots.append(Bot(tmp_path, telegram.url))
    telegram.wait_for("getUpdates", seconds=PROMPT)
    (tmp_path / "wendu.db").rename(tmp_path / "gone.db")
    if replaced:
        shutil.copy(tmp_path / "gone.db", tmp_path / "wendu.db")
    deadline = time.monotonic() + PROMPT
    while "moved, removed or replaced" not in bots[0].said and time.monotonic() < deadline:
        time.sleep(0.05)  # another process is watched, which tells us nothing else
    assert "moved, removed or replaced" in bots[0].said
    asks(telegram)
    telegram.wait_for("getUpdates", times=2, seconds=PROMPT)
    assert len(telegram.updates) == 1
    assert telegram.posted == {}
    assert bots[0].stops() < 5


def test_it_waits_for_a_telegram_out_of_reach_and_stops_when_told(tmp_path: Path, bots: list[Bot]) -> None:
    bot = Bot(tmp_path, "http://127.0.0.1:9")  # the discard port: nobody listens
    bots.append(bot)
    deadline = time.monotonic() + PROMPT
    while "連不上 Telegram" not in bot.said and time.monotonic() < deadline:
        time.sleep(0.05)  # another process is watched, which tells us nothing else
    assert "連不上 Telegram" in bot.said
    assert bot.stops() < 5


def test_it_says_what_to_do_with_a_damaged_database(
    tmp_path: Path, telegram: Telegram, bots: list[Bot]
) -> None:
    (tmp_path / "wendu.db").write_text("這不是資料庫，" * 100)
    bot = Bot(tmp_path, telegram.url)
    bots.append(bot)
    assert bot.process.wait(PROMPT) == 1
    assert "移到別處" in bot.said
    assert "Traceback" not in bot.said


def test_without_a_token_it_names_the_variable(tmp_path: Path, telegram: Telegram, bots: list[Bot]) -> None:
    bot = Bot(tmp_path, telegram.url, TELEGRAM_BOT_TOKEN="")
    bots.append(bot)
    assert bot.process.wait(PROMPT) == 1
    assert "TELEGRAM_BOT_TOKEN" in bot.said


def test_where_it_listens_the_running_bot_serves_the_board_to_who_has_a_key(
    tmp_path: Path, telegram: Telegram, bots: list[Bot]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    bot = Bot(tmp_path, telegram.url, WENDU_LISTEN=f"127.0.0.1:{port}")
    bots.append(bot)
    address = f"http://127.0.0.1:{port}/board"
    until = time.monotonic() + PROMPT
    while time.monotonic() < until:
        try:
            style = httpx.get(f"{address}/static/board.css")
            break
        except httpx.TransportError:
            time.sleep(0.1)
    assert style.status_code == 200, bot.said
    assert "default-src 'none'" in style.headers["content-security-policy"]
    assert httpx.get(f"{address}/00000000000000000000000000000000/").status_code == 404
    assert httpx.get(f"{address}/static/board.css", headers={"host": "evil.test"}).status_code == 403
    bot.stops()
