"""`wendu rehearse`: the whole bot on a local page, without Telegram, token or network."""

import asyncio
import logging
import os
import secrets
import socket
import sys
import tempfile
import webbrowser
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.applications import Starlette

    from bot.config import Settings
    from bot.pages.board.serving import Boards
    from bot.reading.library import Library
    from bot.rehearsal.clock import Clock
    from bot.rehearsal.demo import Lesson
    from bot.rehearsal.director import Director
    from bot.rehearsal.live import Live
    from bot.rehearsal.world import World

LANGUAGES = ("zh-Hant", "zh-Hans", "en")
OPENED = """\
排練開始了。請用瀏覽器打開（網址裡的鑰匙只在這一次有效）：
The rehearsal is on. Open this in a browser (the key in it is for this run only):

    {address}

只有這部電腦看得到；結束後什麼都不留。按 Ctrl+C 結束。
Only this computer can see it; nothing is kept afterwards. End it with Ctrl+C.
"""


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    language: str
    library: "Library"
    packs: Path
    pack: str
    demo: bool
    pace: float
    browser: bool


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Port on 127.0.0.1.  [default: 8420, or any free one]"
)
@click.option("--demo", is_flag=True, help="Play the example class: a whole seminar in about two minutes.")
@click.option(
    "--pace",
    type=click.FloatRange(0, 100),
    default=1.0,
    show_default=True,
    help="How fast the example class is played; 0 does not wait at all.",
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser, only print the address.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="zh-Hant",
    show_default=True,
    envvar="WENDU_LANGUAGE",
    show_envvar=True,
    help="The language of bot and page.",
)
@click.option(
    "--packs",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    envvar="WENDU_PACKS",
    show_envvar=True,
    help="The folder of packs.  [default: the packs that come with Wendu]",
)
@click.option(
    "--pack",
    default="ai-film",
    show_default=True,
    envvar="WENDU_PACK",
    show_envvar=True,
    help="Which pack the seminar begins with.",
)
def rehearse(  # noqa: PLR0913  one parameter an option
    *,
    port: int | None,
    demo: bool,
    pace: float,
    no_browser: bool,
    language: str,
    packs: Path | None,
    pack: str,
) -> None:
    """在本機網頁排練整場研討，不需要 Telegram。Rehearse a whole seminar on a local page."""
    from bot.config import OUR_PACKS
    from bot.logs import set_up
    from bot.rehearsal.hosting import open_port

    set_up(level=logging.WARNING)
    folder_of_packs = packs or OUR_PACKS
    library = _library(folder_of_packs, pack)
    try:
        opened = open_port(port)
    except OSError as error:
        raise click.ClickException(
            f"連接埠 {port} 已經被使用，請換一個或不要指定 / port {port} is taken: choose another or none"
        ) from error
    options = Options(language, library, folder_of_packs, pack, demo=demo, pace=pace, browser=not no_browser)
    with opened, tempfile.TemporaryDirectory(prefix="wendu-rehearsal-") as folder:
        asyncio.run(_serve(opened, Path(folder), options))


def _library(packs: Path, pack: str) -> "Library":
    """Return the packs, with `pack` among them and sound."""
    from bot.reading.library import Library
    from bot.reading.parsing import PackError

    library = Library.open(packs)
    try:
        library.engine(pack)
    except KeyError as error:
        raise click.UsageError(f"沒有叫 {pack} 的教材包 / there is no pack called {pack}") from error
    except PackError as error:
        raise click.ClickException(str(error)) from error
    return library


@dataclass(frozen=True)
class Rehearsal:
    """A rehearsal with its house open: what the server serves, and what plays in it."""

    app: "Starlette"
    world: "World"
    director: "Director"
    live: "Live"
    boards: "Boards"  # its `base` is to be set once the port is known


@asynccontextmanager
async def rehearsing(  # noqa: PLR0913, PLR0915  one parameter a choice of the command line; all that a house is made of
    folder: Path,
    library: "Library",
    *,
    key: str,
    language: str = "zh-Hant",
    pack: str = "ai-film",
    packs: Path | None = None,
) -> "AsyncIterator[Rehearsal]":
    """Give a class and the house that answers it through the local Bot API; its database is in `folder`.

    Packs of the folder `packs` are loaded anew when they are edited.
    """
    import httpx
    from telegram.request import HTTPXRequest

    from bot.app import announce
    from bot.pages.board.serving import Boards
    from bot.rehearsal.acts import Acts
    from bot.rehearsal.api import bot_api
    from bot.rehearsal.backstage import Backstage, keep_telling
    from bot.rehearsal.clock import Clock
    from bot.rehearsal.coming import coming
    from bot.rehearsal.director import Director
    from bot.rehearsal.live import Live
    from bot.rehearsal.packs import Shelf
    from bot.rehearsal.server import make_app
    from bot.rehearsal.timepiece import Timepiece
    from bot.running import house
    from bot.timekeeping import keep_time, tick
    from db.store import Store

    clock = Clock()
    world, lesson, teacher = _class(clock)
    api = bot_api(world)
    request = HTTPXRequest(httpx_kwargs={"transport": httpx.ASGITransport(app=api)})
    settings = _settings(world.token, folder, language, pack)
    settings = replace(settings, owner=teacher, packs=packs or settings.packs)
    store = Store.open(settings.database)
    try:
        async with house(
            settings, store, library, clock=world.clock, request=request, paced=False
        ) as running:
            await announce(running.application)
            over = asyncio.Event()
            ticking = asyncio.create_task(keep_time(running.application, over, first=1.0, every=1.0))
            acts = Acts(world, running.intake)
            backstage = Backstage(acts, unsent=lambda: len(store.unknown()))
            timepiece = Timepiece(
                clock, acts, tick=partial(tick, running.application), coming=partial(coming, store)
            )
            acts.table |= {"weather": backstage.act, "forward": timepiece.act}
            telling = asyncio.create_task(keep_telling(over, backstage.tell, timepiece.tell))
            director = Director(acts, lesson)
            desk = running.application.bot_data
            shelf = Shelf(desk, settings.packs, tell=acts.tell, say=click.echo)
            looking = asyncio.create_task(shelf.keep_looking(over))
            live = Live(
                acts,
                director,
                language=language,
                packs=shelf.broken,
                more=lambda: {**backstage.snapshot(), "time": timepiece.as_dict()},
            )
            boards = Boards(store, lambda: desk.library, world.clock)
            desk.board = boards.links
            app = make_app(world=world, api=api, live=live, key=key, language=language, more=[boards.mount()])
            try:
                yield Rehearsal(app, world, director, live, boards)
            finally:
                over.set()
                await backstage.act({"clear": True, "outage": False})  # else the house waits for Telegram
                await asyncio.gather(ticking, looking, telling, return_exceptions=True)
                await timepiece.stop()
                await director.stop()
    finally:
        store.close()


def _class(clock: "Clock") -> "tuple[World, Lesson, int]":
    """Return a world with the people of the example class, the class, and the teacher's id in that world."""
    from bot.intake.polling import ALLOWED
    from bot.rehearsal.demo import load_lesson
    from bot.rehearsal.world import World

    lesson = load_lesson()
    world = World(clock=clock, token=f"700000001:{secrets.token_urlsafe(32)}")
    world.updates.allow(ALLOWED)
    people = [(member, world.add_person(member.name, admin=member.teacher)) for member in lesson.people]
    return world, lesson, next(person.id for member, person in people if member.teacher)


def _settings(token: str, folder: Path, language: str, pack: str) -> "Settings":
    from bot.config import Settings

    return Settings(
        token=token,
        api_url="http://rehearsal.invalid",  # never looked up: requests go straight into the local Bot API
        database=folder / "rehearsal.db",
        secret_key_file=folder / "rehearsal.key",
        pack=pack,
        language=language,
    )


async def _serve(opened: socket.socket, folder: Path, options: "Options") -> None:
    """Serve a rehearsal until Ctrl+C or SIGTERM."""
    from bot.rehearsal.guard import address
    from bot.rehearsal.hosting import make_server

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
        click.echo(OPENED.format(address=where))
        if options.browser and _has_screen():
            webbrowser.open(where)
        if options.demo:
            await play_when_watched(rehearsal, options.pace, serving)
        await serving


async def play_when_watched(rehearsal: Rehearsal, pace: float, serving: "asyncio.Task[Any]") -> None:
    """Begin the example class once somebody watches, or at once when nobody could follow it anyway."""
    if pace > 0:
        watched = asyncio.create_task(rehearsal.live.watched.wait())
        await asyncio.wait({watched, serving}, return_when=asyncio.FIRST_COMPLETED)
        watched.cancel()
    if not serving.done():
        rehearsal.director.play(pace=pace)


def _has_screen() -> bool:
    """Tell whether a browser would open in a window; one in this terminal would be in the way."""
    return sys.platform in {"darwin", "win32"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
