"""What people do with messages: say, reply, edit, delete, press, vote, react, send pictures and documents."""

from typing import Any

from telegram import CallbackQuery, InlineKeyboardButton, PollAnswer, ReactionTypeEmoji, User

from bot.rehearsal.chats import Room
from bot.rehearsal.entities import find_entities, trim
from bot.rehearsal.happenings import Pressing
from bot.rehearsal.links import deep_link
from bot.rehearsal.people import ANONYMOUS, Person
from bot.rehearsal.posts import Post, Version, find_button
from bot.rehearsal.stage import Stage, Where, Who


class Speaking(Stage):
    """Acts of people with messages. Each puts the update that Telegram would send into `updates`."""

    def says(  # noqa: PLR0913 - each is a way in which a message can be sent, all but two by keyword
        self,
        who: Who,
        text: str,
        *,
        chat: Where | None = None,
        reply_to: Post | int | None = None,
        thread: int | None = None,
        anonymous: bool = False,
        extra: dict[str, Any] | None = None,
    ) -> Post:
        """Let somebody write into a chat (without one: the group). An `anonymous` admin shows as the group.

        Raises:
            PermissionError: when they are not in that chat, or not an admin who could be anonymous.
        """
        person, room = self.person(who), self.room(chat)
        self._may_write(person, room, anonymous=anonymous)
        more: dict[str, Any] = {"author": person.user, "extra": dict(extra or {})}
        if anonymous:
            more["extra"]["sender_chat"] = room.chat()
        target = room.post(reply_to) if isinstance(reply_to, int) else reply_to
        more |= self.threading(room, target, thread)
        post = self.place(room, ANONYMOUS if anonymous else person.user, text, **more)
        if self.hears(post):
            self.deliver("message", post.message())
        return post

    def replies(self, who: Who, to: Post, text: str, **more: Any) -> Post:
        """Let somebody reply to a message, in its chat."""
        return self.says(who, text, chat=to.room, reply_to=to, **more)

    def starts_bot(self, who: Who, payload: str = "") -> Post:
        """Let somebody start the bot in their private chat, by a deep link with that payload."""
        room = self.private(who)
        room.started, room.blocked = True, False
        return self.says(who, f"/start {payload}".strip(), chat=room)

    def edits(self, who: Who, post: Post, text: str) -> Post:
        """Let somebody change what they wrote.

        Raises:
            PermissionError: when it is not theirs.
        """
        if (post.author or post.sender).id != self.person(who).id:
            raise PermissionError(f"{who} did not write message {post.id}")
        kept, _ = trim(text, ())
        post.versions.append(Version(kept, find_entities(kept), self.now()))
        self.tell_of("edited", post)
        if self.hears(post):
            self.deliver("edited_message", post.message())
        return post

    def deletes(self, who: Who, post: Post) -> None:
        """Let somebody delete a message of theirs, or an admin any. Bots never learn of it.

        Raises:
            PermissionError: when they may not.
        """
        person = self.person(who)
        owner = (post.author or post.sender).id == person.id
        if not (owner or post.room.is_private or post.room.membership(person.user).is_admin):
            raise PermissionError(f"{person} may not delete message {post.id}")
        self.remove(post)

    def remove(self, post: Post) -> None:
        """Take a message away."""
        post.deleted = True
        if post.id in post.room.pinned:
            post.room.pinned.remove(post.id)
        self.tell("deleted", post.room.id, message_id=post.id)

    def sends_document(self, who: Who, name: str, data: bytes, caption: str = "", **more: Any) -> Post:
        """Let somebody send a file."""
        extra = {"document": self.files.keep("document", name, data).as_document()}
        return self.says(who, caption, extra=extra, **more)

    def sends_photo(self, who: Who, data: bytes, caption: str = "", **more: Any) -> Post:
        """Let somebody send a picture."""
        extra = {"photo": self.files.keep("photo", "photo.jpg", data).as_photo()}
        return self.says(who, caption, extra=extra, **more)

    def presses(self, who: Who, post: Post, button: str, *, forged: bool = False) -> Pressing | Post | None:
        """Let somebody press a button, named by its label or its data.

        A forged press carries any data, as a tampered client can. Returns the pressing; for a deep link to
        the bot, the /start that follows; None for any other address.

        Raises:
            LookupError: when the message has no such button.
            PermissionError: when they are not in that chat.
        """
        person = self.person(who)
        self._may_touch(person, post)
        found = InlineKeyboardButton("", callback_data=button) if forged else find_button(post, button)
        if found.url:
            payload = deep_link(found.url, str(self.bot.username))
            return None if payload is None else self.starts_bot(person, payload)
        pressing = Pressing(
            str(next(self._numbers["press"])), person.user, post, str(found.callback_data), self.now()
        )
        self.pressings[pressing.id] = pressing
        self.deliver("callback_query", self._query(pressing))
        return pressing

    def votes(self, who: Who, post: Post, *options: int) -> None:
        """Let somebody vote in the poll of a message; without options they take their vote back.

        Raises:
            PermissionError: when the poll is closed, or they are not in that chat.
        """
        person, ballot = self.person(who), self.ballots[post.extra["poll"].id]
        self._may_touch(person, post)
        if ballot.is_closed:
            raise PermissionError("the poll is closed")
        ballot.votes[person.id] = options
        post.extra["poll"] = ballot.poll()
        self.tell_of("poll", post)
        self.deliver("poll", post.extra["poll"])
        if not ballot.is_anonymous:
            answer = PollAnswer(user=person.user, **ballot.answer(options))
            # PTB leaves out empty lists, Telegram does not: a vote taken back has none.
            self.deliver("poll_answer", answer.to_dict() | ballot.answer(options))

    def reacts(self, who: Who, post: Post, *emoji: str) -> None:
        """Let somebody react to a message, or take it back (no emoji). Only an admin bot learns of it."""
        person = self.person(who)
        self._may_touch(person, post)
        old, new = post.reactions.get(person.id, ()), tuple(emoji)
        post.reactions[person.id] = new
        self.tell_of("reaction", post)
        if not post.room.membership(self.bot).is_admin and not post.room.is_private:
            return
        self.deliver("message_reaction", self._reaction(post, person.user, old, new))

    def threading(self, room: Room, target: Post | None, thread: int | None) -> dict[str, Any]:
        """Return the fields that put a message into its thread.

        In a topic everything replies, if to nothing else then to the note that opened the topic. In a
        supergroup without topics a reply carries the id of its thread's first message, and is not in a topic.
        """
        if room.is_forum:
            topic = thread or (target.thread_id if target and target.in_topic else None)
            if topic in room.topics:
                return {"reply_to": target or room.post(topic), "thread_id": topic, "in_topic": True}
            return {"reply_to": target}
        if target is None or room.type != "supergroup":
            return {"reply_to": target}
        return {"reply_to": target, "thread_id": target.thread_id or target.id}

    def _may_write(self, person: Person, room: Room, *, anonymous: bool) -> None:
        if room.is_private:
            allowed = room.id == person.id
            room.started = room.started or allowed
        else:
            member = room.membership(person.user)
            allowed = member.is_admin if anonymous else member.present
        if not allowed:
            raise PermissionError(f"{person} may not write like this in {room.name}")

    def _may_touch(self, person: Person, post: Post) -> None:
        room = post.room
        inside = room.id == person.id if room.is_private else room.membership(person.user).present
        if not inside or post.deleted:
            raise PermissionError(f"{person} does not see message {post.id} in {room.name}")

    def _query(self, pressing: Pressing) -> CallbackQuery:
        return CallbackQuery(
            pressing.id,
            pressing.user,
            str(pressing.post.room.id),
            message=pressing.post.message(),
            data=pressing.data,
        )

    def _reaction(self, post: Post, user: User, old: tuple[str, ...], new: tuple[str, ...]) -> dict[str, Any]:
        # Written out, because PTB would leave out the empty list of a reaction that is new or taken back.
        return {
            "chat": post.room.chat().to_dict(),
            "message_id": post.id,
            "user": user.to_dict(),
            "date": int(self.now().timestamp()),
            "old_reaction": [ReactionTypeEmoji(emoji).to_dict() for emoji in old],
            "new_reaction": [ReactionTypeEmoji(emoji).to_dict() for emoji in new],
        }
