"""When a handler fails: the log is told first, without anybody's words, then the person, once."""

import logging
import traceback
from types import TracebackType

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.context import Context

SECONDS_BETWEEN_APOLOGIES = 60
log = logging.getLogger(__name__)


async def failed(update: object, context: Context) -> None:
    """Log what failed and where; tell the chat in one friendly line, at most once a minute.

    Only the error's kind and the lines of code are logged: an error's text may quote what somebody wrote,
    and Telegram's address has the token in it.
    """
    error = context.error
    if error is None:
        return
    log.error("%s in %s", type(error).__name__, _where(error.__traceback__))
    if _silenced(error) or context.query is not None or context.chat is None or update is None:
        return  # a press has had its answer (entry.py)
    if context.desk.recent.first(("sorry", context.chat.id), context.now, SECONDS_BETWEEN_APOLOGIES):
        await _apologise(context, context.chat.id)


def _silenced(error: Exception) -> bool:
    """Whether Telegram will not let us speak now: not a BadRequest, a NetworkError by descent only."""
    return isinstance(error, Forbidden | NetworkError | RetryAfter) and not isinstance(error, BadRequest)


async def _apologise(context: Context, chat_id: int) -> None:
    try:
        await context.bot.send_message(
            chat_id, context.say("failing.sorry"), message_thread_id=context.thread_id or None
        )
    except TelegramError as error:
        log.warning("could not apologise: %s", type(error).__name__)


def _where(trace: TracebackType | None) -> str:
    """Return file:line of the frames, innermost last."""
    frames = traceback.extract_tb(trace)[-6:]
    return " > ".join(f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno}" for frame in frames)
