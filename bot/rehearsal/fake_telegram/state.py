"""The state of a rehearsal, what every action in it stands on, and who is told of changes."""

import itertools
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import MessageEntity, TelegramObject, User

from bot.rehearsal.fake_telegram.attachments import Ballot, FileStore
from bot.rehearsal.fake_telegram.chats import (
    ANONYMOUS,
    FIRST_PERSON,
    Membership,
    Post,
    Room,
    TelegramPerson,
    Version,
    describe_bot,
    make_bot,
    make_person,
)
from bot.rehearsal.fake_telegram.faults import Faults
from bot.rehearsal.fake_telegram.markup import cut, find_entities, trim
from bot.rehearsal.fake_telegram.updates import UpdateQueue, Webhook

TOKEN = "700000001:rehearsal-only_this-is-no-real-token"  # noqa: S105 - opens nothing but this local API
FIRST_SUPERGROUP = -1_002_400_000_001
FIRST_GROUP = -400_000_001
Who = TelegramPerson | str | int
Where = Room | int


def _machine() -> datetime:
    return datetime.now(tz=UTC)


class Clock:
    """A callable that returns the time in UTC: the machine's, or with `start` one that stands still there."""

    def __init__(self, start: datetime | None = None) -> None:
        self._base: Callable[[], datetime] = _machine if start is None else lambda: start
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        """Return the time."""
        return self._base() + self._ahead

    def forward(self, by: timedelta) -> datetime:
        """Move on by that much and return the new time."""
        self._ahead += by
        return self()

    @property
    def ahead(self) -> timedelta:
        """How far it has been moved."""
        return self._ahead


@dataclass(frozen=True)
class Change:
    """Something that happened, told to listeners: `data` is fit for JSON."""

    kind: str
    chat_id: int | None
    data: Mapping[str, Any]


@dataclass(frozen=True)
class ApiCall:
    """One call of the Bot API: what was asked (files as their names), what was answered, how long it took."""

    method: str
    parameters: Mapping[str, Any]
    answer: Mapping[str, Any]
    at: datetime
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether it was answered with a result."""
        return bool(self.answer.get("ok"))


@dataclass
class ButtonPress:
    """A pressed button, until the bot answers it; `toast` is what the presser then reads."""

    id: str
    user: User
    post: Post
    data: str
    at: datetime
    answered: bool = False
    toast: str = ""
    alert: bool = False
    url: str = ""


class WorldState:
    """The state of a rehearsal, and the few steps that all actions share."""

    def __init__(  # noqa: PLR0913  each is a way in which a world may differ
        self,
        *,
        clock: Callable[[], datetime] | None = None,
        token: str = TOKEN,
        title: str = "人文溫度讀書會",
        privacy_mode: bool = False,
        bot_is_admin: bool = True,
        language: str = "zh-hant",
    ) -> None:
        """Make a world; `language` is what people's Telegram is set to, and the bot's name is in."""
        self.language = language
        self.clock = clock or Clock()
        self.token = token
        self.bot = make_bot(token, "WenduBot", "Wendu" if language == "en" else "溫度")
        self.privacy_mode = privacy_mode
        self.people: dict[int, TelegramPerson] = {}
        self.rooms: dict[int, Room] = {}
        self.updates = UpdateQueue(self.clock)
        self.webhook = Webhook(self.updates)
        self.files = FileStore()
        self.faults = Faults()
        self.calls: list[ApiCall] = []
        self.button_presses: dict[str, ButtonPress] = {}
        self.typed_queries: dict[str, Any] = {}  # inline queries, see inlining.py
        self.ballots: dict[str, Ballot] = {}
        self.settings: dict[str, Any] = {}  # commands, descriptions: what the bot says about itself
        self._listeners: list[Callable[[Change], None]] = []
        self._numbers = {"private": itertools.count(1), "person": itertools.count(FIRST_PERSON)}
        self._numbers["supergroup"] = itertools.count(FIRST_SUPERGROUP, -1)
        self._numbers["group"] = itertools.count(FIRST_GROUP, -1)
        self._numbers["press"] = itertools.count(4_382_000_000_000_000_001)
        self.group = self.add_group(title, bot_is_admin=bot_is_admin)

    @property
    def me(self) -> User:
        """The bot as getMe describes it."""
        return describe_bot(self.bot, reads_all=not self.privacy_mode)

    # Telling and looking up

    def listen(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call `callback` at every change from now on; return what ends that."""
        self._listeners.append(callback)

        def stop() -> None:
            with suppress(ValueError):
                self._listeners.remove(callback)

        return stop

    def tell(self, kind: str, chat_id: int | None = None, **data: Any) -> None:
        """Tell all listeners of a change."""
        for listener in list(self._listeners):
            listener(Change(kind, chat_id, data))

    def tell_of(self, kind: str, post: Post) -> None:
        """Tell all listeners of a change of a message."""
        if self._listeners:  # writing a message out takes longer than anything else here
            self.tell(kind, post.room.id, message=post.as_dict())

    def now(self) -> datetime:
        """Return the time in whole seconds: Telegram knows no smaller ones."""
        return self.clock().replace(microsecond=0)

    def person(self, who: Who) -> TelegramPerson:
        """Return a person by name, user name or id.

        Raises:
            LookupError: when there is nobody like that.
        """
        if isinstance(who, TelegramPerson):
            return who
        for person in self.people.values():
            if who in {person.id, person.name, person.user.username}:
                return person
        raise LookupError(f"nobody here is called {who!r}")

    def room(self, where: Where | None = None) -> Room:
        """Return a chat by id, or the group that a rehearsal begins with.

        Raises:
            LookupError: when there is no such chat.
        """
        if where is None:
            return self.group
        if isinstance(where, Room):
            return where
        if where not in self.rooms:
            raise LookupError(f"there is no chat {where}")
        return self.rooms[where]

    def private(self, who: Who) -> Room:
        """Return somebody's private chat with the bot, started or not."""
        return self.rooms[self.person(who).id]

    # Making

    def add_person(
        self, name: str, *, username: str | None = None, admin: bool = False, joins: Room | None = None
    ) -> TelegramPerson:
        """Add a person, who is in the group from the start (as its owner or administrator when `admin`)."""
        person = make_person(next(self._numbers["person"]), name, username, self.language)
        self.people[person.id] = person
        self.rooms[person.id] = Room(person.id, "private", user=person.user)
        room = joins or self.group
        owned = any(member.status == "creator" for member in room.members.values())
        status = ("administrator" if owned else "creator") if admin else "member"
        room.set_member(Membership(person.user, status))
        self.tell("person", None, id=person.id, name=person.name, colour=person.colour, status=status)
        return person

    def add_group(
        self, title: str, *, kind: str = "supergroup", forum: bool = False, bot_is_admin: bool = True
    ) -> Room:
        """Add a group ("group" or "supergroup") with the bot in it."""
        room = self.make_room(title, kind=kind, forum=forum)
        status = "administrator" if bot_is_admin else "member"
        room.set_member(Membership(self.bot, status, reads_all=not self.privacy_mode))
        self.tell_of_room(room)
        return room

    def make_room(self, title: str, *, kind: str, forum: bool) -> Room:
        """Return a new group that nobody is in yet."""
        room = Room(next(self._numbers[kind]), kind, title=title, is_forum=forum)
        self.rooms[room.id] = room
        return room

    def tell_of_room(self, room: Room) -> None:
        """Tell all listeners that a group is there, or is another kind of group now."""
        self.tell("chat", room.id, title=room.title, type=room.type, is_forum=room.is_forum)

    def next_message_id(self, room: Room) -> int:
        """Return a new id: a supergroup counts its own messages, all other chats are counted together."""
        if room.type != "supergroup":
            return next(self._numbers["private"])
        room.last_id += 1
        return room.last_id

    def place(self, room: Room, sender: User, text: str = "", **more: Any) -> Post:
        """Put a new message into a chat and tell of it; `more` are fields of Post, entities among them."""
        entities: tuple[MessageEntity, ...] | None = more.pop("entities", None)
        if entities is None:
            text, _ = trim(text, ())
            entities = find_entities(text)
        versions = [Version(text, entities, self.now())] if text else []
        post = Post(self.next_message_id(room), room, sender, self.now(), versions, **more)
        room.posts[post.id] = post
        self.tell_of("message", post)
        return post

    def remove(self, post: Post) -> None:
        """Take a message away."""
        post.deleted = True
        if post.id in post.room.pinned:
            post.room.pinned.remove(post.id)
        self.tell("deleted", post.room.id, message_id=post.id)

    def pin(self, post: Post, *, pinned: bool = True) -> None:
        """Put a message on top of its chat, or take it from there."""
        listed = post.room.pinned
        if post.id in listed:
            listed.remove(post.id)
        if pinned:
            listed.append(post.id)
        self.tell("pinned", post.room.id, message_ids=list(listed))

    def note(self, room: Room, by: User, **more: Any) -> Post:
        """Put a note of Telegram's own into a chat, such as that somebody joined; the bot hears of it too."""
        user, shown = self.shown(room, by)
        fields = {"in_topic": more.pop("in_topic", False), "thread_id": more.pop("thread_id", None)}
        post = self.place(room, user, author=by, extra=shown | more, **fields)
        if self.hears(post):
            self.deliver("message", post.message())
        return post

    def shown(self, room: Room, user: User, *, anonymous: bool | None = None) -> tuple[User, dict[str, Any]]:
        """Return as whom somebody shows in a chat, and what their messages carry for it.

        An admin who is `anonymous` shows as the group; None means as their rights there have it.
        """
        member = room.membership(user)
        hidden = member.is_admin and member.is_anonymous if anonymous is None else anonymous
        return (ANONYMOUS, {"sender_chat": room.chat()}) if hidden else (user, {})

    # What the bot gets to know

    def deliver(self, kind: str, content: TelegramObject | dict[str, Any]) -> dict[str, Any] | None:
        """Queue an update for the bot; return it raw, or None when the bot did not ask for its kind."""
        raw = content.to_dict() if isinstance(content, TelegramObject) else content
        return self.updates.put(kind, raw)

    def hears(self, post: Post) -> bool:
        """Tell whether the bot gets this message, as membership and privacy mode have it."""
        room = post.room
        if room.is_private:
            return room.started and not room.blocked
        bot = room.membership(self.bot)
        if not bot.present:
            return False
        return bot.is_admin or bot.reads_all or post.is_service or self._means_the_bot(post)

    def _means_the_bot(self, post: Post) -> bool:
        if post.reply_to and post.reply_to.sender.id == self.bot.id:
            return True
        address = f"@{self.bot.username}"
        for entity in post.entities:
            words = cut(post.text, entity)
            if entity.type == "mention" and words.lower() == address.lower():
                return True
            if entity.type == "bot_command" and entity.offset == 0:
                return "@" not in words or words.lower().endswith(address.lower())
        return False
