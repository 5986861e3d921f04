"""Our own getUpdates loop: a batch is on disk before the next call tells Telegram that it arrived.

The offset is never taken from the database: update ids begin anew, sometimes lower, after a quiet week, so
we start without one, drop one that is a day old, and leave repeats to the journal.
"""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter  # RequestData takes nothing public

from bot.intake.inbox import Intake
from bot.sending.outbox import seconds_asked

ALLOWED = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "message_reaction",
)
LONG_POLL = 25  # seconds that Telegram holds an empty answer
GRACE = 10.0  # seconds more until we give up on it
LONGEST_PAUSE = 30.0  # seconds
CONFLICT_PAUSE = 10.0  # seconds
QUIET = 86_400.0  # seconds without updates after which the offset is dropped

log = logging.getLogger(__name__)


@dataclass
class _Course:
    """Where polling stands."""

    last_update: float  # by a clock that only goes forward
    offset: int | None = None
    failures: int = 0


async def poll(  # noqa: PLR0913  from where, to where, until when, how patiently
    request: BaseRequest,
    url: str,
    intake: Intake,
    stop: asyncio.Event,
    *,
    long_poll: int = LONG_POLL,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    now: Callable[[], float] = time.monotonic,
) -> None:
    """Fetch updates until `stop` is set; `url` is the API's root with the bot's token.

    `pause` waits so many seconds before another try; `now` gives seconds that only go forward.

    Raises:
        InvalidToken: Telegram does not know the token (any more).
    """
    course = _Course(last_update=now())
    while not stop.is_set():
        if now() - course.last_update > QUIET:
            course.offset = None
        try:
            raws = await unless(stop, _fetch(request, url, course, long_poll))
            if raws:
                await intake.receive(raws)
                _advance(course, raws)
                course.last_update = now()
            course.failures = 0
            await unless(stop, intake.room())
        except InvalidToken:
            raise
        except Exception as error:  # noqa: BLE001  whatever fails, Telegram keeps the batch and we ask again
            course.failures += 1
            waiting = _patience(error, course.failures)
            await unless(stop, pause(waiting))


async def _fetch(request: BaseRequest, url: str, course: _Course, long_poll: int) -> list[Any]:
    wanted: dict[str, Any] = {"timeout": long_poll, "allowed_updates": list(ALLOWED)}
    if course.offset is not None:
        wanted["offset"] = course.offset
    data = RequestData([RequestParameter.from_input(key, value) for key, value in wanted.items()])
    answer = await request.post(f"{url}/getUpdates", data, read_timeout=long_poll + GRACE)
    if not isinstance(answer, list):
        raise TelegramError("getUpdates gave no list")
    return answer


def _advance(course: _Course, raws: list[Any]) -> None:
    """Let the next call confirm this batch, which is on disk."""
    ids = [raw["update_id"] for raw in raws if isinstance(raw, dict) and type(raw.get("update_id")) is int]
    if ids:
        course.offset = ids[-1] + 1


def _patience(error: Exception, failures: int) -> float:
    """Say what is wrong and return how many seconds to wait before the next try."""
    if isinstance(error, Conflict):
        log.error(
            "另一個程式正用同一個 token 收訊息，或設有 webhook；請關閉另一個"
            " / another program polls with the same token, or a webhook is set: %s",
            error,
        )
        return CONFLICT_PAUSE
    if isinstance(error, RetryAfter):
        return seconds_asked(error)
    if isinstance(error, NetworkError) and failures == 1:
        return 0.0  # most failures pass at once: a second's pause would be felt in the chat
    waiting = min(LONGEST_PAUSE, 0.5 * 2.0 ** min(failures - 1, 10))
    if isinstance(error, sqlite3.Error):  # said in inbox.py
        log.warning(
            "存不進去的訊息，%.1f 秒後再向 Telegram 要一次 / asking again in %.1f s", waiting, waiting
        )
        return waiting
    log.warning("收不到訊息，%.1f 秒後再試 / no updates, next try in %.1f s: %r", waiting, waiting, error)
    return waiting


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, Any] | Awaitable[Any]) -> Any:
    """Return what `work` returns, or None when `stop` was set before; the work is cancelled then."""
    task = asyncio.ensure_future(work)
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        for unfinished in (task, stopping):
            unfinished.cancel()
        await asyncio.gather(task, stopping, return_exceptions=True)
