"""So many answers a minute for one person in a group: a flood must neither bury the class nor hold up /close.

Telegram takes twenty messages a minute in a group, and a chat is handled in order: behind two hundred /ask a
/close would wait ten minutes for its turn. By the dates of the messages, not by when their turn
comes, so that what was asked while we were off is answered like anything else.
"""

from datetime import datetime, timedelta

from telegram import InlineKeyboardButton

from bot.context import Context
from bot.handlers.common.entry import Handler
from bot.handlers.common.reply import deep_link, reply
from bot.seminar.round_times import lately

MOST, SPAN = 15, timedelta(minutes=1)  # nobody asks faster who reads; a few of Telegram's twenty are left
MANY = 2000  # people of whom this much is remembered: a memory, not a log


def calmly(handler: Handler) -> Handler:
    """Return the handler, which answers a person in a group `MOST` times a minute; once they are told why."""

    async def handle(context: Context) -> None:
        if context.private or _fits(context):
            await handler(context)
        elif context.desk.recent.first(("hurry", *_key(context)), context.now, SPAN.total_seconds()):
            link = InlineKeyboardButton(context.plain("button.open_private"), url=deep_link(context, "ask"))
            await reply(context, context.say("hurry.slower", most=MOST), [[link]])

    return handle


def _fits(context: Context) -> bool:
    """Return whether the message may be answered; if so, note it. One that is handled again still may."""
    answered, message = context.desk.answered, context.message
    before = _of_late(answered.get(_key(context), {}), message.date)
    if message.message_id not in before and len(before) >= MOST:
        return False
    if len(answered) > MANY:
        context.desk.answered = {
            key: dates for key, dates in answered.items() if _of_late(dates, message.date)
        }
    context.desk.answered[_key(context)] = {**before, message.message_id: message.date}
    return True


def _of_late(dates: dict[int, datetime], now: datetime) -> dict[int, datetime]:
    return {number: date for number, date in dates.items() if lately(date, now, SPAN)}


def _key(context: Context) -> tuple[int, int]:
    """Return where, and who by their Telegram id: counting makes nobody known to the store."""
    message = context.message
    return message.chat.id, (message.sender_chat or context.user).id
