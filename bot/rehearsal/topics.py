"""Forum topics: what people do with them, and how messages hang together in topics and threads of replies."""

from typing import Any

from telegram import ForumTopicClosed, ForumTopicCreated, ForumTopicReopened, User

from bot.rehearsal.chats import Room, Topic
from bot.rehearsal.posts import Post
from bot.rehearsal.stage import Stage, Where, Who

ICON = 0x6FB9F0
GENERAL = 1


class Topics(Stage):
    """Acts of people with topics. Each puts the updates that Telegram would send into `updates`."""

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
