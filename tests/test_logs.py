"""What the program says about itself: readable or JSON, discreet, and which update and chat it is about."""

import asyncio
import errno
import io
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from structlog.contextvars import bound_contextvars

from bot.logs import Discreet, Repeats, set_up
from bot.rehearsal.lesson import load_lesson
from tests.dialogue import Seminar

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "123456789:AAErehearsal-only-not-a-real-token-0"
SECRET = "我住在中山路三段"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where the program logs to, as `wendu run` sets it up; afterwards all is as it was."""
    root = logging.getLogger()
    quiet = ("httpx", "httpcore", "telegram", "telegram.ext", "telegram.request")
    before = root.level, root.handlers[:], {name: logging.getLogger(name).level for name in quiet}
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    root.handlers = []
    out = io.StringIO()
    set_up(TOKEN, level=logging.DEBUG, stream=out)
    yield out
    logging.captureWarnings(capture=False)
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    root.level, root.handlers = before[0], before[1]
    for name, level in before[2].items():
        logging.getLogger(name).setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().split("\n") if line]


def formatted(message: str, *, error: BaseException | None = None, terminal: bool = False) -> str:
    trace = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("wendu", logging.INFO, "x.py", 1, message, None, trace)
    return Discreet(TOKEN, terminal=terminal).format(record)


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize(
    "message",
    [
        f"POST https://telegram.example/bot{TOKEN}/getMe",
        "the second half alone: AAErehearsal-only-not-a-real-token-0",
        "quoted: 123456789%3AAAErehearsal-only-not-a-real-token-0",
    ],
)
def test_the_token_is_never_shown(message: str, *, terminal: bool) -> None:
    text = formatted(message, terminal=terminal)
    assert "AAErehearsal" not in text
    assert "[token]" in text


@pytest.mark.parametrize("terminal", [True, False])
def test_the_token_is_not_shown_in_a_traceback_either(*, terminal: bool) -> None:
    with pytest.raises(ValueError, match="rejected") as caught:
        int(f"The token `{TOKEN}` was rejected by the server.")
    text = formatted("failed", error=caught.value, terminal=terminal)
    assert "AAErehearsal" not in text
    assert "ValueError in tests/test_logs.py:" in text


def test_what_people_write_cannot_look_like_another_record() -> None:
    forged = "title: x\n2026-03-02 12:00:00 [info] all is well\r\x1b[2J\u202e\u2028\x9b"
    shown = formatted(forged, terminal=True).split("\n")
    assert [line.startswith("    2026") for line in shown] == [False, True]
    (written,) = formatted(forged).splitlines()
    assert json.loads(written)["event"].startswith("title: x\n2026")
    for text in ("\n".join(shown).replace("\x1b[0m", ""), written):
        assert not set("\r\u202e\u2028\x9b") & set(text)
        assert "\x1b[2J" not in text
        assert r"\x1b[2J" in text.replace("\\\\", "\\")


def test_half_a_character_does_not_keep_a_line_from_being_written() -> None:
    assert formatted("half \ud800").encode()


def test_a_terminal_gets_words_and_anything_else_json(stream: io.StringIO) -> None:
    logging.getLogger("bot.service").info("已停止 / stopped")
    (line,) = lines(stream)
    assert list(line) == ["timestamp", "level", "logger", "event"]
    assert (line["level"], line["logger"], line["event"]) == ("info", "bot.service", "已停止 / stopped")
    assert line["timestamp"].endswith("Z")
    terminal = Terminal()
    set_up(TOKEN, stream=terminal)
    logging.getLogger("bot.service").info("已停止 / stopped")
    with pytest.raises(json.JSONDecodeError):
        json.loads(terminal.getvalue())
    assert "已停止 / stopped" in terminal.getvalue()


def test_an_error_is_told_by_kind_place_and_cause_and_not_by_its_words(stream: io.StringIO) -> None:
    try:
        try:
            Path(f"/nowhere/{SECRET}").read_bytes()
        except OSError as error:
            raise ValueError(SECRET) from error
    except ValueError:
        logging.getLogger("bot").exception("failed")
    (line,) = lines(stream)
    assert line["error"].startswith("ValueError in tests/test_logs.py:")
    assert " <- FileNotFoundError (No such file or directory) in tests/test_logs.py:" in line["error"]
    assert SECRET not in stream.getvalue()


async def test_asyncios_complaints_go_the_same_way(stream: io.StringIO) -> None:
    async def fails() -> None:
        raise LookupError(SECRET)

    task = asyncio.create_task(fails(), name=f"intake 777000777 {SECRET}")
    await asyncio.wait([task])
    asyncio.get_running_loop().call_exception_handler(
        {"message": "Task exception was never retrieved", "exception": task.exception(), "task": task}
    )
    line = lines(stream)[-1]
    assert (line["logger"], line["level"]) == ("asyncio", "error")
    assert line["error"].startswith("LookupError in tests/test_logs.py:")
    assert SECRET not in stream.getvalue()
    assert "777000777" not in stream.getvalue()


def test_warnings_what_nobody_caught_and_what_cannot_be_written_are_logged_too() -> None:
    program = (
        "import logging, sys, threading, warnings; from bot.logs import set_up; set_up()\n"
        "logging.getLogger('bot.odd').info('%d remarks', sys.argv[1])\n"
        "warnings.warn('an old way')\n"
        "def fail(): raise KeyError(sys.argv[1])\n"
        "thread = threading.Thread(target=fail); thread.start(); thread.join()\n"
        "class Odd:\n    __del__ = lambda self: fail()\n"
        "Odd()\nfail()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, SECRET], capture_output=True, text=True, cwd=ROOT, check=False
    )
    written = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["level"] for line in written] == ["error", "warning", *["critical"] * 3]
    assert written[0]["event"] == "a record of bot.odd, <string>:2, could not be written"
    assert "an old way" in written[1]["event"]
    assert all(line["error"].startswith("KeyError in ") for line in written[2:])
    assert SECRET not in done.stderr


async def test_every_line_of_an_update_names_it_and_its_chat_alike_all_through(
    seminar: Seminar, stream: io.StringIO
) -> None:
    seminar.house.bot_data.library = None  # type: ignore[assignment]
    with seminar.failing():
        await seminar.says("小安", "/ask 一")
        await seminar.says("小敏", "/topics")
        await seminar.starts("阿哲")
    told = [line for line in lines(stream) if line["logger"] == "bot.handlers.common.failures"]
    assert len(told) == 3
    assert len({line["update"] for line in told}) == 3
    group = seminar.store.reference(seminar.world.group.id)
    assert [line["chat"] for line in told[:2]] == [group, group]
    assert told[2]["chat"] not in {group, str(seminar.world.private("阿哲").id)}
    assert len(group) == 8


async def test_a_whole_class_on_a_bad_day_leaves_nobodys_words_in_the_log(
    seminar: Seminar, stream: io.StringIO
) -> None:
    lesson, desk = load_lesson(), seminar.house.bot_data
    said = [
        step.text
        for step in lesson.steps
        if step.kind in {"say", "reply", "edit"} and not step.text.startswith("/")
    ]
    students = ("小安", "小敏", "阿哲")
    await seminar.says("陳老師", f"/discuss {said[0]}")
    with seminar.failing() as errors:
        for number, text in enumerate(said[:24]):
            who = students[number % 3]
            seminar.world.faults.clear()
            library = desk.library
            if number % 4 == 1:
                desk.library = None  # type: ignore[assignment]
            if number % 4 == 2:
                seminar.world.faults.outage = True
            if number % 4 == 3:
                seminar.world.faults.too_many(3, times=2)
            post = await seminar.says(who, text)
            await seminar.edits(who, post, f"{text}！")
            await seminar.says(who, f"/ask {text}")
            await seminar.says(who, f"/stance {text}")
            await seminar.says(who, text, privately=True)
            await seminar.ticks(seconds=40)
            desk.library = library
        seminar.world.faults.clear()
        await seminar.says("陳老師", "/close")
        await seminar.says("陳老師", "/export")
    assert len(errors) > 20
    written = stream.getvalue()
    assert len(lines(stream)) > 20
    assert {"update", "chat"} <= set().union(*lines(stream))
    words = {text[at : at + 6] for text in said for at in range(0, max(1, len(text) - 6), 3)}
    names = {"陳老師", "teacher_chen", *students, seminar.world.group.title}
    ids = {str(abs(room.id)) for room in seminar.world.rooms.values()}
    ids |= {str(seminar.world.person(name).user.id) for name in ("陳老師", *students)}
    assert sorted(each for each in words | names | ids if each in written) == []


def test_a_fault_that_comes_again_and_again_is_one_line_a_minute_and_says_how_often(
    stream: io.StringIO,
) -> None:
    seconds = 0
    handler = next(one for one in logging.getLogger().handlers if getattr(one, "stream", None) is stream)
    handler.filters = [Repeats(lambda: seconds)]
    log = logging.getLogger("asyncio")
    for seconds in range(150):
        log.error("socket.accept() out of system resource")
        log.info("a round ends")
        with bound_contextvars(update=seconds):
            log.warning("an update was put aside")
    events = [line["event"] for line in lines(stream)]
    assert [event for event in events if "accept" in event] == [
        "socket.accept() out of system resource",
        *["socket.accept() out of system resource（又 59 次 / 59 more）"] * 2,
    ]
    assert events.count("a round ends") == events.count("an update was put aside") == 150


@pytest.mark.parametrize(
    "fault", [OSError(errno.ENOSPC, "No space left on device"), ValueError("closed file")]
)
def test_a_log_that_cannot_be_written_is_no_fault_of_who_logs(fault: Exception) -> None:
    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise fault

    set_up(stream=Full())
    logging.getLogger("bot.odd").error("nobody reads this")
