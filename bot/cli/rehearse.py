"""`wendu rehearse`: the whole bot on a local page, without Telegram, token or network."""

import asyncio
import logging
import os
import secrets
import socket
import sys
import tempfile
import webbrowser
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bot.answering.library import Library
    from bot.cli.rehearsal_setup import Rehearsal

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
    terminal: bool


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="127.0.0.1 的連接埠 / port on 127.0.0.1.  [default: 8420, or any free one]",
)
@click.option(
    "--demo",
    is_flag=True,
    help="播放示範課，約兩分鐘 / play the example class: a whole seminar in about two minutes.",
)
@click.option(
    "--pace",
    type=click.FloatRange(0, 100),
    default=1.0,
    show_default=True,
    help="示範課播多快，0 是不等待 / how fast the example class is played; 0 does not wait at all.",
)
@click.option(
    "--no-browser",
    is_flag=True,
    help="不要打開瀏覽器，只印出網址 / do not open a browser, only print the address.",
)
@click.option(
    "--terminal",
    is_flag=True,
    help="在這個終端機裡排練 / rehearse in this terminal; without a browser, or beside one.",
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="zh-Hant",
    show_default=True,
    envvar="WENDU_LANGUAGE",
    show_envvar=True,
    help="機器人和網頁的語言 / the language of bot and page.",
)
@click.option(
    "--packs",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    envvar="WENDU_PACKS",
    show_envvar=True,
    help="教材包都放在哪裡 / the folder of packs.  [default: the packs that come with Wendu]",
)
@click.option(
    "--pack",
    default="ai-film",
    show_default=True,
    envvar="WENDU_PACK",
    show_envvar=True,
    help="一開始讀哪一份教材包 / which pack the seminar begins with.",
)
def rehearse(  # noqa: PLR0913  one parameter an option
    *,
    port: int | None,
    demo: bool,
    pace: float,
    no_browser: bool,
    terminal: bool,
    language: str,
    packs: Path | None,
    pack: str,
) -> None:
    """在本機網頁排練整場研討，不需要 Telegram / Rehearse a whole seminar on a local page."""
    from bot.config import OUR_PACKS
    from bot.logs import set_up
    from bot.rehearsal.page.server import open_port

    set_up(level=logging.ERROR if terminal else logging.WARNING)  # the prompt is no place for warnings
    folder_of_packs = packs or OUR_PACKS
    library = _library(folder_of_packs, pack)
    try:
        opened = open_port(port)
    except OSError as error:
        raise click.ClickException(
            f"連接埠 {port} 已經被使用，請換一個或不要指定 / port {port} is taken: choose another or none"
        ) from error
    options = Options(
        language,
        library,
        folder_of_packs,
        pack,
        demo=demo,
        pace=pace,
        browser=not (no_browser or terminal),
        terminal=terminal,
    )
    with opened, tempfile.TemporaryDirectory(prefix="wendu-rehearsal-") as folder:
        asyncio.run(_serve(opened, Path(folder), options))


def _library(packs: Path, pack: str) -> "Library":
    """Return the packs, with `pack` among them and sound."""
    from bot.answering.library import Library
    from bot.pack.load import PackError

    library = Library.open(packs)
    try:
        library.engine(pack)
    except KeyError as error:
        raise click.UsageError(f"沒有叫 {pack} 的教材包 / there is no pack called {pack}") from error
    except PackError as error:
        raise click.ClickException(str(error)) from error
    return library


async def _serve(opened: socket.socket, folder: Path, options: "Options") -> None:
    """Serve a rehearsal until Ctrl+C or SIGTERM."""
    from bot.cli.rehearsal_setup import rehearsing
    from bot.rehearsal.page.server import address, make_server

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


async def _on_page(
    rehearsal: "Rehearsal", where: str, options: Options, serving: "asyncio.Task[None]"
) -> None:
    """Say where the page is, and open it."""
    click.echo(OPENED.format(address=where))
    if options.browser and _has_screen():
        webbrowser.open(where)
    if options.demo:
        await play_when_watched(rehearsal, options.pace, serving)


async def _in_terminal(
    rehearsal: "Rehearsal", where: str, options: Options, serving: "asyncio.Task[None]"
) -> None:
    """Rehearse in the terminal until its end, or until a signal ends the server."""
    from bot.rehearsal.terminal.session import converse

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


async def play_when_watched(rehearsal: "Rehearsal", pace: float, serving: "asyncio.Task[Any]") -> None:
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
