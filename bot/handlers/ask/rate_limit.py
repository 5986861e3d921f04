"""So many answers a minute for one person in a group: a flood must neither bury the class nor hold up /close.

Telegram takes twenty messages a minute in a group, and a chat is handled in order: behind two hundred /ask a
/close would wait ten minutes for its turn. By the dates of the messages, not by when their turn
comes, so that what was asked while we were off is answered like anything else.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.context import Context
from bot.handlers.common.entry import Handler
from bot.handlers.common.recent import Recent
from bot.handlers.common.reply import private_link, reply
from bot.seminar.round_times import lately

MOST, SPAN = 15, timedelta(minutes=1)  # nobody asks faster who reads; a few of Telegram's twenty are left
MANY = 2000  # people of whom this much is remembered: a memory, not a log


@dataclass
class RateLimit:
    """What each person in each group was answered lately, and when they were last told to wait."""

    answered: dict[tuple[int, int], dict[int, datetime]] = field(default_factory=dict)
    told: Recent = field(default_factory=Recent)

    def fits(self, person: tuple[int, int], message_id: int, at: datetime) -> bool:
        """Return whether the message may be answered; if so, note it. One that is handled again still may."""
        before = _of_late(self.answered.get(person, {}), at)
        if message_id not in before and len(before) >= MOST:
            return False
        if len(self.answered) > MANY:
            self.answered = {key: dates for key, dates in self.answered.items() if _of_late(dates, at)}
        self.answered[person] = {**before, message_id: at}
        return True


def rate_limited(handler: Handler) -> Handler:
    """Return the handler, which answers a person in a group `MOST` times a minute; once they are told why."""

    async def handle(context: Context) -> None:
        limit = context.services.memory(RateLimit)
        if context.private or limit.fits(_person(context), context.message.message_id, context.message.date):
            await handler(context)
        elif limit.told.first(_person(context), context.now, SPAN.total_seconds()):
            await reply(context, context.say("hurry.slower", most=MOST), [[private_link(context, "ask")]])

    return handle


def _of_late(dates: dict[int, datetime], now: datetime) -> dict[int, datetime]:
    return {number: date for number, date in dates.items() if lately(date, now, SPAN)}


def _person(context: Context) -> tuple[int, int]:
    """Return where, and who by their Telegram id: counting makes nobody known to the store."""
    message = context.message
    return message.chat.id, (message.sender_chat or context.user).id
