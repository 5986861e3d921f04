"""The bot process is killed, again and again, while a class talks: nothing said may be lost or doubled."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

from tests.crash.telegram import GROUP, TEACHER, TOKEN, Telegram

REMARKS = 1000
KILLS = 10
STUDENTS = [{"id": 100 + n, "is_bot": False, "first_name": f"學生{n}"} for n in range(12)]
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def running(telegram: Telegram, database: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "WENDU_API_URL": telegram.url,
        "WENDU_DATABASE": str(database),
        "PYTHONPATH": str(ROOT),
    }
    with (database.parent / "bot.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=database.parent, env=environment, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def open_a_round(telegram: Telegram) -> None:
    text = "/discuss AI 能不能承載人文溫度？"
    telegram.says(TEACHER, text, entities=[{"type": "bot_command", "offset": 0, "length": 8}])
    telegram.wait_for("sendMessage")


def talk(telegram: Telegram, said: dict[int, list[str]], *, seconds: float) -> None:
    """Have students write a thousand remarks, and change every tenth."""
    for number in range(REMARKS):
        student = STUDENTS[number % len(STUDENTS)]
        message_id = telegram.says(student, f"第 {number} 則：我認為有溫度")
        said[message_id] = [f"第 {number} 則：我認為有溫度"]
        if number % 10 == 9:
            telegram.edits(student, message_id, f"第 {number} 則：我改變想法了")
            said[message_id].append(f"第 {number} 則：我改變想法了")
        time.sleep(seconds / REMARKS)  # this thread plays the class; nothing waits for it


def test_every_remark_is_logged_once_and_in_order_over_ten_kills(tmp_path: Path) -> None:
    database, chance = tmp_path / "wendu.db", random.Random(5)
    said: dict[int, list[str]] = {}
    with Telegram() as telegram:
        with running(telegram, database):
            open_a_round(telegram)
        class_ = Thread(target=talk, args=(telegram, said), kwargs={"seconds": 8.0})
        class_.start()
        for _ in range(KILLS):
            with running(telegram, database) as process:
                telegram.wait_for("getUpdates", chance.randint(1, 8))
                time.sleep(chance.uniform(0, 0.02))  # anywhere within a batch
                process.send_signal(signal.SIGKILL)
        class_.join()
        with running(telegram, database) as process:
            telegram.wait_until_confirmed()
            process.send_signal(signal.SIGTERM)
            began = time.monotonic()
            assert process.wait(10) == 0
            assert time.monotonic() - began < 5, "a clean stop takes seconds"
    assert logged(database) == [
        (GROUP["id"], message_id, version, text)
        for message_id, texts in said.items()
        for version, text in enumerate(texts, start=1)
    ]
    assert TOKEN not in (tmp_path / "bot.log").read_text()


def logged(database: Path) -> list[tuple[int, int, int, str]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT chat_id, message_id, version, text FROM discussion_log").fetchall()
