"""What people do with chats: join, leave, become admins, add or remove the bot, open topics, migrate."""

from typing import Any

from telegram import (
    Chat,
    ChatMemberUpdated,
    ForumTopicClosed,
    ForumTopicCreated,
    MessageOriginChannel,
    User,
)

from bot.rehearsal.chats import Membership, Room, Topic
from bot.rehearsal.people import TELEGRAM
from bot.rehearsal.posts import Post
from bot.rehearsal.stage import Stage, Where, Who


class Belonging(Stage):
    """Acts of people with chats. Each puts the updates that Telegram would send into `updates`."""

    def joins(self, who: Who, *, chat: Where | None = None) -> Post:
        """Let somebody join a group."""
        person, room = self.person(who), self.room(chat)
        self._becomes(room, person.user, by=person.user, status="member")
        return self._note(room, person.user, new_chat_members=(person.user,))

    def leaves(self, who: Who, *, chat: Where | None = None) -> Post:
        """Let somebody leave a group."""
        person, room = self.person(who), self.room(chat)
        self._becomes(room, person.user, by=person.user, status="left")
        return self._note(room, person.user, left_chat_member=person.user)

    def promotes(self, by: Who, who: Who, *, chat: Where | None = None, anonymous: bool = False) -> None:
        """Let somebody make somebody an admin."""
        self._becomes(
            self.room(chat),
            self.person(who).user,
            by=self.person(by).user,
            status="administrator",
            is_anonymous=anonymous,
        )

    def demotes(self, by: Who, who: Who, *, chat: Where | None = None) -> None:
        """Let somebody make an admin a member again."""
        self._becomes(self.room(chat), self.person(who).user, by=self.person(by).user, status="member")

    def adds_bot(self, by: Who, *, chat: Where | None = None, admin: bool = False) -> Post:
        """Let somebody add the bot to a group; `privacy_mode` takes hold there as it is at this moment."""
        person, room = self.person(by), self.room(chat)
        status = "administrator" if admin else "member"
        self._becomes(room, self.bot, by=person.user, status=status, reads_all=not self.privacy_mode)
        return self._note(room, person.user, new_chat_members=(self.bot,))

    def promotes_bot(self, by: Who, *, chat: Where | None = None, can_pin: bool = True) -> None:
        """Let somebody make the bot an admin."""
        self._becomes(
            self.room(chat), self.bot, by=self.person(by).user, status="administrator", can_pin=can_pin
        )

    def demotes_bot(self, by: Who, *, chat: Where | None = None) -> None:
        """Let somebody make the bot a plain member again."""
        self._becomes(self.room(chat), self.bot, by=self.person(by).user, status="member")

    def removes_bot(self, by: Who, *, chat: Where | None = None) -> None:
        """Let somebody throw the bot out of a group."""
        self._becomes(self.room(chat), self.bot, by=self.person(by).user, status="kicked")

    def blocks_bot(self, who: Who, *, blocked: bool = True) -> None:
        """Let somebody stop the bot in their private chat, or take it back."""
        person, room = self.person(who), self.private(who)
        room.blocked = blocked
        status = ("member", "kicked") if blocked else ("kicked", "member")
        old, new = (Membership(self.bot, each) for each in status)
        self.deliver("my_chat_member", self._change(room, person.user, old, new))

    def opens_topic(self, who: Who, name: str, *, chat: Where | None = None) -> Topic:
        """Let somebody open a topic in a forum.

        Raises:
            PermissionError: when the chat has no topics.
        """
        return self.new_topic(self.room(chat), self.person(who).user, name)

    def new_topic(self, room: Room, by: User, name: str) -> Topic:
        """Open a topic; its id is that of the note that says so."""
        if not room.is_forum:
            raise PermissionError(f"{room.name} has no topics")
        topic = Topic(room.last_id + 1, name)
        room.topics[topic.id] = topic
        created = ForumTopicCreated(name, icon_color=0x6FB9F0)
        self._note(room, by, in_topic=True, thread_id=topic.id, forum_topic_created=created)
        return topic

    def closes_topic(self, who: Who, topic: Topic, *, chat: Where | None = None) -> None:
        """Let somebody close a topic."""
        topic.closed = True
        self._note(
            self.room(chat),
            self.person(who).user,
            in_topic=True,
            thread_id=topic.id,
            forum_topic_closed=ForumTopicClosed(),
        )

    def becomes_forum(self, *, chat: Where | None = None, forum: bool = True) -> None:
        """Turn topics on or off in a supergroup."""
        room = self.room(chat)
        room.is_forum = forum
        self.tell("chat", room.id, title=room.title, type=room.type, is_forum=forum)

    def posts_from_channel(
        self, text: str, channel: str = "讀書會頻道", *, chat: Where | None = None
    ) -> Post:
        """Let the linked channel post something, which Telegram forwards into the group by itself."""
        room = self.room(chat)
        origin = Chat(-1_001_900_000_001, "channel", title=channel)
        extra = {
            "sender_chat": origin,
            "is_automatic_forward": True,
            "forward_origin": MessageOriginChannel(self.now(), origin, message_id=len(room.posts) + 1),
        }
        post = self.place(room, TELEGRAM, text, extra=extra)
        if self.hears(post):
            self.deliver("message", post.message())
        return post

    def migrates(self, group: Room, *, by: Who | None = None) -> Room:
        """Turn a group into a supergroup: it gets a new id, and old messages stay behind under the old."""
        actor = self.person(by).user if by else TELEGRAM
        room = Room(next(self._numbers["supergroup"]), "supergroup", title=group.title)
        room.members = dict(group.members)
        self.rooms[room.id] = room
        group.migrated_to = room.id
        if self.group is group:
            self.group = room
        self._note(group, actor, migrate_to_chat_id=room.id)
        self._note(room, actor, migrate_from_chat_id=group.id)
        self.tell("migrated", group.id, to=room.id)
        return room

    def _becomes(self, room: Room, user: User, *, by: User, **changes: object) -> None:
        old, new = room.change(user, **changes)
        self.tell("member", room.id, user_id=user.id, name=user.full_name, status=new.status)
        if user.id == self.bot.id:
            self.deliver("my_chat_member", self._change(room, by, old, new))
        elif room.membership(self.bot).is_admin:
            self.deliver("chat_member", self._change(room, by, old, new))

    def _change(self, room: Room, by: User, old: Membership, new: Membership) -> ChatMemberUpdated:
        return ChatMemberUpdated(room.chat(), by, self.now(), old.as_member(), new.as_member())

    def _note(
        self, room: Room, by: User, *, in_topic: bool = False, thread_id: int | None = None, **extra: Any
    ) -> Post:
        post = self.place(room, by, in_topic=in_topic, thread_id=thread_id, extra=extra)
        if self.hears(post):
            self.deliver("message", post.message())
        return post
