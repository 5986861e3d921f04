"""A class held twice, once in peace, once with fifty faults: what stands in chats and exports is the same."""

import asyncio
import io
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from telegram.error import Conflict, NetworkError, TimedOut

from bot.intake.polling import poll
from bot.rehearsal.fake_telegram.chats import Post, Room
from bot.sending.outbox import A_DAY, Outbox
from bot.sending.pacing import NoPace
from bot.watches import tick
from db.exports.export import FORMATS, Filters, Job, reading, write_export
from tests.db.conftest import KEY
from tests.dialogue import Seminar, a_class, holding
from tests.test_faults import Scripted

# PTB says at every 429 that the type of its `retry_after` will change; we do not read that.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after.*:DeprecationWarning")
Raws = list[dict[str, Any]]
Act = Callable[["Classroom"], object]


class Patience:
    """Time that passes only by waiting; so much of it heals what is broken."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.heals: list[tuple[float, Callable[[], object]]] = []

    def now(self) -> float:
        return self.seconds

    async def pause(self, seconds: float) -> None:
        self.seconds += max(seconds, 0.01)
        due = [heal for at, heal in self.heals if at <= self.seconds]
        self.heals = [each for each in self.heals if each[0] > self.seconds]
        for heal in due:
            heal()
        await asyncio.sleep(0)

    def after(self, seconds: float, heal: Callable[[], object]) -> None:
        self.heals.append((self.seconds + seconds, heal))

    def ends(self) -> None:
        """Heal what nobody had to wait for."""
        for _, heal in self.heals:
            heal()
        self.heals = []


class Classroom:
    """The class, its house, which may die and come back, and what is wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.world, self.patience = folder, a_class(), Patience()
        self.stack = AsyncExitStack()
        folder.mkdir()
        (folder / "wendu.key").write_bytes(KEY)  # the same aliases in both
        self.seminar: Seminar

    async def opens(self) -> None:
        self.seminar = await self.stack.enter_async_context(holding(self.folder, world=self.world))
        self.seminar._tolerant = True  # what the store throws is tried again: the end is what counts
        outbox = self.seminar.house.bot.rate_limiter
        assert isinstance(outbox, Outbox)
        outbox.patience, outbox.pause, outbox._now = A_DAY, self.patience.pause, self.patience.now
        outbox.pace = NoPace(self.patience.now)
        self.seminar.intake._pause = self.patience.pause

    async def ends(self) -> None:
        await self.stack.aclose()
        self.stack = AsyncExitStack()

    async def gets(self, raws: Raws) -> None:
        await self.seminar.intake.receive(raws)
        await self.seminar.intake.settle()
        await self.seminar._late_work()

    def post(self, text: str) -> Post:
        return next(post for post in reversed(self.world.posts()) if text in post.text)

    # Faults: each lets what was said come in while something is wrong

    async def in_peace(self, raws: Raws) -> None:
        await self.gets(raws)

    async def answers_get_lost(self, raws: Raws) -> None:
        self.world.faults.lost_answers = 2
        await self.gets(raws)

    async def too_many_posts(self, raws: Raws) -> None:
        self.world.faults.too_many(3, method="sendMessage", times=2)
        await self.gets(raws)

    async def too_many_edits(self, raws: Raws) -> None:
        self.world.faults.too_many(5, method="editMessageText")
        await self.gets(raws)

    async def too_many_of_anything(self, raws: Raws) -> None:
        self.world.faults.too_many(2, times=2)
        await self.gets(raws)

    async def telegram_is_down_for_an_hour(self, raws: Raws) -> None:
        self.world.faults.outage = True
        self.patience.after(3600, self.world.faults.clear)
        await self.gets(raws)

    async def it_comes_twice(self, raws: Raws) -> None:
        await self.gets([*raws, *raws])
        await self.gets(raws)

    async def locked(self, raws: Raws) -> None:
        store = self.seminar.store
        store.run("PRAGMA busy_timeout = 0")
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                await self.gets(raws)
            other.execute("ROLLBACK")
        await self.gets(raws)

    async def locked_while_handling(self, raws: Raws) -> None:
        with closing(sqlite3.connect(self.seminar.store.path, isolation_level=None)) as other:
            self.seminar.store.run("PRAGMA busy_timeout = 0")
            self._once_received(lambda: other.execute("BEGIN IMMEDIATE"))
            self.patience.after(7, lambda: other.execute("ROLLBACK") if other.in_transaction else None)
            await self.gets(raws)
            self.patience.ends()

    async def read_only_while_handling(self, raws: Raws) -> None:
        store = self.seminar.store
        self._once_received(lambda: store.run("PRAGMA query_only = ON"))
        self.patience.after(7, lambda: store.run("PRAGMA query_only = OFF"))
        await self.gets(raws)

    async def full(self, raws: Raws) -> None:
        store = self.seminar.store
        room = store.one("PRAGMA page_count")[0]
        store.run(f"PRAGMA max_page_count = {room}")
        crowd = [_crowd(n) for n in range(20)]  # somebody else's, which do not fit
        with pytest.raises(sqlite3.OperationalError, match="full"):
            await self.gets([*raws, *crowd])
        store.run("PRAGMA max_page_count = 1073741823")
        await self.gets(raws)

    async def ids_begin_anew(self, raws: Raws) -> None:
        self.world.updates.restart_ids(raws[0]["update_id"] % 1000 + 17)
        await self.gets(raws)

    async def the_clock_goes_wrong(self, raws: Raws) -> None:
        self.seminar.clock.forward(timedelta(hours=-3))
        await tick(self.seminar.house)
        self.seminar.clock.forward(timedelta(hours=3))
        await self.gets(raws)

    async def the_house_dies(self, raws: Raws) -> None:
        """After the update is on disk, before it is handled."""
        self.seminar.intake._closed = True
        await self.gets(raws)
        await self.ends()
        await self.opens()
        await self.gets(raws)  # its confirmation never reached Telegram

    async def the_house_is_restarted(self, raws: Raws) -> None:
        await self.ends()
        await self.opens()
        await self.gets(raws)

    async def polling_is_disturbed(self, raws: Raws) -> None:
        stop = asyncio.Event()
        script: list[Any] = [Conflict("another"), NetworkError("Bad Gateway"), TimedOut(), raws]
        await poll(
            Scripted(script, stop), "https://telegram.test/bot1:x", self.seminar.intake, stop, pause=_no
        )
        await self.gets([])

    async def poison_comes_along(self, raws: Raws) -> None:
        poison: list[Any] = ["no object", {"update_id": 1}, {"update_id": 2, "message": {"chat": None}}]
        await self.gets([*poison, *raws, *poison])

    def _once_received(self, breaks: Callable[[], object]) -> None:
        """Let it break when the batch is on disk and is about to be handled."""
        intake, receive = self.seminar.intake, self.seminar.store.journal.receive

        def received(updates: Any) -> Any:
            intake._store.journal.receive = receive  # type: ignore[method-assign]
            kept = receive(updates)
            breaks()
            return kept

        intake._store.journal.receive = received  # type: ignore[method-assign]


FAULTS: tuple[Callable[[Classroom, Raws], Awaitable[None]], ...] = (
    Classroom.answers_get_lost,
    Classroom.too_many_posts,
    Classroom.too_many_edits,
    Classroom.too_many_of_anything,
    Classroom.telegram_is_down_for_an_hour,
    Classroom.it_comes_twice,
    Classroom.locked,
    Classroom.locked_while_handling,
    Classroom.read_only_while_handling,
    Classroom.full,
    Classroom.ids_begin_anew,
    Classroom.the_clock_goes_wrong,
    Classroom.the_house_dies,
    Classroom.the_house_is_restarted,
    Classroom.polling_is_disturbed,
    Classroom.poison_comes_along,
)


async def _no(_: float) -> None:
    await asyncio.sleep(0)


def _crowd(number: int) -> dict[str, Any]:
    chat = {"id": -100777, "type": "supergroup", "title": "別處"}
    message = {
        "message_id": 5000 + number,
        "date": 1_772_413_202,
        "chat": chat,
        "text": "/ask " + "字" * 4000,
    }
    entities = [{"type": "bot_command", "offset": 0, "length": 4}]
    who = {"id": 999, "is_bot": False, "first_name": "路人"}
    return {"update_id": 5000 + number, "message": {**message, "entities": entities, "from": who}}


def says(who: str, text: str) -> Act:
    return lambda room: room.world.says(who, text)


def presses(who: str, label: str, card: str) -> Act:
    return lambda room: room.world.presses(who, room.post(card), label)


def edits(who: str, before: str, text: str) -> Act:
    return lambda room: room.world.edits(who, room.post(before), text)


def acts() -> list[Act]:
    """Return 54 things that happen in a class of two rounds, a good half of them for a handler."""
    people = ("小安", "小敏", "阿哲")
    first = [
        presses(who, label, "第 1 輪討論")
        for who, label in zip(people, ("贊成", "反對", "中立"), strict=True)
    ]
    again = [presses(who, "贊成", "第 2 輪討論") for who in people]
    talk = [says(people[n % 3], f"第 {n} 句：我認為鏡頭的溫度來自拍的人") for n in range(24)]
    asked = [
        says("小安", "/ask 塔可夫斯基是誰？"),
        says("小敏", "/ask 什麼是技術之網？"),
        says("阿哲", "/ask 作者的主體性是什麼？"),
        says("小安", "/ask 今天晚餐吃什麼？"),
        says("小敏", "/ask 大理石有什麼意思？"),
        says("阿哲", "/topics"),
    ]
    changed = [edits("小安", f"第 {n} 句", f"第 {n} 句：我改變想法了") for n in (0, 3)]
    middle = [*first, *_mixed(talk[:12], asked[:3]), *changed]
    late = [*again, *_mixed(talk[12:], asked[3:]), edits("小安", "第 12 句", "第 12 句：我又改了")]
    last = [says("陳老師", "/close"), says("小敏", "/stance"), says("陳老師", "/help")]
    return [
        says("陳老師", "/discuss 機器拍的電影有溫度嗎？"),
        *middle,
        says("陳老師", "/close"),
        says("陳老師", "/discuss 誰按下快門有關係嗎？"),
        *late,
        *last,
        *(says(people[n % 3], f"下課後說的 {n}") for n in range(8)),
    ]


def _mixed(talk: list[Act], asked: list[Act]) -> list[Act]:
    """Return one that asks after every four that talk."""
    return [act for n, question in enumerate(asked) for act in (*talk[4 * n : 4 * n + 4], question)]


async def held(folder: Path, *, disturbed: bool) -> Classroom:
    room = Classroom(folder)
    await room.opens()
    script = acts()
    assert len(script) > 50
    for number, act in enumerate(script):
        room.seminar.later(seconds=20)
        act(room)
        fault = FAULTS[number % len(FAULTS)] if disturbed else Classroom.in_peace
        await fault(room, room.world.updates.take())
        room.patience.ends()
        room.world.faults.clear()
    await room.gets([])
    return room


def transcript(room: Classroom) -> list[tuple[object, ...]]:
    """Return what stands in the group and in private chats."""
    rooms: list[Room] = [room.world.group, *(room.world.private(who) for who in ("陳老師", "小安"))]
    return [
        (
            place.name,
            post.id,
            post.sender.full_name,
            post.text,
            [[each.text for each in row] for row in post.buttons],
        )
        for place in rooms
        for post in room.world.posts(place)
    ]


def exported(room: Classroom, name: str) -> dict[str, bytes]:
    file = io.BytesIO()
    store = room.seminar.store
    with reading(Job(store, store.seminars.all()[0].id, Filters())) as job:
        write_export(job, name, file)
    if FORMATS[name].suffix != ".zip":
        return {name: file.getvalue()}
    with ZipFile(file) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


async def test_a_class_with_fifty_faults_ends_like_one_in_peace(tmp_path: Path) -> None:
    quiet, loud = (
        await held(tmp_path / "quiet", disturbed=False),
        await held(tmp_path / "loud", disturbed=True),
    )
    assert transcript(loud) == transcript(quiet)
    assert len(quiet.seminar.store.all("SELECT * FROM discussion_log")) == 27
    for name in ("bundle", "csv", "jsonl", "md", "telegram"):
        assert exported(loud, name) == exported(quiet, name), name
    for room in (quiet, loud):
        assert room.seminar.store.all("SELECT 1 FROM outbox UNION ALL SELECT 1 FROM waiting") == []
        await room.ends()
