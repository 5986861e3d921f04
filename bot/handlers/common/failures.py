"""When a handler fails: the log is told first, without anybody's words, then the person, once."""

import logging
import sqlite3

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.context import Context, House
from bot.handlers.common.recent import Recent
from bot.handlers.common.reply import CLOSED_TOPIC
from bot.logs import told
from bot.sending.outbox import UNWRITTEN
from bot.sending.turn import current
from db.core.errors import of_the_disk

SECONDS_BETWEEN_APOLOGIES = 60
log = logging.getLogger(__name__)


class Apologies(Recent):
    """When each chat was last told that something failed."""


async def failed(update: object, context: Context) -> None:
    """Log what failed and where; tell the chat in one friendly line, at most once a minute.

    Only the error's kind and the lines of code are logged: an error's text may quote what somebody wrote,
    and Telegram's address has the token in it.
    """
    error, turn = context.error, current()
    if error is None:
        return
    if turn is not None and of_the_disk(error):
        turn.fault = error  # not the update's fault: it is handled again (bot/intake/inbox.py)
        return
    log.error("%s", told(error))
    if _silenced(error) or context.query is not None or context.chat is None or update is None:
        return  # a press has had its answer (entry.py)
    if context.services.memory(Apologies).first(context.chat.id, context.now, SECONDS_BETWEEN_APOLOGIES):
        await _apologise(context, context.chat.id)


async def tell_of_delay(house: House, chat_id: int, thread_id: int) -> None:
    """Tell a chat, without the store's help, that what it said is kept and will be dealt with."""
    services = house.bot_data
    try:
        seminar = services.store.seminars.find(chat_id, thread_id)
    except sqlite3.Error:
        seminar = None
    language = services.settings.language if seminar is None else seminar.language
    try:
        await house.bot.send_message(
            chat_id,
            services.speech.say(language, "failing.delayed"),
            message_thread_id=thread_id or None,
            rate_limit_args=UNWRITTEN,
        )
    except TelegramError as error:
        log.warning("could not tell of the delay: %s", type(error).__name__)


def _silenced(error: Exception) -> bool:
    """Whether Telegram will not let us speak now: not a BadRequest, a NetworkError by descent only."""
    if isinstance(error, BadRequest):
        return CLOSED_TOPIC in error.message.lower()
    return isinstance(error, Forbidden | NetworkError | RetryAfter)


async def _apologise(context: Context, chat_id: int) -> None:
    try:
        await context.bot.send_message(
            chat_id, context.say("failing.sorry"), message_thread_id=context.thread_id or None
        )
    except TelegramError as error:
        log.warning("could not apologise: %s", type(error).__name__)
