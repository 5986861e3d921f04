"""The bot process is killed, again and again, while a class talks: nothing said may be lost or doubled."""

import signal
import time
from pathlib import Path

import pytest

from tests.crash.classroom import QUESTION, STUDENTS, WENDU, Class, hold, running
from tests.crash.telegram import TOKEN, Telegram

SHORT = Class(remarks=400, groups=4, a_round=40, seconds=6.0, kills=4)


@pytest.mark.parametrize("how", [WENDU, (*WENDU, "--webhook")], ids=["polling", "webhook"])
def test_over_kills_nothing_is_lost_doubled_moved_or_answered_twice(
    tmp_path: Path, how: tuple[str, ...]
) -> None:
    outcome = hold(SHORT, tmp_path, command=how)
    assert not outcome.faults(), outcome
    assert outcome.asked >= 10
    assert outcome.rounds > SHORT.groups
    assert TOKEN not in (tmp_path / "bot.log").read_text()


def test_a_clean_stop_takes_seconds_and_leaves_nothing_undone(tmp_path: Path) -> None:
    ask = [{"type": "bot_command", "offset": 0, "length": 4}]
    with Telegram() as telegram, running(telegram, tmp_path / "wendu.db") as process:
        question = telegram.says(STUDENTS[0], QUESTION, entities=ask)
        telegram.wait_for("sendMessage", seconds=30)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert time.monotonic() - began < 5
        assert [posted.answers for posted in telegram.posted.values()] == [question]
