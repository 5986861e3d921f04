"""A bot that only posts, through an outbox, into the rehearsal's Telegram; time passes by waiting."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from telegram import Bot
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.rehearsal.bot_api.server import bot_api
from bot.rehearsal.fake_telegram.state import Clock
from bot.rehearsal.fake_telegram.world import World
from bot.sending.outbox import Outbox
from bot.sending.turn import HandlingTurn
from db.store import Store

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Time:
    """Stands still until somebody waits, for outbox and Telegram alike."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.waits: list[float] = []
        self.at: dict[float, Callable[[], None]] = {}  # what happens when so many seconds have passed

    def now(self) -> float:
        return (self.clock() - START).total_seconds()

    async def pause(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.clock.forward(timedelta(seconds=seconds))
        for due in [due for due in self.at if due <= self.now()]:
            self.at.pop(due)()
        await asyncio.sleep(0)


class Desk:
    """An outbox with the bot that uses it, and the world that it posts into."""

    def __init__(self, world: World, time: Time, store: Store, bot: "ExtBot[int]") -> None:
        self.world, self.time, self.store, self.bot = world, time, store, bot
        self.outbox: Outbox = bot.rate_limiter  # type: ignore[assignment]
        self.group = world.group.id

    def out_for(self, seconds: float) -> None:
        """Let Telegram be out, and back after so long."""
        self.world.faults.outage = True
        self.time.at[self.time.now() + seconds] = self.world.faults.clear

    def said(self, chat: int | None = None) -> list[str]:
        return [post.text for post in self.world.posts(chat, by_bot=True)]

    def calls(self, method: str) -> list[dict[str, Any]]:
        return [dict(call.parameters) for call in self.world.calls if call.method == method.lower()]

    def answers(self, code: int) -> int:
        return sum(call.answer.get("error_code") == code for call in self.world.calls)

    async def post_left(self) -> int:
        return await self.outbox.post_left(partial(Bot._do_post, self.bot))


def a_world() -> World:
    world = World(clock=Clock(START))
    world.add_person("陳老師", admin=True)
    world.add_person("小安")
    return world


@asynccontextmanager
async def posting(folder: Path, world: World | None = None) -> AsyncIterator[Desk]:
    """Give a desk on the database in `folder`; opening it anew is what a restart is."""
    world = world or a_world()
    time = Time(world.clock)  # type: ignore[arg-type]
    store = Store.open(folder / "wendu.db", clock=world.clock)
    outbox = Outbox(store, pause=time.pause, now=time.now)
    request = HTTPXRequest(httpx_kwargs={"transport": httpx.ASGITransport(app=bot_api(world))})
    bot: ExtBot[int] = ExtBot(
        world.token,
        base_url="http://telegram.test/bot",
        request=request,
        get_updates_request=request,
        rate_limiter=outbox,
    )
    await bot.initialize()
    try:
        yield Desk(world, time, store, bot)
    finally:
        await bot.shutdown()
        store.close()


def a_turn(desk: Desk, *, again: bool = False) -> HandlingTurn:
    row = desk.store.one("SELECT id FROM journal")
    if row is None:
        desk.store.run(
            "INSERT INTO journal (mark, kind, received_at) VALUES (x'00', 'message', '2026-03-02T01:00:00')"
        )
        return a_turn(desk)
    desk.outbox.heard = {desk.group: newest(desk)}
    return HandlingTurn(row["id"], again=again)


def newest(desk: Desk) -> int:
    return max((post.id for post in desk.world.posts()), default=0)


async def killed_while_sending(folder: Path, desk: Desk, *, arrived: bool, in_turn: bool) -> None:
    """Leave the store as it is when the process dies between writing a post down and noting its result."""
    turn = a_turn(desk) if in_turn else None
    parameters = {"chat_id": str(desk.group), "text": "溫度", "parse_mode": "HTML"}
    newest = max((post.id for post in desk.world.posts()), default=0)
    desk.store.outbox.intend(
        journal_id=turn.journal_id if turn else None,
        step=f"sendMessage {desk.group} 1",
        chat_id=desk.group,
        method="sendMessage",
        parameters=parameters,
        after_id=newest,
    )
    if arrived:
        desk.world.place(desk.world.group, desk.world.bot, "溫度")
    desk.world.says("小安", "然後呢")
    assert (folder / "wendu.db").exists()
