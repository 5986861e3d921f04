"""A rehearsal: a world, the real house in front of its Bot API, what steers it; served and played."""

import asyncio
import os
import secrets
import socket
import sys
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import click
import httpx
from starlette.applications import Starlette
from telegram.request import HTTPXRequest

from bot.answering.library import Library
from bot.app import announce
from bot.config import Settings
from bot.intake.polling import ALLOWED
from bot.pages.board.server import Boards
from bot.rehearsal.actions.table import Actions
from bot.rehearsal.bot_api.server import bot_api
from bot.rehearsal.call_log import CallLog, keep_telling
from bot.rehearsal.fake_telegram.state import Clock
from bot.rehearsal.fake_telegram.world import World
from bot.rehearsal.lesson import Lesson, LessonPlayer, example_class
from bot.rehearsal.pack_reload import PackWatcher
from bot.rehearsal.page.live import LivePage
from bot.rehearsal.page.server import address, make_app, make_server
from bot.rehearsal.terminal.session import converse
from bot.rehearsal.time_travel import TimeTravel, upcoming_events
from bot.service import Running, house
from bot.watches import keep_time, tick
from db.store import Store

OPENED = """\
排練開始了。請用瀏覽器打開（網址裡的鑰匙只在這一次有效）：
The rehearsal is on. Open this in a browser (the key in it is for this run only):

    {address}

只有這部電腦看得到；結束後什麼都不留。按 Ctrl+C 結束。
Only this computer can see it; nothing is kept afterwards. End it with Ctrl+C.
"""
TITLES = {"zh-Hant": "人文溫度讀書會", "zh-Hans": "人文温度读书会", "en": "Film and Warmth"}  # of the group


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    language: str
    library: Library
    packs: Path
    pack: str
    demo: bool
    pace: float
    browser: bool
    terminal: bool


@dataclass(frozen=True)
class Rehearsal:
    """A rehearsal with its house open: what the server serves, and what plays in it."""

    app: Starlette
    world: World
    actions: Actions
    player: LessonPlayer
    time_travel: TimeTravel
    live: LivePage
    boards: Boards  # its `base` is to be set once the port is known


@asynccontextmanager
async def rehearsing(  # noqa: PLR0913  one parameter a choice of the command line
    folder: Path,
    library: Library,
    *,
    key: str,
    language: str = "zh-Hant",
    pack: str = "ai-film",
    packs: Path | None = None,
    say: Callable[[str], None] = click.echo,
) -> AsyncIterator[Rehearsal]:
    """Give a class and the house that answers it through the local Bot API; its database is in `folder`.

    Packs of the folder `packs` are loaded anew when they are edited; `say` is told what became of it.
    """
    clock = Clock()
    world, lesson, teacher = _class(clock, language)
    settings = _settings(world.token, folder, language, pack)
    settings = replace(settings, owner=teacher, packs=packs or settings.packs)
    request = HTTPXRequest(httpx_kwargs={"transport": httpx.ASGITransport(app=bot_api(world))})
    store = Store.open(settings.database)
    try:
        async with (
            house(settings, store, library, clock=clock, request=request, paced=False) as running,
            AsyncExitStack() as ending,
        ):
            await announce(running.application)
            actions = Actions(world, running.intake)
            shelf = PackWatcher(running.application.bot_data, settings.packs, tell=actions.tell, say=say)
            player = LessonPlayer(actions, lesson)
            ending.push_async_callback(player.stop)
            time_travel, call_log = await _steering(running, actions, clock, shelf, ending)
            live = LivePage(
                actions,
                player,
                language=language,
                packs=shelf.broken,
                more=lambda: {**call_log.snapshot(), "time": time_travel.as_dict()},
            )
            boards = _boards(running, clock)
            app = make_app(
                world=world,
                api=bot_api(world),
                live=live,
                key=key,
                language=language,
                more=[boards.mount()],
            )
            yield Rehearsal(app, world, actions, player, time_travel, live, boards)
    finally:
        store.close()


def _class(clock: Clock, language: str) -> tuple[World, Lesson, int]:
    """Return a world with the people of the example class, the class, and the teacher's id in that world."""
    lesson, token = example_class(language), f"700000001:{secrets.token_urlsafe(32)}"
    world = World(clock=clock, token=token, title=TITLES[language], language=language.lower())
    world.updates.allow(ALLOWED)
    people = [(member, world.add_person(member.name, admin=member.teacher)) for member in lesson.people]
    return world, lesson, next(person.id for member, person in people if member.teacher)


def _settings(token: str, folder: Path, language: str, pack: str) -> Settings:
    return Settings(
        token=token,
        api_url="http://rehearsal.invalid",  # never looked up: requests go straight into the local Bot API
        database=folder / "rehearsal.db",
        secret_key_file=folder / "rehearsal.key",
        pack=pack,
        language=language,
    )


async def _steering(
    running: Running, actions: Actions, clock: Clock, shelf: PackWatcher, ending: AsyncExitStack
) -> tuple[TimeTravel, CallLog]:
    """Let time pass; return what moves the clock and what lets Telegram misbehave; `ending` ends it all."""
    store, over = running.store, asyncio.Event()
    call_log = CallLog(actions, unsent=lambda: len(store.outbox.unknown()))
    time_travel = TimeTravel(
        clock, actions, tick=partial(tick, running.application), coming=partial(upcoming_events, store)
    )
    actions.table |= {"weather": call_log.act, "forward": time_travel.act}
    tasks = [
        asyncio.create_task(keep_time(running.application, over, first=1.0, every=1.0)),
        asyncio.create_task(keep_telling(over, call_log.tell, time_travel.tell)),
        asyncio.create_task(shelf.keep_looking(over)),
    ]

    async def end() -> None:
        over.set()
        call_log.clear_up()  # else what is being sent would wait for Telegram
        await asyncio.gather(*tasks, return_exceptions=True)
        await time_travel.stop()

    ending.push_async_callback(end)
    return time_travel, call_log


def _boards(running: Running, clock: Clock) -> Boards:
    services = running.application.bot_data
    boards = Boards(running.store, lambda: services.library, clock)
    services.board = boards.links
    return boards


async def serve(opened: socket.socket, folder: Path, options: Options) -> None:
    """Serve a rehearsal until Ctrl+C or SIGTERM."""
    key = secrets.token_urlsafe(24)
    async with rehearsing(
        folder,
        options.library,
        key=key,
        language=options.language,
        pack=options.pack,
        packs=options.packs,
    ) as rehearsal:
        server = make_server(rehearsal.app)
        serving = asyncio.create_task(server.serve(sockets=[opened]))
        await server.ready.wait()
        where = address(opened.getsockname()[1], key)
        rehearsal.boards.base = where.partition("/?")[0]
        if options.terminal:
            await _in_terminal(rehearsal, where, options, serving)
            server.should_exit = True
        else:
            await _on_page(rehearsal, where, options, serving)
        await serving


async def _on_page(rehearsal: Rehearsal, where: str, options: Options, serving: "asyncio.Task[None]") -> None:
    """Say where the page is, and open it."""
    click.echo(OPENED.format(address=where))
    if options.browser and _has_screen():
        webbrowser.open(where)
    if options.demo:
        await play_when_watched(rehearsal, options.pace, serving)


async def _in_terminal(
    rehearsal: Rehearsal, where: str, options: Options, serving: "asyncio.Task[None]"
) -> None:
    """Rehearse in the terminal until its end, or until a signal ends the server."""
    talking = asyncio.create_task(
        converse(
            rehearsal.actions,
            rehearsal.player,
            rehearsal.time_travel,
            language=options.language,
            address=where,
            pace=options.pace if options.demo else None,
        )
    )
    await asyncio.wait({talking, serving}, return_when=asyncio.FIRST_COMPLETED)
    talking.cancel()
    with suppress(asyncio.CancelledError):
        await talking


async def play_when_watched(rehearsal: Rehearsal, pace: float, serving: "asyncio.Task[Any]") -> None:
    """Begin the example class once somebody watches, or at once when nobody could follow it anyway."""
    if pace > 0:
        watched = asyncio.create_task(rehearsal.live.watched.wait())
        await asyncio.wait({watched, serving}, return_when=asyncio.FIRST_COMPLETED)
        watched.cancel()
    if not serving.done():
        rehearsal.player.play(pace=pace)


def _has_screen() -> bool:
    """Tell whether a browser would open in a window; one in this terminal would be in the way."""
    return sys.platform in {"darwin", "win32"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
