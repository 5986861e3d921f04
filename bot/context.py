"""The typed context: what every handler finds on its desk, and who speaks to it where."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.error import BadRequest
from telegram.ext import Application, CallbackContext, ExtBot

from bot.answering.library import Library
from bot.config import Settings
from bot.pack.bilingual import called
from bot.pack.model import Pack, Snippet
from bot.seminar.moves.scene import Heard
from bot.seminar.outcome import Outcome, Picture
from bot.seminar.records import Person, Seminar
from bot.seminar.round_times import lately
from bot.speech import TOAST_LIMIT, Speech, fitting_language, shorten
from bot.text.folding import to_simplified
from db.store import Store


def utc_now() -> datetime:
    """Return the time now, aware, in UTC."""
    return datetime.now(UTC)


class Refusal(Exception):  # noqa: N818  not a fault: a friendly no that the person is told
    """What was asked for cannot be done here or by this person; `key` is the phrase that says why."""

    def __init__(self, key: str, **fields: object) -> None:
        """Name the phrase and its fields."""
        super().__init__(key)
        self.key = key
        self.fields = fields


@dataclass
class Recent:
    """What was done lately, so that it is not done again too soon. Lost at a restart, which does no harm."""

    seen: dict[Hashable, datetime] = field(default_factory=dict)

    def wait(self, key: Hashable, now: datetime, seconds: float) -> float:
        """Return how many seconds are left until `seconds` after the last time, 0.0 if none."""
        last = self.seen.get(key)
        if last is None or not lately(last, now, timedelta(seconds=seconds)):
            return 0.0
        return seconds - (now - last).total_seconds()

    def first(self, key: Hashable, now: datetime, seconds: float) -> bool:
        """Return whether this is the first time for `seconds`; if so, note it."""
        if self.wait(key, now, seconds) > 0:
            return False
        if len(self.seen) > 2000:  # noqa: PLR2004  a memory, not a log
            self.seen = {k: at for k, at in self.seen.items() if lately(at, now, timedelta(hours=1))}
        self.seen[key] = now
        return True


@dataclass
class Desk:
    """What handlers work with; `memory` parts are only there to be quick or quiet."""

    store: Store
    library: Library
    speech: Speech
    settings: Settings
    clock: Callable[[], datetime] = utc_now
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    recent: Recent = field(default_factory=Recent)
    admins: dict[int, tuple[datetime, frozenset[int]]] = field(default_factory=dict)
    waiting_cards: dict[int, "asyncio.Task[None]"] = field(default_factory=dict)
    heard: dict[int, dict[tuple[int, int], Heard]] = field(default_factory=dict)  # remarks of open rounds
    faces: dict[int, tuple[int, str, object]] = field(default_factory=dict)  # cards as last drawn
    posted: dict[Hashable, tuple[datetime, int, str]] = field(
        default_factory=dict
    )  # see handlers/ask/repeat_answers.py
    answered: dict[tuple[int, int], dict[int, datetime]] = field(
        default_factory=dict
    )  # handlers/ask/rate_limit.py
    posting: set[int] = field(
        default_factory=set
    )  # lines that are being posted (handlers/rounds/post_once.py)
    relearning: asyncio.Lock = field(default_factory=asyncio.Lock)  # one change of the library at a time
    pictures: Callable[[Outcome, str], list[Picture]] | None = None  # drawn by bot/pages, which is above us
    board: Callable[[int], tuple[str, str]] | None = None  # the class's page and the teacher's, where served
    report: Callable[..., str] | None = None  # likewise: bot/pages/report/build.py


class Context(CallbackContext["ExtBot[Any]", dict[Any, Any], dict[Any, Any], Desk]):
    """One update on the desk: who, where, in which language, and how to answer a button once."""

    arrived: Update
    _person: Person | None = None
    _seminar: Seminar | None = None
    _answered = False

    @classmethod
    def from_update(cls, update: object, application: Any) -> "Context":
        """Keep what arrived, so that handlers ask the context and not None-able fields."""
        context = super().from_update(update, application)
        context.arrived = cast("Update", update)
        return context

    @property
    def desk(self) -> Desk:
        """What handlers work with."""
        return self.bot_data

    @property
    def store(self) -> Store:
        """The only way to what is kept."""
        return self.desk.store

    @property
    def now(self) -> datetime:
        """The time by the desk's clock."""
        return self.desk.clock()

    @property
    def query(self) -> CallbackQuery | None:
        """The press of a button, or None."""
        return self.arrived.callback_query

    @property
    def message(self) -> Message:
        """The message that was sent, changed, or whose button was pressed.

        Raises:
            Refusal: a button of a message so old that Telegram no longer shows it to us.
        """
        found = self.query.message if self.query else self.arrived.message or self.arrived.edited_message
        if not isinstance(found, Message):
            raise Refusal("toast.stale")
        return found

    @property
    def user(self) -> User:
        """The Telegram user who acts."""
        return cast("User", self.arrived.effective_user)

    @property
    def chat(self) -> Chat | None:
        """The chat; None when a button was pressed on a message posted through inline mode."""
        return self.arrived.effective_chat

    @property
    def private(self) -> bool:
        """Whether only the person and the bot are here."""
        return self.chat is None or self.chat.type == "private"

    @property
    def thread_id(self) -> int:
        """The forum topic, 0 outside topics: plain replies carry a thread id too, which must not be used."""
        found = self.query.message if self.query else self.arrived.message
        if isinstance(found, Message) and found.is_topic_message:
            return found.message_thread_id or 0
        return 0

    @property
    def person(self) -> Person:
        """Who acts, as the store knows them: a chat where an anonymous admin or a channel speaks as one."""
        if self._person is None:
            sender = None if self.query else self.message.sender_chat
            if sender is not None:
                self._person = self.store.people.meet(sender.id, sender.title, sender.username)
            else:
                self._person = self.store.people.meet(self.user.id, self.user.full_name, self.user.username)
        return self._person

    @property
    def seminar(self) -> Seminar | None:
        """The seminar of this group or topic, made at the first need; None in a private chat."""
        chat, settings = self.chat, self.desk.settings
        if self._seminar is None and chat is not None and not self.private:
            if not self.thread_id and not chat.is_forum:
                self.store.seminars.leave_topic(
                    chat.id
                )  # topics were turned off while a round was open in one
            self._seminar = self.store.seminars.bind(
                chat.id,
                self.thread_id,
                title=chat.title or "",
                pack=settings.pack,
                language=settings.language,
            )
        return self._seminar

    @property
    def group_seminar(self) -> Seminar:
        """The seminar of this group.

        Raises:
            Refusal: this is a private chat.
        """
        seminar = self.seminar
        if seminar is None:
            raise Refusal("place.group_only")
        return seminar

    @property
    def language(self) -> str:
        """The seminar's language; in a private chat that of the person's Telegram."""
        if self.seminar is not None:
            return self.seminar.language
        return fitting_language(self.user.language_code, self.desk.settings.language)

    @property
    def reading(self) -> str:
        """The pack this person asks about in private: chosen, or that of all their classes; empty: open."""
        packs = self.desk.library.packs
        chosen = self.store.private_reading.chosen(self.user.id)
        if chosen in packs:
            return chosen
        classes = [slug for slug in self.store.private_reading.of_classes(self.user.id) if slug in packs]
        return classes[0] if len(classes) == 1 else ""

    @property
    def pack(self) -> Pack:
        """The reading of this seminar, or of this person; the house's own when it is gone or open."""
        packs = self.desk.library.packs
        slug = self.seminar.pack if self.seminar else self.reading
        return packs.get(slug) or packs[self.desk.settings.pack]

    def say(self, key: str, **fields: object) -> str:
        """Return a phrase in this place's language, as HTML."""
        return self.desk.speech.say(self.language, key, **fields)

    def plain(self, key: str, **fields: object) -> str:
        """Return a phrase in this place's language, as plain text."""
        return self.desk.speech.plain(self.language, key, **fields)

    def shown(self, text: str) -> str:
        """Return text of a pack in this place's script: packs are written in traditional Chinese."""
        return to_simplified(text) if self.language == "zh-Hans" else text

    def called(self, snippet: Snippet) -> str:
        """Return what a snippet is called in this place's language."""
        return called(snippet, self.language)

    async def toast(self, text: str = "", *, alert: bool = False) -> None:
        """Answer the press of a button; only the first call does, as Telegram takes one answer."""
        if self.query is None or self._answered:
            return
        self._answered = True
        try:
            await self.query.answer(shorten(text, TOAST_LIMIT) or None, show_alert=alert)
        except BadRequest as error:  # after a restart: older than Telegram waits for
            if "query is too old" not in error.message.lower():
                raise


House = Application[ExtBot[Any], Context, dict[Any, Any], dict[Any, Any], Desk, None]
