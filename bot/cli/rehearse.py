"""`wendu rehearse`: the whole bot on a local page, without Telegram, token or network."""

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.shared import LANGUAGES

if TYPE_CHECKING:
    from bot.answering.library import Library


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
    from bot.cli.rehearsal import Options, serve
    from bot.config import OUR_PACKS
    from bot.logs import set_up
    from bot.rehearsal.page.server import open_port
    from db.core.scratch import scratch

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
    with opened, scratch() as folder:
        asyncio.run(serve(opened, folder, options))


def _library(packs: Path, pack: str) -> "Library":
    """Return the packs, with `pack` among them and sound."""
    from bot.answering.library import Library
    from bot.pack.problems import PackError

    library = Library.open(packs)
    try:
        library.engine(pack)
    except KeyError as error:
        raise click.UsageError(f"沒有叫 {pack} 的教材包 / there is no pack called {pack}") from error
    except PackError as error:
        raise click.ClickException(str(error)) from error
    return library
