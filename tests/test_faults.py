"""Telegram's and the machine's bad days, in the middle of a class: what is said of them, and nothing lost."""

import asyncio
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError
from telegram.request import BaseRequest

from bot.intake.inbox import Intake
from bot.intake.polling import poll
from db.core.errors import StoreError
from db.store import Store
from tests.db.conftest import KEY, NOON
from tests.dialogue import Seminar
from tests.intake.messages import BOT_ID, BOT_NAME, Raw, says

OWN = "/discuss AI 能承載人文溫度嗎？"


class Scripted(BaseRequest):
    """Answers getUpdates by a script: what to raise, or what to give; then tells the poller to stop."""

    def __init__(self, script: list[Any], stop: asyncio.Event) -> None:
        self.script, self.stop, self.offsets = script, stop, list[Any]()

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None: ...
    async def shutdown(self) -> None: ...
    async def do_request(self, *_: Any, request_data: Any = None, **__: Any) -> tuple[int, bytes]:
        self.offsets.append(request_data.parameters.get("offset"))
        step = self.script.pop(0) if self.script else []
        if isinstance(step, Exception):
            raise step
        if not step and not self.script:
            self.stop.set()
        return 200, json.dumps({"ok": True, "result": step}).encode()


class Course:
    """A poller in front of a script; what it handled, and how long it waited."""

    def __init__(self, store: Store) -> None:
        self.handled: list[int] = []
        self.waited: list[float] = []
        self.intake = Intake(store, self._handle, BOT_ID, BOT_NAME)

    async def _handle(self, raw: Raw) -> None:
        self.handled.append(raw["message"]["message_id"])

    async def _pause(self, seconds: float) -> None:
        self.waited.append(seconds)

    async def runs(self, *script: Any) -> list[Any]:
        stop = asyncio.Event()
        request = Scripted(list(script), stop)
        await poll(request, "https://telegram.test/bot1:x", self.intake, stop, pause=self._pause)
        await self.intake.settle()
        return request.offsets


def private(number: int, *, update_id: int) -> Raw:
    return says(number, update_id=update_id, chat={"id": 101, "type": "private"})


@pytest.fixture
def store(tmp_path: Path) -> Any:
    opened = Store.open(tmp_path / "wendu.db", key=KEY, clock=lambda: NOON)
    yield opened
    opened.close()


async def test_an_hour_without_telegram_loses_nothing_and_waits_half_a_minute_at_most(store: Store) -> None:
    course = Course(store)
    outage = [NetworkError("Bad Gateway")] * 125
    await course.runs([private(1, update_id=1)], *outage, [private(2, update_id=2)])
    assert course.handled == [1, 2]
    assert sum(course.waited) > 3600
    assert max(course.waited) == 30


async def test_a_second_poller_is_named_and_not_hammered(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    course = Course(store)
    await course.runs(*[Conflict("terminated by other getUpdates request")] * 3, [private(1, update_id=1)])
    assert course.handled == [1]
    assert course.waited == [10.0] * 3
    assert "另一個程式正用同一個 token" in caplog.text


async def test_update_ids_that_begin_anew_lower_are_taken(store: Store) -> None:
    course = Course(store)
    offsets = await course.runs([private(1, update_id=900_000)], [private(2, update_id=17)], [])
    assert course.handled == [1, 2]
    assert offsets == [None, 900_001, 18]


async def test_a_revoked_token_ends_polling(store: Store) -> None:
    course = Course(store)
    with pytest.raises(InvalidToken):
        await course.runs([private(1, update_id=1)], InvalidToken("Unauthorized"))
    await course.intake.settle()
    assert course.handled == [1]


async def test_a_full_disk_confirms_nothing_and_the_batch_is_taken_when_there_is_room(store: Store) -> None:
    pages = store.one("PRAGMA page_count")[0]
    store.run(f"PRAGMA max_page_count = {pages}")  # SQLite's own "database or disk is full"
    course, words = Course(store), "字" * 20_000
    batch = [says(n, words, update_id=n, chat={"id": 101, "type": "private"}) for n in range(1, 20)]
    with pytest.raises(sqlite3.OperationalError, match="full"):
        await course.intake.receive(batch)
    store.run("PRAGMA max_page_count = 1073741823")
    offsets = await course.runs(batch)
    assert course.handled == list(range(1, 20))
    assert offsets[0] is None


async def test_a_database_damaged_while_the_house_runs_says_what_to_do_and_confirms_nothing(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    course, kept = Course(store), store.journal.receive
    damaged = sqlite3.DatabaseError("database disk image is malformed")
    damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT

    def receive(_: Any) -> Any:
        store.journal.receive = kept  # type: ignore[method-assign]
        raise damaged

    store.journal.receive = receive  # type: ignore[method-assign, assignment]
    offsets = await course.runs([private(1, update_id=1)], [private(1, update_id=1)])
    assert course.handled == [1]
    assert offsets[:2] == [None, None]
    assert "wendu restore" in caplog.text
    assert "向 Telegram 要一次" in caplog.text


async def test_a_database_held_by_another_program_confirms_nothing_meanwhile(store: Store) -> None:
    store.run("PRAGMA busy_timeout = 0")
    course = Course(store)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            await course.intake.receive([private(1, update_id=1)])
        other.execute("ROLLBACK")
    await course.runs([private(1, update_id=1)])
    assert course.handled == [1]


@pytest.mark.parametrize(
    ("damage", "advice"),
    [
        (lambda path: path.write_bytes(b"no database" * 1000), "換回備份"),
        (lambda path: path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 60_000), "換回備份"),
    ],
    ids=["another file", "torn pages"],
)
def test_a_damaged_database_says_what_to_do(tmp_path: Path, damage: Any, advice: str) -> None:
    path = tmp_path / "wendu.db"
    Store.open(path, key=KEY).close()
    damage(path)
    with pytest.raises(StoreError, match=advice):
        Store.open(path, key=KEY)


def test_a_copy_made_while_the_house_runs_opens_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "wendu.db"
    store = Store.open(path, key=KEY)
    store.people.meet(11, "小安")
    folder = tmp_path / "backup"
    folder.mkdir()
    for part in tmp_path.glob("wendu.db*"):
        shutil.copy(part, folder)
    store.close()
    copy = Store.open(folder / "wendu.db", key=KEY)
    assert copy.one("SELECT name FROM people")[0] == "小安"
    copy.close()


async def test_a_clock_that_goes_backwards_keeps_order_and_rounds(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    seminar.clock.forward(timedelta(hours=-3))
    await seminar.says("小安", "先說的")
    await seminar.says("小敏", "後說的")
    await seminar.says("陳老師", "/close")
    seminar.expects("第 1 輪")
    (closed,) = seminar.store.rounds.of(seminar.store.seminars.all()[0].id)
    assert closed.closed_at is not None
    assert [remark.text for remark in seminar.store.remarks.of(closed.id)] == ["先說的", "後說的"]


async def test_a_clock_set_back_leaves_nobody_an_admin_and_nothing_cooling_down(seminar: Seminar) -> None:
    seminar.world.promotes("陳老師", "小敏")
    await seminar.says("小敏", OWN)
    await seminar.says("小敏", "/ask 塔可夫斯基是誰？")
    seminar.world.demotes("陳老師", "小敏")
    seminar.world.promotes("陳老師", "阿哲")
    seminar.clock.forward(timedelta(days=-1))
    await seminar.says("小敏", "/close")
    seminar.expects("只有群組管理員")
    await seminar.says("阿哲", "/ask 塔可夫斯基是誰？")
    seminar.expects("出處")
    await seminar.says("阿哲", "/close")
    seminar.expects("第 1 輪總結")


async def test_a_clock_set_back_lets_cards_be_drawn_and_private_words_be_questions(seminar: Seminar) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    seminar.house.bot_data.pause = pause
    await seminar.says("陳老師", "/discuss")
    await seminar.presses("陳老師", "🎲 隨機")
    await seminar.presses("陳老師", "表態：不要")
    await seminar.presses("陳老師", "匿名")
    await seminar.presses("陳老師", "▶ 開始")
    card = seminar.last
    seminar.later(days=1)
    await seminar.presses("小安", "贊成", on=card)
    await seminar.starts("小安", "say_1")
    seminar.later(days=-1, minutes=1)
    await seminar.presses("小敏", "贊成", on=card)
    await seminar.says("小安", "塔可夫斯基是誰？", privately=True)
    seminar.expects("出處")
    assert max(pauses, default=0) < 10


class Stuck:
    """A store that cannot be written from when an update is handled until so many seconds were waited."""

    def __init__(self, seminar: Seminar, fault: str, seconds: float) -> None:
        self.store, self.fault, self.left = seminar.store, fault, seconds
        self.intake, self.handle = seminar.intake, seminar.intake._handle
        self.other = sqlite3.connect(self.store.path, isolation_level=None)
        self.intake._handle, self.intake._pause = self._handle, self._pause
        self.begun = False
        self.store.run("PRAGMA busy_timeout = 0")

    async def _handle(self, raw: Raw) -> None:
        if not self.begun:
            self.begun = True
            if self.fault == "locked":
                self.other.execute("BEGIN IMMEDIATE")
            else:
                self.store.run("PRAGMA query_only = ON")
        await self.handle(raw)

    async def _pause(self, seconds: float) -> None:
        self.left -= seconds
        if self.left <= 0:
            self.ends()

    def ends(self) -> None:
        if self.other.in_transaction:
            self.other.execute("ROLLBACK")
        self.store.run("PRAGMA query_only = OFF")


@pytest.mark.parametrize("fault", ["locked", "read-only"])
@pytest.mark.parametrize("act", [OWN, "/ask 塔可夫斯基是誰？", "/stance"])
async def test_a_store_that_cannot_be_written_while_handling_is_waited_for(
    seminar: Seminar, fault: str, act: str
) -> None:
    stuck = Stuck(seminar, fault, seconds=3)
    before = len(seminar.said())
    with closing(stuck.other), seminar.failing():
        await seminar.says("陳老師", act)
        assert stuck.begun
        assert len(seminar.said()) == before + 1
        assert "先收著" not in seminar.last.text
        assert seminar.store.journal.pending() == []


async def test_a_store_out_of_order_for_long_is_told_once_and_then_all_is_done(seminar: Seminar) -> None:
    stuck = Stuck(seminar, "read-only", seconds=60)
    with closing(stuck.other), seminar.failing():
        await seminar.says("陳老師", OWN)
    said = seminar.said()
    assert ["先收著" in text for text in said] == [True, False]
    assert len(seminar.store.rounds.of(seminar.store.seminars.all()[0].id)) == 1


async def test_what_telegram_took_is_not_sent_again_though_it_could_not_be_noted(seminar: Seminar) -> None:
    """The disk fills up between sending the answer and noting it: handled again, the answer stands once."""
    waited: list[float] = []
    store, done = seminar.store, seminar.store.journal.done

    async def pause(seconds: float) -> None:
        waited.append(seconds)
        store.run("PRAGMA query_only = OFF")

    def full(journal_id: int) -> None:
        if not waited:
            store.run("PRAGMA query_only = ON")
        done(journal_id)

    seminar.intake._pause = pause
    seminar.intake._store.journal.done = full  # type: ignore[method-assign]
    await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    assert waited
    assert len(seminar.said()) == 1
    assert store.journal.pending() == []


async def test_what_is_done_is_not_done_again_though_the_disk_is_too_full_to_cut_the_log(
    seminar: Seminar,
) -> None:
    store, checkpoint = seminar.store, seminar.store.checkpoint
    await seminar.says("小敏", "/optout")

    def full() -> None:
        store.checkpoint = checkpoint  # type: ignore[method-assign]
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    store.checkpoint = full  # type: ignore[method-assign]
    await seminar.says("小敏", "/ask 塔可夫斯基是誰？")
    assert sum("出處" in text for text in seminar.said()) == 1
    assert store.needs_checkpoint, "it is owed still"
    await seminar.says("小安", "/help")
    assert not store.needs_checkpoint
