"""Chats: private ones with the bot, groups, supergroups with and without topics, and who belongs to them."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from telegram import (
    Chat,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberOwner,
    User,
)

if TYPE_CHECKING:
    from bot.rehearsal.posts import Post


FOREVER = datetime.fromtimestamp(0, tz=UTC)
PRESENT = frozenset({"creator", "administrator", "member"})
ADMINS = frozenset({"creator", "administrator"})


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
    posts: "dict[int, Post]" = field(default_factory=dict)
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
