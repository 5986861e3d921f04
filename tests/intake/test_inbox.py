import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.intake.inbox import Intake
from db.store import Store
from tests.db.conftest import KEY, NOON
from tests.intake.messages import BOT_ID, BOT_NAME, GROUP, Raw, commands, says


class Handler:
    """Stands for the application: notes what it is given, and does what the test wants it to."""

    def __init__(self) -> None:
        self.begun: list[tuple[int, str]] = []
        self.handled: list[tuple[int, str]] = []
        self.news = asyncio.Event()
        self.gates: dict[str, asyncio.Event] = {}
        self.errors: dict[str, Exception] = {}
        self.acts: dict[str, Any] = {}

    def holds(self, text: str) -> asyncio.Event:
        self.gates[text] = asyncio.Event()
        return self.gates[text]

    async def __call__(self, raw: Raw) -> None:
        message = raw["message"]
        place, text = message["chat"]["id"], message["text"]
        self.begun.append((place, text))
        self.news.set()
        if text in self.gates:
            await self.gates[text].wait()
        if text in self.errors:
            raise self.errors[text]
        if text in self.acts:
            self.acts[text]()
        self.handled.append((place, text))
        self.news.set()

    async def has_begun(self, text: str) -> None:
        while text not in [each for _, each in self.begun]:
            self.news.clear()
            await self.news.wait()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = Store.open(tmp_path / "wendu.db", key=KEY, clock=lambda: NOON)
    yield opened
    opened.close()


@pytest.fixture
def handler() -> Handler:
    return Handler()


@pytest.fixture
def intake(store: Store, handler: Handler) -> Intake:
    return Intake(store, handler, BOT_ID, BOT_NAME)


def asks(message_id: int, text: str, chat: int = GROUP) -> Raw:
    return commands(message_id, text, chat={"id": chat, "type": "supergroup", "title": "t"})


def open_a_round(store: Store) -> int:
    seminar = store.seminars.bind(GROUP, title="人文研討", pack="ai-film", language="zh-Hant")
    teacher = store.people.meet(1, "陳老師")
    return store.rounds.open(seminar.id, prompt_slug="", prompt_text="題", opened_by=teacher.id, at=NOON).id


def logged(store: Store) -> list[str]:
    return [row["text"] for row in store.all("SELECT text FROM discussion_log")]


async def test_within_a_chat_all_is_handled_in_order(intake: Intake, handler: Handler, store: Store) -> None:
    gate = handler.holds("/a 0")
    await intake.receive([asks(number, f"/a {number}") for number in range(3)])
    await intake.receive([asks(number, f"/a {number}") for number in range(3, 5)])
    await asyncio.sleep(0)
    assert handler.begun == [(GROUP, "/a 0")]
    gate.set()
    await intake.settle()
    assert [text for _, text in handler.handled] == [f"/a {number}" for number in range(5)]
    assert store.journal.pending() == []


async def test_a_slow_chat_does_not_hold_up_another(intake: Intake, handler: Handler) -> None:
    gate = handler.holds("/slow")
    await intake.receive([asks(1, "/slow", -1), asks(1, "/quick", -2)])
    await handler.has_begun("/quick")
    assert (-1, "/slow") not in handler.handled
    gate.set()
    await intake.settle()


async def test_a_queues_task_ends_with_its_queue_and_begins_anew(intake: Intake, handler: Handler) -> None:
    await intake.receive([asks(1, "/a")])
    await intake.settle()
    assert not intake._tasks
    assert not intake._queues
    await intake.receive([asks(2, "/b")])
    await intake.settle()
    assert [text for _, text in handler.handled] == ["/a", "/b"]


async def test_poison_is_put_aside_and_its_neighbours_are_handled(
    intake: Intake, handler: Handler, store: Store
) -> None:
    handler.errors["/b"] = ValueError("cannot make head or tail of /b")
    await intake.receive([asks(1, "/a"), "garbage", asks(2, "/b"), {"update_id": 3}, asks(3, "/c")])
    await intake.settle()
    assert [text for _, text in handler.handled] == ["/a", "/c"]
    reasons = [row["reason"] for row in store.all("SELECT reason FROM journal WHERE reason IS NOT NULL")]
    assert sorted(reason.partition(":")[0] for reason in reasons) == [
        "ValueError",
        "no update inside",
        "not an object",
    ]
    assert "/b" not in str(reasons)
    assert store.journal.pending() == []


async def test_after_a_crash_what_was_kept_and_not_handled_is_handled_once(
    intake: Intake, handler: Handler, store: Store
) -> None:
    """The crash falls between the commit and the handling: the process is gone, Telegram was told."""
    handler.holds("/b")
    await intake.receive([asks(1, "/a"), asks(2, "/b"), asks(3, "/c")])
    await handler.has_begun("/b")
    for task in intake._tasks.values():
        task.cancel()
    await intake.settle()

    afterwards = Handler()
    again = Intake(store, afterwards, BOT_ID, BOT_NAME)
    assert again.replay() == 2
    await again.receive([asks(2, "/b"), asks(4, "/d")])
    await again.settle()
    assert [text for _, text in afterwards.handled] == ["/b", "/c", "/d"]
    assert store.journal.pending() == []


async def test_a_whole_round_in_one_batch_is_logged_from_its_opening_to_its_end(
    intake: Intake, handler: Handler, store: Store
) -> None:
    opened: list[int] = []
    handler.acts["/discuss 題"] = lambda: opened.append(open_a_round(store))
    handler.acts["/close"] = lambda: store.rounds.close(opened[0], by=None, at=NOON)
    await intake.receive(
        [
            says(1, "太早"),
            asks(2, "/discuss 題"),
            says(3, "一"),
            says(4, "二"),
            asks(5, "/close"),
            says(6, "太晚"),
        ]
    )
    await intake.settle()
    assert logged(store) == ["一", "二"]
    assert [text for _, text in handler.handled] == ["/discuss 題", "/close"]


async def test_what_waited_behind_a_command_is_logged_after_a_crash_too(
    intake: Intake, handler: Handler, store: Store
) -> None:
    handler.holds("/discuss 題")
    await intake.receive([asks(2, "/discuss 題"), says(3, "一")])
    await asyncio.sleep(0)
    assert await intake.stop(patience=0) == 2
    afterwards = Handler()
    afterwards.acts["/discuss 題"] = lambda: open_a_round(store)
    again = Intake(store, afterwards, BOT_ID, BOT_NAME)
    again.replay()
    await again.settle()
    assert logged(store) == ["一"]


async def test_a_remark_never_reaches_a_handler(intake: Intake, handler: Handler, store: Store) -> None:
    open_a_round(store)
    await intake.receive([says(number, f"第 {number} 則") for number in range(1, 4)])
    assert not intake._tasks
    assert handler.begun == []
    assert logged(store) == ["第 1 則", "第 2 則", "第 3 則"]


async def test_an_update_that_comes_again_while_it_is_handled_is_handled_once(
    intake: Intake, handler: Handler
) -> None:
    gate = handler.holds("/a")
    await intake.receive([asks(1, "/a")])
    await asyncio.sleep(0)
    await intake.receive([asks(1, "/a")])
    gate.set()
    await intake.settle()
    assert len(handler.begun) == 1


async def test_stopping_lets_the_queues_drain(intake: Intake, handler: Handler) -> None:
    await intake.receive([asks(number, f"/a {number}") for number in range(20)])
    assert await intake.stop() == 0
    assert len(handler.handled) == 20


async def test_stopping_leaves_what_hangs_to_the_next_start(intake: Intake, handler: Handler) -> None:
    handler.holds("/hangs")
    await intake.receive([asks(1, "/hangs"), asks(2, "/waits")])
    assert await intake.stop(patience=0) == 2
    assert handler.handled == []


def disk_full() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


async def test_a_full_disk_while_handling_is_waited_out_in_order(
    store: Store, handler: Handler, caplog: pytest.LogCaptureFixture
) -> None:
    waits: list[float] = []
    told: list[tuple[int, int]] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)
        if sum(waits) > 30:
            handler.errors.clear()

    async def tell(chat: int, topic: int) -> None:
        told.append((chat, topic))

    intake = Intake(store, handler, BOT_ID, BOT_NAME, pause=pause, tell=tell)
    handler.errors["/a"] = disk_full()
    await intake.receive([asks(1, "/a"), asks(2, "/b")])
    await intake.settle()
    assert [text for _, text in handler.handled] == ["/a", "/b"]
    assert store.journal.pending() == []
    assert told == [(GROUP, 0)]
    assert waits == sorted(waits)
    assert max(waits) <= 10
    assert caplog.text.count("請檢查磁碟空間") == 1


async def test_a_short_trouble_of_the_disk_is_told_to_nobody(store: Store, handler: Handler) -> None:
    told: list[int] = []

    async def pause(_: float) -> None:
        handler.errors.clear()

    async def tell(chat: int, _: int) -> None:
        told.append(chat)

    handler.errors["/a"] = disk_full()
    intake = Intake(store, handler, BOT_ID, BOT_NAME, pause=pause, tell=tell)
    await intake.receive([asks(1, "/a")])
    await intake.settle()
    assert [text for _, text in handler.handled] == ["/a"]
    assert told == []


async def test_stopping_while_the_disk_is_full_leaves_it_to_the_next_start(
    intake: Intake, handler: Handler, store: Store
) -> None:
    handler.errors["/a"] = disk_full()
    await intake.receive([asks(1, "/a"), asks(2, "/b")])
    await handler.has_begun("/a")
    assert await intake.stop(patience=0) == 2
    assert [pending.raw["message"]["text"] for pending in store.journal.pending()] == ["/a", "/b"]


async def test_when_crowded_there_is_no_room_until_some_is_handled(store: Store, handler: Handler) -> None:
    intake = Intake(store, handler, BOT_ID, BOT_NAME, crowded=100)
    gate = handler.holds("/a 0")
    await intake.receive([asks(number, f"/a {number}") for number in range(100)])
    waiting = asyncio.create_task(intake.room())
    await asyncio.sleep(0)
    assert not waiting.done()
    gate.set()
    await waiting
    await intake.settle()
    assert len(handler.handled) == 100


async def test_a_flood_that_waits_in_one_group_leaves_room_for_others(
    intake: Intake, handler: Handler
) -> None:
    """Answers to a group leave at nineteen a minute; two thousand questions take two hours."""
    gate = handler.holds("/a 0")
    await intake.receive([asks(number, f"/a {number}") for number in range(2000)])
    await asyncio.wait_for(intake.room(), 1)
    await intake.receive([asks(1, "/quick", -2)])
    await handler.has_begun("/quick")
    assert await intake.stop(patience=0) == 2000
    gate.set()
