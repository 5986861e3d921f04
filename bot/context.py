"""The typed context of an update, and the services that handlers work with."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.error import BadRequest
from telegram.ext import Application, CallbackContext, ExtBot

from bot.answering.library import Library
from bot.config import Settings
from bot.pack.model import Pack, Snippet
from bot.pack.topics import title_in
from bot.seminar.records import Person, Seminar
from bot.seminar.summary import Outcome, Picture
from bot.speech import TOAST_LIMIT, Speech, fitting_language, shorten
from bot.text.folding import in_script
from db.exports.job import Job
from db.store import Store

Memory = TypeVar("Memory")


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


class BoardAddresses(NamedTuple):
    """Where a seminar's board is: the page that the class sees, and the teacher's."""

    for_class: str
    for_teacher: str


class DrawPictures(Protocol):
    """Draws what a round came to; bot/pages does, which is above the handlers."""

    def __call__(self, outcome: Outcome, language: str, /) -> list[Picture]:
        """Return pictures, ready to be posted."""


class MakeReport(Protocol):
    """Makes a seminar's report; bot/pages does."""

    def __call__(self, job: Job, library: Library, /) -> str:
        """Return the report as one HTML document."""


class BoardLinks(Protocol):
    """Knows where the boards of this house are served."""

    def __call__(self, seminar_id: int, /) -> BoardAddresses:
        """Return the addresses of a seminar's board."""


@dataclass
class Services:
    """What handlers work with, made once by the composition root (bot/app.py, bot/service.py)."""

    store: Store
    library: Library  # put in its place as a whole when packs or learned wordings change
    speech: Speech
    settings: Settings
    clock: Callable[[], datetime] = utc_now
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    pictures: DrawPictures | None = None
    report: MakeReport | None = None
    board: BoardLinks | None = None  # None: no web server is asked for
    library_lock: asyncio.Lock = field(default_factory=asyncio.Lock)  # one change of the library at a time
    _memories: dict[type, object] = field(default_factory=dict)

    def memory(self, kind: type[Memory]) -> Memory:
        """Return what a room remembers: an object of a class of its own, empty after every start.

        A memory is only there to be quick or quiet; that a restart loses it must do no harm.
        """
        if kind not in self._memories:
            self._memories[kind] = kind()
        return cast("Memory", self._memories[kind])


class Localized(ABC):
    """Has a language and a reading, in which everything is said there."""

    services: Services

    @property
    @abstractmethod
    def language(self) -> str:
        """The language that is spoken there."""

    @property
    @abstractmethod
    def pack_slug(self) -> str:
        """The slug of the pack that is read there; empty: none is chosen."""

    @property
    def store(self) -> Store:
        """The only way to what is kept."""
        return self.services.store

    @property
    def now(self) -> datetime:
        """The time by the house's clock."""
        return self.services.clock()

    @property
    def pack(self) -> Pack:
        """The reading; the house's own when it is gone or none is chosen."""
        packs = self.services.library.packs
        return packs.get(self.pack_slug) or packs[self.services.settings.pack]

    def say(self, key: str, **fields: object) -> str:
        """Return a phrase as HTML."""
        return self.services.speech.say(self.language, key, **fields)

    def plain(self, key: str, **fields: object) -> str:
        """Return a phrase as plain text."""
        return self.services.speech.plain(self.language, key, **fields)

    def listed(self, items: Iterable[str]) -> str:
        """Return the items in one line, as that language lists things."""
        return self.plain("list.joint", before="", after="").join(items)

    def shown(self, text: str) -> str:
        """Return text of a pack in the script that is read there; packs are in traditional Chinese."""
        return in_script(text, self.language)

    def called(self, snippet: Snippet) -> str:
        """Return what a snippet is called there."""
        return title_in(snippet, self.language)


class Context(CallbackContext["ExtBot[Any]", dict[Any, Any], dict[Any, Any], Services], Localized):
    """One update: who, where, in which language, and how to answer a button once."""

    arrived: Update
    _person: Person | None = None
    _seminar: Seminar | None = None
    _answered = False

    @classmethod
    def from_update(cls, update: object, application: Any) -> "Context":
        """Keep what arrived, so that handlers ask the context and not None-able fields."""
        context = super().from_update(update, application)
        context.services = application.bot_data
        context.arrived = cast("Update", update)
        return context

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
        chat, settings = self.chat, self.services.settings
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
        return fitting_language(self.user.language_code, self.services.settings.language)

    @property
    def pack_slug(self) -> str:
        """The seminar's pack; in private the one that is chosen, or that of all this person's classes."""
        return self.seminar.pack if self.seminar else self._private_pack

    @property
    def _private_pack(self) -> str:
        packs = self.services.library.packs
        chosen = self.store.private_reading.chosen(self.user.id)
        if chosen in packs:
            return chosen
        classes = [slug for slug in self.store.private_reading.of_classes(self.user.id) if slug in packs]
        return classes[0] if len(classes) == 1 else ""

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


House = Application[ExtBot[Any], Context, dict[Any, Any], dict[Any, Any], Services, None]
