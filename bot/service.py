"""`wendu run`: open the store, build the house, take updates in until told to stop."""

import asyncio
import contextlib
import gc
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import cast

from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.answering.library import Library
from bot.app import announce, build
from bot.config import Settings, shown
from bot.context import House, utc_now
from bot.handlers.common.failures import tell_of_delay
from bot.handlers.rounds.cards import DrawnCards
from bot.intake.dispatch import handler_for
from bot.intake.inbox import Intake
from bot.intake.polling import unless
from bot.intake.sources import arrive
from bot.pages.board.server import Boards
from bot.pages.charts.summary_pictures import draw_summary
from bot.pages.report.build import make_report
from bot.sending.http import trouble_of
from bot.sending.outbox import Outbox, seconds_asked
from bot.speech import LOCALES, load_speech
from bot.watches import keep_time
from db.core.database import only_bot
from db.core.keys import read_key
from db.core.scratch import clean
from db.store import Store

LONGEST_PAUSE = 30.0  # seconds between tries to reach Telegram at the start
LATE_WORK = 2.0  # seconds that cards being redrawn get at the end

log = logging.getLogger(__name__)


class Stopped(Exception):  # noqa: N818  not a fault
    """The wish to stop came before Telegram could be reached."""


@dataclass(frozen=True)
class Running:
    """A house that answers: hand raw updates to its intake."""

    application: House
    intake: Intake
    store: Store


@asynccontextmanager
async def house(  # noqa: PLR0913  what a house is made of
    settings: Settings,
    store: Store,
    library: Library,
    *,
    clock: Callable[[], datetime] = utc_now,
    request: BaseRequest | None = None,
    stop: asyncio.Event | None = None,
    paced: bool = True,
) -> AsyncIterator[Running]:
    """Give a house whose handlers answer, with what an earlier run left unhandled already in its queues.

    `request` reaches the Bot API in another way, not `paced` by Telegram's limits if it has none; `stop`
    ends the waiting for a Telegram out of reach. On leaving, the queues drain for a few seconds; what is
    left stays in the journal.

    Raises:
        InvalidToken: Telegram does not know the token.
        Stopped: `stop` was set before Telegram could be reached.
    """
    store.bot_messages.release_all()
    store.relax()  # what a power cut takes from the handlers' work is handled again
    application = build(settings, store, library, clock=clock, request=request, paced=paced)
    application.bot_data.pictures = draw_summary
    application.bot_data.report = make_report
    try:
        await _introduce(application, stop or asyncio.Event())
        bot = application.bot
        intake = Intake(
            store,
            handler_for(application),
            bot.id,
            bot.username,
            tell=partial(tell_of_delay, application),
        )
        cast("Outbox", bot.rate_limiter).heard = intake.newest
        posting = asyncio.create_task(_post_left(application))
        try:
            if left := intake.replay():
                log.info("從上次中斷處繼續處理 %d 則 / taking up %d updates left by the last run", left, left)
            yield Running(application, intake, store)
        finally:
            posting.cancel()
            await asyncio.gather(posting, return_exceptions=True)
            if unhandled := await intake.stop():
                log.warning("%d 則留待下次啟動 / %d updates left for the next start", unhandled, unhandled)
            await _finish(application)
    finally:
        await application.shutdown()
        await application.bot.shutdown()  # the application's leaves it alone if it never got to know Telegram


async def run(settings: Settings, *, stop: asyncio.Event | None = None) -> None:
    """Answer on Telegram until SIGTERM, SIGINT or `stop`.

    Raises:
        StoreError: the database cannot be used.
        InvalidToken: Telegram does not know the token.
    """
    stop = stop or asyncio.Event()
    _stop_on_signals(stop)
    with only_bot(settings.database):
        for place in (settings.database.parent, None):
            clean(place)
        store = Store.open(settings.database, key=read_key(settings.secret_key_file))
        try:
            library = Library.open(settings.packs)
            with contextlib.suppress(Stopped):
                async with house(settings, store, library, stop=stop) as running:
                    await _answer(settings, running, stop)
        finally:
            store.close()
    log.info("已停止 / stopped")


async def _answer(settings: Settings, running: Running, stop: asyncio.Event) -> None:
    """Take updates in; tell Telegram our commands meanwhile, which may take a while and may fail."""
    log.info(
        "@%s 開始接收訊息，按 Ctrl-C 停止 / @%s is listening, Ctrl-C stops it",
        running.application.bot.username,
        running.application.bot.username,
    )
    announcing = asyncio.create_task(announce(running.application))
    warming = asyncio.create_task(warm_up(running.application))
    timekeeping = asyncio.create_task(keep_time(running.application, stop))
    watching = asyncio.create_task(running.intake.watch_files())
    try:
        await arrive(
            settings,
            running.application.bot,
            running.store,
            running.intake,
            stop,
            pages=[_boards(settings, running).mount()],
        )
    finally:
        # What the timekeeping claimed and did not do is done after the next start.
        beside = (announcing, warming, timekeeping, watching)
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)


async def warm_up(application: House) -> None:
    """Make the house's own reading ready, so that the first question does not wait for it.

    What is loaded by then stays: the garbage collector need not go through it again and again.
    """
    library, slug = application.bot_data.library, application.bot_data.settings.pack
    await asyncio.to_thread(lambda: library.engine(slug).answer(library.packs[slug].title))
    gc.collect()
    gc.freeze()


def _boards(settings: Settings, running: Running) -> Boards:
    """Return the boards, which /board leads to where a web server is asked for."""
    services = running.application.bot_data
    host, port = settings.listen or ("", 0)
    shown = f"[{host}]" if ":" in host else host
    boards = Boards(
        running.store,
        lambda: services.library,
        services.clock,
        settings.board_url or f"http://{shown}:{port}",
    )
    if settings.listen:
        services.board = boards.links
    return boards


async def _introduce(application: House, stop: asyncio.Event) -> None:
    """Learn from Telegram who we are, however long it is out of reach."""
    failures = 0
    while not stop.is_set():
        try:
            await unless(stop, application.initialize())
            await application.bot.get_me()  # initialize() asks at its first call only
        except InvalidToken:
            raise
        except TelegramError as error:
            failures += 1
            waiting = _patience(error, failures)
            log.warning(
                "連不上 Telegram，%.0f 秒後再試。%s / Telegram is out of reach. %s",
                waiting,
                *(_trouble(application, error, language) for language in ("zh-Hant", "en")),
            )
            await unless(stop, asyncio.sleep(waiting))
        else:
            return
    raise Stopped


def _trouble(application: House, error: TelegramError, language: str) -> str:
    """Return what is wrong, and what to do, as `wendu doctor` says it; never the error's text."""
    url = shown(application.bot_data.settings.api_url)
    key = f"doctor.unreachable_{trouble_of(error).value}"
    return load_speech(LOCALES / "doctor").plain(language, key, url=url, error=type(error).__name__)


def _patience(error: TelegramError, failures: int) -> float:
    if isinstance(error, RetryAfter):
        return seconds_asked(error)
    return float(min(LONGEST_PAUSE, 2.0 ** min(failures - 1, 10)))


async def _post_left(application: House) -> None:
    """Post what an earlier run had written down and not sent, such as the summary of a timed round."""
    bot = application.bot
    outbox = cast("Outbox", bot.rate_limiter)
    if left := await outbox.post_left(partial(Bot._do_post, bot)):  # noqa: SLF001  past the outbox, which calls it
        log.info("補送上次來不及送出的 %d 則 / posted %d messages left by the last run", left, left)


async def _finish(application: House) -> None:
    """Give work that handlers put off, such as redrawing a card, a moment to end."""
    late = list(application.bot_data.memory(DrawnCards).waiting.values())
    if late:
        _, unfinished = await asyncio.wait(late, timeout=LATE_WORK)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends the loop by itself
            loop.add_signal_handler(name, stop.set)
