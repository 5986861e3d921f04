"""What people do with chats: join, leave, become admins, add or remove the bot, migrate, open topics."""

from collections.abc import Iterable
from typing import Any

from telegram import (
    Chat,
    ChatMemberUpdated,
    ForumTopicClosed,
    ForumTopicCreated,
    ForumTopicReopened,
    MessageOriginChannel,
    User,
)

from bot.rehearsal.fake_telegram.chats import TELEGRAM, Membership, Post, Room, Topic
from bot.rehearsal.fake_telegram.state import Where, Who, WorldState

ICON = 0x6FB9F0
GENERAL = 1


class GroupActions(WorldState):
    """Actions of people with groups. Each puts the updates that Telegram would send into `updates`."""

    def founds(
        self,
        who: Who,
        title: str,
        *,
        kind: str = "supergroup",
        forum: bool = False,
        members: Iterable[Who] = (),
    ) -> Room:
        """Let somebody make a group with those people in it; the bot is not among them yet.

        Raises:
            LookupError: when somebody is not there.
        """
        founder = self.person(who)
        others = [self.person(member) for member in members]
        room = self.make_room(title, kind=kind, forum=forum)
        for person in (founder, *others):
            room.set_member(Membership(person.user, "creator" if person is founder else "member"))
        self.tell_of_room(room)
        self.note(room, founder.user, **{f"{kind}_chat_created": True})
        return room

    def joins(self, who: Who, *, chat: Where | None = None) -> Post:
        """Let somebody join a group."""
        person, room = self.person(who), self.room(chat)
        self._becomes(room, person.user, by=person.user, status="member")
        return self.note(room, person.user, new_chat_members=(person.user,))

    def leaves(self, who: Who, *, chat: Where | None = None) -> Post:
        """Let somebody leave a group."""
        person, room = self.person(who), self.room(chat)
        self._becomes(room, person.user, by=person.user, status="left")
        return self.note(room, person.user, left_chat_member=person.user)

    def adds(self, by: Who, who: Who, *, chat: Where | None = None) -> Post:
        """Let somebody bring somebody else into a group."""
        person, room, actor = self.person(who), self.room(chat), self.person(by).user
        self._becomes(room, person.user, by=actor, status="member", is_anonymous=False)
        return self.note(room, actor, new_chat_members=(person.user,))

    def removes(self, by: Who, who: Who, *, chat: Where | None = None) -> Post:
        """Let an admin throw somebody out of a group."""
        person, room, actor = self.person(who), self.room(chat), self.person(by).user
        self._becomes(room, person.user, by=actor, status="kicked", is_anonymous=False)
        return self.note(room, actor, left_chat_member=person.user)

    def hides(self, who: Who, *, chat: Where | None = None, anonymous: bool = True) -> None:
        """Let an admin show as the group from now on, or as themselves again."""
        room, user = self.room(chat), self.person(who).user
        self._becomes(room, user, by=user, is_anonymous=anonymous)

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
        room, user = self.room(chat), self.person(who).user
        self._becomes(room, user, by=self.person(by).user, status="member", is_anonymous=False)

    def adds_bot(self, by: Who, *, chat: Where | None = None, admin: bool = False) -> Post:
        """Let somebody add the bot to a group; `privacy_mode` takes hold there as it is at this moment."""
        person, room = self.person(by), self.room(chat)
        status = "administrator" if admin else "member"
        self._becomes(room, self.bot, by=person.user, status=status, reads_all=not self.privacy_mode)
        return self.note(room, person.user, new_chat_members=(self.bot,))

    def promotes_bot(self, by: Who, *, chat: Where | None = None, **rights: bool) -> None:
        """Let somebody make the bot an admin; `rights`: can_pin, can_delete, can_manage_topics (all)."""
        every = {"can_pin": True, "can_delete": True, "can_manage_topics": True}
        actor = self.person(by).user
        self._becomes(self.room(chat), self.bot, by=actor, status="administrator", **every | rights)

    def demotes_bot(self, by: Who, *, chat: Where | None = None) -> None:
        """Let somebody make the bot a plain member again."""
        self._becomes(self.room(chat), self.bot, by=self.person(by).user, status="member")

    def removes_bot(self, by: Who, *, chat: Where | None = None) -> None:
        """Let somebody throw the bot out of a group."""
        room, actor = self.room(chat), self.person(by).user
        self._becomes(room, self.bot, by=actor, status="kicked")
        self.note(room, actor, left_chat_member=self.bot)

    def blocks_bot(self, who: Who, *, blocked: bool = True) -> None:
        """Let somebody stop the bot in their private chat, or take it back."""
        person, room = self.person(who), self.private(who)
        room.blocked = blocked
        status = ("member", "kicked") if blocked else ("kicked", "member")
        old, new = (Membership(self.bot, each) for each in status)
        self.tell("blocked", room.id, blocked=blocked)
        self.deliver("my_chat_member", self._change(room, person.user, old, new))

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
        self.note(group, actor, migrate_to_chat_id=room.id)
        self.note(room, actor, migrate_from_chat_id=group.id)
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

    # Forum topics

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
        room.last_id = max(room.last_id, GENERAL)  # the General topic's number is no other's
        topic = Topic(room.last_id + 1, name, by.id)
        room.topics[topic.id] = topic
        self._tell_of_topics(room)
        self._note_in(room, by, topic, forum_topic_created=ForumTopicCreated(name, icon_color=ICON))
        return topic

    def closes_topic(self, who: Who, topic: Topic, *, chat: Where | None = None, closed: bool = True) -> None:
        """Let somebody close a topic, or open it again."""
        room = self.room(chat)
        topic.closed = closed
        self._tell_of_topics(room)
        note = {"forum_topic_closed": ForumTopicClosed()}
        again = {"forum_topic_reopened": ForumTopicReopened()}
        self._note_in(room, self.person(who).user, topic, **(note if closed else again))

    def deletes_topic(self, topic: Topic, *, chat: Where | None = None) -> None:
        """Take a topic away with all that was said in it. Bots never learn of it."""
        room = self.room(chat)
        del room.topics[topic.id]
        for post in [post for post in room.all_posts() if post.in_topic and post.thread_id == topic.id]:
            self.remove(post)
        self._tell_of_topics(room)

    def becomes_forum(self, *, chat: Where | None = None, forum: bool = True) -> None:
        """Turn topics on or off in a supergroup."""
        room = self.room(chat)
        room.is_forum = forum
        self.tell_of_room(room)

    def threading(self, room: Room, target: Post | None, thread: int | None) -> dict[str, Any]:
        """Return the fields that put a message into its thread.

        In a topic everything replies, if to nothing else then to the note that opened the topic. Elsewhere in
        a supergroup, the General topic included, a reply carries the id of its thread's first message, and is
        not in a topic.
        """
        if room.is_forum:
            topic = thread or (target.thread_id if target and target.in_topic else None)
            if topic in room.topics:
                return {"reply_to": target or room.post(topic), "thread_id": topic, "in_topic": True}
        if target is None or room.type != "supergroup":
            return {"reply_to": target}
        return {"reply_to": target, "thread_id": target.thread_id or target.id}

    def is_shut(self, room: Room, user: User, thread: int | None) -> bool:
        """Tell whether somebody may not write in a topic, because it is closed."""
        topic = room.topics.get(thread or 0)
        member = room.membership(user)
        steers = member.is_admin and member.can_manage_topics
        return topic is not None and topic.closed and not (steers or topic.by == user.id)

    def _note_in(self, room: Room, by: User, topic: Topic, **note: Any) -> None:
        self.note(room, by, in_topic=True, thread_id=topic.id, **note)

    def _tell_of_topics(self, room: Room) -> None:
        self.tell("topics", room.id, topics=[vars(topic) for topic in room.topics.values()])
