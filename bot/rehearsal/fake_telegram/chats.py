"""People, chats and messages of the rehearsal, with every version; PTB's objects are made from them."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from telegram import (
    Chat,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberOwner,
    Document,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    PhotoSize,
    User,
)

# Telegram colours the initials of people without a picture by their id, with these seven.
COLOURS = ("#e17076", "#faa774", "#a695e7", "#7bc862", "#6ec9cb", "#65aadd", "#ee7aae")
# Ids above 32 bits, as Telegram gives them today: what stores them in less is found out here.
FIRST_PERSON = 6_400_000_001
ANONYMOUS = User(1087968824, "Group", is_bot=True, username="GroupAnonymousBot")
CHANNEL = User(136817688, "Channel", is_bot=True, username="Channel_Bot")
TELEGRAM = User(777000, "Telegram", is_bot=False)
FOREVER = datetime.fromtimestamp(0, tz=UTC)
PRESENT = frozenset({"creator", "administrator", "member"})
ADMINS = frozenset({"creator", "administrator"})


@dataclass(frozen=True, eq=False)
class TelegramPerson:
    """Somebody who takes part: `user` is how Telegram shows them."""

    user: User

    @property
    def id(self) -> int:
        """Their Telegram id, which is also the id of their private chat with the bot."""
        return self.user.id

    @property
    def name(self) -> str:
        """The name that others see."""
        return self.user.full_name

    @property
    def colour(self) -> str:
        """The colour of their initials."""
        return COLOURS[self.id % len(COLOURS)]

    def __str__(self) -> str:
        return self.name


def make_person(
    user_id: int, name: str, username: str | None = None, language: str = "zh-hant"
) -> TelegramPerson:
    """Return a person; Telegram leaves out what is not set, and so does this."""
    return TelegramPerson(
        User(user_id, name, is_bot=False, username=username or None, language_code=language)
    )


def make_bot(token: str, username: str, name: str) -> User:
    """Return the bot as others see it; its id is the number before the colon of its token."""
    return User(int(token.partition(":")[0]), name, is_bot=True, username=username)


def describe_bot(bot: User, *, reads_all: bool) -> User:
    """Return the bot as getMe describes it."""
    return User(
        bot.id,
        bot.first_name,
        is_bot=True,
        username=bot.username,
        can_join_groups=True,
        can_read_all_group_messages=reads_all,
        supports_inline_queries=False,
        can_connect_to_business=False,
        has_main_web_app=False,
    )


@dataclass(frozen=True)
class Membership:
    """What somebody is in a chat, and the rights that matter here."""

    user: User
    status: str = "member"  # creator, administrator, member, left, kicked
    is_anonymous: bool = False
    can_pin: bool = True
    can_delete: bool = True
    can_manage_topics: bool = True
    reads_all: bool = False  # of the bot: whether privacy mode was off when it was added

    @property
    def present(self) -> bool:
        """Whether they are in the chat."""
        return self.status in PRESENT

    @property
    def is_admin(self) -> bool:
        """Whether they are owner or administrator."""
        return self.status in ADMINS

    def as_member(self) -> ChatMember:
        """Return PTB's object for it."""
        if self.status == "creator":
            return ChatMemberOwner(self.user, is_anonymous=self.is_anonymous)
        if self.status == "administrator":
            return self._administrator()
        if self.status == "kicked":
            return ChatMemberBanned(self.user, until_date=FOREVER)
        return ChatMemberMember(self.user) if self.status == "member" else ChatMemberLeft(self.user)

    def _administrator(self) -> ChatMemberAdministrator:
        return ChatMemberAdministrator(
            self.user,
            can_be_edited=False,
            is_anonymous=self.is_anonymous,
            can_manage_chat=True,
            can_delete_messages=self.can_delete,
            can_manage_video_chats=False,
            can_restrict_members=False,
            can_promote_members=False,
            can_change_info=True,
            can_invite_users=True,
            can_post_stories=False,
            can_edit_stories=False,
            can_delete_stories=False,
            can_pin_messages=self.can_pin,
            can_manage_topics=self.can_manage_topics,
        )


@dataclass
class Topic:
    """A forum topic; its id is that of the service message that opened it."""

    id: int
    name: str
    by: int = 0  # who opened it may write in it even when it is closed
    closed: bool = False


@dataclass(eq=False)
class Room:
    """One chat with its messages. `type` is private, group or supergroup."""

    id: int
    type: str
    title: str = ""
    user: User | None = None  # the person of a private chat
    is_forum: bool = False
    username: str | None = None
    started: bool = False  # private: whether the bot may write first
    blocked: bool = False  # private: whether the person stopped the bot
    migrated_to: int | None = None
    members: dict[int, Membership] = field(default_factory=dict)
    posts: dict[int, "Post"] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    last_id: int = 0

    def __repr__(self) -> str:
        return f"<{self.type} {self.id} {self.name!r}>"

    @property
    def is_private(self) -> bool:
        """Whether it is a private chat with the bot."""
        return self.type == "private"

    @property
    def name(self) -> str:
        """The title of a group, the name of the person of a private chat."""
        return self.user.full_name if self.user else self.title

    def chat(self) -> Chat:
        """Return PTB's short description of the chat."""
        if self.user:
            return Chat(self.id, self.type, first_name=self.user.first_name, username=self.user.username)
        return Chat(
            self.id, self.type, title=self.title, username=self.username, is_forum=self.is_forum or None
        )

    def membership(self, user: User) -> Membership:
        """Return what `user` is here; somebody unknown has left."""
        return self.members.get(user.id, Membership(user, "left"))

    def set_member(self, membership: Membership) -> None:
        """Write down what somebody is here now."""
        self.members[membership.user.id] = membership

    def change(self, user: User, **changes: object) -> tuple[Membership, Membership]:
        """Change what somebody is here; return it before and after."""
        old = self.membership(user)
        new = replace(old, **changes)  # type: ignore[arg-type] # the callers name fields of Membership
        self.members[user.id] = new
        return old, new

    def post(self, message_id: int) -> "Post | None":
        """Return a message that still exists."""
        post = self.posts.get(message_id)
        return None if post is None or post.deleted else post

    def all_posts(self) -> "list[Post]":
        """Return the messages that still exist, in order."""
        return [post for _, post in sorted(self.posts.items()) if not post.deleted]


@dataclass(frozen=True)
class Version:
    """What a message said, from `at` on."""

    text: str
    entities: tuple[MessageEntity, ...]
    at: datetime


@dataclass(eq=False)
class Post:
    """One message. `extra` holds further arguments of PTB's Message: a document, a poll, a service note."""

    id: int
    room: Room
    sender: User
    at: datetime
    versions: list[Version]
    reply_to: "Post | None" = None
    thread_id: int | None = None
    in_topic: bool = False
    keyboard: InlineKeyboardMarkup | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    author: User | None = None  # who really wrote it, where Telegram hides that
    reactions: dict[int, tuple[str, ...]] = field(default_factory=dict)
    deleted: bool = False

    def __repr__(self) -> str:
        return f"<message {self.id} in {self.room.name} by {self.sender.full_name}: {self.text[:60]!r}>"

    @property
    def text(self) -> str:
        """The latest text or caption; empty where there is none."""
        return self.versions[-1].text if self.versions else ""

    @property
    def entities(self) -> tuple[MessageEntity, ...]:
        """The entities of the latest text or caption."""
        return self.versions[-1].entities if self.versions else ()

    @property
    def has_media(self) -> bool:
        """Whether its text is a caption."""
        return any(kind in self.extra for kind in ("document", "photo", "voice", "sticker"))

    @property
    def document(self) -> Document | None:
        """The document that it carries."""
        return self.extra.get("document")

    @property
    def photo(self) -> tuple[PhotoSize, ...]:
        """The picture that it carries, in its sizes."""
        photo: tuple[PhotoSize, ...] = self.extra.get("photo", ())
        return photo

    @property
    def is_service(self) -> bool:
        """Whether it is a note of Telegram's own, such as that somebody joined."""
        return not self.versions and not self.has_media and "poll" not in self.extra

    @property
    def buttons(self) -> list[list[InlineKeyboardButton]]:
        """The rows of its inline keyboard."""
        return [list(row) for row in self.keyboard.inline_keyboard] if self.keyboard else []

    def message(self, *, nested: bool = False) -> Message:
        """Return PTB's message as it is now; a `nested` one does not show what it replies to."""
        return Message(
            self.id,
            self.at,
            self.room.chat(),
            from_user=self.sender,
            edit_date=self.versions[-1].at if len(self.versions) > 1 else None,
            reply_to_message=self._reply(nested=nested),
            message_thread_id=self.thread_id,
            is_topic_message=self.in_topic or None,
            reply_markup=self.keyboard,
            **self._words(),
            **self.extra,
        )

    def _reply(self, *, nested: bool) -> Message | None:
        target = None if nested or self.reply_to is None or self.reply_to.deleted else self.reply_to
        return target.message(nested=True) if target else None

    def _words(self) -> dict[str, Any]:
        if not self.text:
            return {}
        if self.has_media:
            return {"caption": self.text, "caption_entities": self.entities}
        return {"text": self.text, "entities": self.entities}

    def as_dict(self) -> dict[str, Any]:
        """Return the message as the Bot API would, and what only the rehearsal knows under `rehearsal`."""
        reactions = {str(person): list(emoji) for person, emoji in self.reactions.items()}
        return self.message().to_dict() | {
            "rehearsal": {
                "versions": [{"text": v.text, "at": v.at.isoformat()} for v in self.versions],
                "reply_to": self.reply_to.id if self.reply_to else None,
                "author_id": (self.author or self.sender).id,
                "reactions": reactions,
                "deleted": self.deleted,
                "pinned": self.id in self.room.pinned,
            }
        }


def find_button(post: Post, button: str) -> InlineKeyboardButton:
    """Return the button with that label or data; a label may be given in part when only one fits.

    Raises:
        LookupError: when none fits, or several; it names those that are there.
    """
    buttons = [each for row in post.buttons for each in row]
    exact = [each for each in buttons if button in {each.text, each.callback_data}]
    partly = [each for each in buttons if button in each.text]
    if exact or len(partly) == 1:
        return (exact or partly)[0]
    raise LookupError(f"no single button {button!r} among {[each.text for each in buttons]}")
