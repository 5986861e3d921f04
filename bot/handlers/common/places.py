"""A seminar's place: whatever must be said there, whether somebody asked for it or the clock did."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Message
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.context import Context, House, Localized, Refusal, Services
from bot.handlers.common.reply import CLOSED_TOPIC, Rows, ignoring_harmless, keyboard
from bot.seminar.records import Round, Seminar
from bot.speech import pieces

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place(Localized):
    """A group or topic, with everything that is needed to speak there without an update at hand."""

    services: Services
    bot: "ExtBot[Any]"
    seminar: Seminar

    @property
    def zone(self) -> ZoneInfo:
        """The seminar's time zone, else the house's."""
        return self.services.settings.zone(self.seminar.timezone)

    @property
    def language(self) -> str:
        """The seminar's language."""
        return self.seminar.language

    @property
    def pack_slug(self) -> str:
        """The pack that the seminar reads."""
        return self.seminar.pack

    def local(self, moment: datetime) -> datetime:
        """Return the moment on the seminar's own clock."""
        return moment.astimezone(self.zone)

    async def post(self, markup: str, rows: Rows = ()) -> Message:
        """Post into the seminar, in several parts if it is long; return the last, which has the buttons."""
        *first, last = pieces(markup)
        for part in first:
            await self._send(part, ())
        return await self._send(last, rows)

    async def photo(self, png: bytes, caption: str) -> Message:
        """Post a picture into the seminar."""
        thread = self.seminar.thread_id or None
        try:
            return await self.bot.send_photo(
                self.seminar.chat_id, png, caption=caption, message_thread_id=thread
            )
        except BadRequest as error:
            if thread is None or not self._out_of_reach(error):
                raise
        return await self.bot.send_photo(self.seminar.chat_id, png, caption=caption)

    async def edit(self, message_id: int, markup: str, rows: Rows = ()) -> None:
        """Put new text and buttons on a message of ours; one that is gone or has them is left alone."""
        with ignoring_harmless():
            await self.bot.edit_message_text(
                pieces(markup)[0], self.seminar.chat_id, message_id, reply_markup=keyboard(rows)
            )

    async def pin(self, message_id: int) -> None:
        """Pin a message of ours without waking anybody, where we may."""
        try:
            await self.bot.pin_chat_message(self.seminar.chat_id, message_id, disable_notification=True)
        except TelegramError as error:  # no right to: the card works as well without
            log.debug("not pinned: %s", type(error).__name__)

    async def unpin(self, message_id: int) -> None:
        """Take the pin off again; it may have been taken off before."""
        try:
            await self.bot.unpin_chat_message(self.seminar.chat_id, message_id)
        except TelegramError as error:
            log.debug("not unpinned: %s", type(error).__name__)

    async def _send(self, markup: str, rows: Rows) -> Message:
        thread = self.seminar.thread_id or None
        try:
            return await self.bot.send_message(
                self.seminar.chat_id, markup, message_thread_id=thread, reply_markup=keyboard(rows)
            )
        except BadRequest as error:
            if thread is None or not self._out_of_reach(error):
                raise
        # The topic was deleted or closed, or topics were turned off: rather in the group than not at all.
        return await self.bot.send_message(self.seminar.chat_id, markup, reply_markup=keyboard(rows))

    def _out_of_reach(self, error: BadRequest) -> bool:
        """Return whether the topic takes nothing from us; one that is gone is left for good."""
        said = error.message.lower()
        if "thread not found" in said:
            self.store.seminars.leave_topic(self.seminar.chat_id)
            return True
        return CLOSED_TOPIC in said


def here(context: Context) -> Place:
    """Return the place where this update came from.

    Raises:
        Refusal: it is a private chat.
    """
    return there(context, context.group_seminar)


def there(source: Context | House, seminar: Seminar) -> Place:
    """Return the place of any seminar, for who acts in private or by the clock."""
    return Place(source.bot_data, source.bot, seminar)


def open_round(context: Context) -> Round:
    """Return this seminar's open round.

    Raises:
        Refusal: none is open, or this is a private chat.
    """
    found = context.store.rounds.open_of(context.group_seminar.id)
    if found is None:
        raise Refusal("round.none_open")
    return found
