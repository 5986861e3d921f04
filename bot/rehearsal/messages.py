"""What people do with messages: say, reply, edit, delete, forward, pin, press, send files."""

from typing import Any

from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    MessageEntity,
    MessageOrigin,
    MessageOriginChat,
    MessageOriginUser,
)

from bot.rehearsal.chats import Room
from bot.rehearsal.entities import find_entities, trim
from bot.rehearsal.events import Pressing
from bot.rehearsal.links import deep_link
from bot.rehearsal.people import Person
from bot.rehearsal.posts import Post, Version, find_button
from bot.rehearsal.reactions import Reacting
from bot.rehearsal.stage import Where, Who
from bot.rehearsal.topics import Topics


class Speaking(Reacting, Topics):
    """Acts of people with messages. Each puts the update that Telegram would send into `updates`."""

    def says(  # noqa: PLR0913 - each is a way in which a message can be sent, all but two by keyword
        self,
        who: Who,
        text: str,
        *,
        chat: Where | None = None,
        reply_to: Post | int | None = None,
        thread: int | None = None,
        anonymous: bool | None = None,
        entities: tuple[MessageEntity, ...] | None = None,
        extra: dict[str, Any] | None = None,
    ) -> Post:
        """Let somebody write into a chat (without one: the group); entities not given are found.

        An `anonymous` admin shows as the group; without a word on it, as their rights there have it.

        Raises:
            PermissionError: when they are not in that chat, not an admin who could be anonymous, or the topic
                is closed.
        """
        person, room = self.person(who), self.room(chat)
        target = room.post(reply_to) if isinstance(reply_to, int) else reply_to
        place = self.threading(room, target, thread)
        self._may_write(person, room, anonymous=bool(anonymous), thread=place.get("thread_id"))
        sender, shown = self.shown(room, person.user, anonymous=anonymous)
        post = self.place(
            room,
            sender,
            text,
            author=person.user,
            entities=entities,
            extra={**(extra or {}), **shown},
            **place,
        )
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

    def sends_document(self, who: Who, name: str, data: bytes, caption: str = "", **more: Any) -> Post:
        """Let somebody send a file."""
        extra = {"document": self.files.keep("document", name, data).as_document()}
        return self.says(who, caption, extra=extra, **more)

    def sends_photo(self, who: Who, data: bytes, caption: str = "", **more: Any) -> Post:
        """Let somebody send a picture."""
        extra = {"photo": self.files.keep("photo", "photo.jpg", data).as_photo()}
        return self.says(who, caption, extra=extra, **more)

    def sends_voice(self, who: Who, data: bytes, caption: str = "", **more: Any) -> Post:
        """Let somebody send a voice message."""
        extra = {"voice": self.files.keep("voice", "voice.ogg", data).as_voice()}
        return self.says(who, caption, extra=extra, **more)

    def sends_sticker(self, who: Who, data: bytes, **more: Any) -> Post:
        """Let somebody send a sticker, which has no caption."""
        extra = {"sticker": self.files.keep("sticker", "sticker.webp", data).as_sticker()}
        return self.says(who, "", extra=extra, **more)

    def forwards(self, who: Who, post: Post, *, chat: Where | None = None, thread: int | None = None) -> Post:
        """Let somebody forward a message into another chat, or the same; it goes without its buttons."""
        kept = {key: value for key, value in post.extra.items() if key != "sender_chat"}
        origin = kept.get("forward_origin") or self._origin(post)
        kept["forward_origin"] = origin
        return self.says(who, post.text, chat=chat, thread=thread, entities=post.entities, extra=kept)

    def pins(self, who: Who, post: Post, *, pinned: bool = True) -> None:
        """Let an admin pin a message, which leaves a note in the chat, or take the pin off.

        Raises:
            PermissionError: when they are no admin.
        """
        person, room = self.person(who), post.room
        self._may_touch(person, post)
        member = room.membership(person.user)
        if not (room.is_private or (member.is_admin and member.can_pin)):
            raise PermissionError(f"{person} may not pin messages in {room.name}")
        self.pin(post, pinned=pinned)
        if pinned:
            place = {"thread_id": post.thread_id, "in_topic": True} if post.in_topic else {}
            self.note(room, person.user, pinned_message=post.message(nested=True), **place)

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

    def _may_write(self, person: Person, room: Room, *, anonymous: bool, thread: int | None) -> None:
        if room.is_private:
            allowed = room.id == person.id
            room.started = room.started or allowed
        else:
            member = room.membership(person.user)
            allowed = member.is_admin if anonymous else member.present
            allowed = allowed and not self.is_shut(room, person.user, thread)
        if not allowed:
            raise PermissionError(f"{person} may not write like this in {room.name}")

    def _origin(self, post: Post) -> MessageOrigin:
        if chat := post.extra.get("sender_chat"):
            return MessageOriginChat(post.at, chat)
        return MessageOriginUser(post.at, post.sender)

    def _query(self, pressing: Pressing) -> CallbackQuery:
        return CallbackQuery(
            pressing.id,
            pressing.user,
            str(pressing.post.room.id),
            message=pressing.post.message(),
            data=pressing.data,
        )
