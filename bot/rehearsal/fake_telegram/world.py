"""The world of a rehearsal: a class, its chats and the bot among them, without Telegram.

People act (`says`, `replies`, `edits`, `presses`, …); each action puts the update that Telegram would send
into `updates`. The bot acts through the local Bot API (`bot_api/`). Whoever wants to watch calls `listen`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import (
    CallbackQuery,
    ChosenInlineResult,
    InlineKeyboardButton,
    InlineQuery,
    MessageEntity,
    MessageOrigin,
    MessageOriginChat,
    MessageOriginUser,
    PollAnswer,
    ReactionTypeEmoji,
    User,
)

from bot.rehearsal.fake_telegram import rules
from bot.rehearsal.fake_telegram.chats import CHANNEL, Post, Room, TelegramPerson, Version, find_button
from bot.rehearsal.fake_telegram.groups import GroupActions
from bot.rehearsal.fake_telegram.markup import deep_link, find_entities, trim
from bot.rehearsal.fake_telegram.state import ButtonPress, Where, Who


@dataclass(frozen=True)
class InlineResult:
    """A result that the bot offers: what the list shows, and what is posted when it is chosen."""

    id: str
    title: str
    description: str
    text: str
    entities: tuple[Any, ...] = ()


@dataclass
class TypedQuery:
    """An inline query, until it is answered; `offered` is the list that the person then sees."""

    id: str
    user: User
    query: str
    at: datetime
    answered: bool = False
    offered: tuple[InlineResult, ...] = ()
    cache_time: int = 0
    is_personal: bool = False


class World(GroupActions):
    """People, chats, messages and updates; made with one supergroup (`group`) that the bot is in."""

    def posts(self, chat: Where | None = None, *, by_bot: bool = False) -> list[Post]:
        """Return the messages of a chat that still exist, oldest first; with `by_bot` only the bot's."""
        every = self.room(chat).all_posts()
        return [post for post in every if post.sender.id == self.bot.id] if by_bot else every

    # Messages

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

    def presses(
        self, who: Who, post: Post, button: str, *, forged: bool = False
    ) -> ButtonPress | Post | None:
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
        pressing = ButtonPress(
            str(next(self._numbers["press"])), person.user, post, str(found.callback_data), self.now()
        )
        self.button_presses[pressing.id] = pressing
        self.deliver("callback_query", self._query(pressing))
        return pressing

    def _may_write(self, person: TelegramPerson, room: Room, *, anonymous: bool, thread: int | None) -> None:
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

    def _query(self, pressing: ButtonPress) -> CallbackQuery:
        return CallbackQuery(
            pressing.id,
            pressing.user,
            str(pressing.post.room.id),
            message=pressing.post.message(),
            data=pressing.data,
        )

    # Votes and reactions

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
            answer = PollAnswer(**ballot.answer(options), **self._voter(post.room, person.user))
            # PTB leaves out empty lists, Telegram does not: a vote taken back has none.
            self.deliver("poll_answer", answer.to_dict() | ballot.answer(options))

    def reacts(self, who: Who, post: Post, *emoji: str) -> None:
        """Let somebody react to a message, or take it back (no emoji). Only an admin bot learns of it.

        Raises:
            PermissionError: when they are not in that chat.
            ValueError: when Telegram has no such reaction.
        """
        person = self.person(who)
        self._may_touch(person, post)
        if not rules.REACTIONS.issuperset(emoji):
            raise ValueError(f"Telegram has no reaction {emoji}")
        old, new = post.reactions.get(person.id, ()), tuple(emoji)
        post.reactions[person.id] = new
        self.tell_of("reaction", post)
        if not post.room.membership(self.bot).is_admin and not post.room.is_private:
            return
        self.deliver("message_reaction", self._reaction(post, person.user, old, new))

    def _may_touch(self, person: TelegramPerson, post: Post) -> None:
        room = post.room
        inside = room.id == person.id if room.is_private else room.membership(person.user).present
        if not inside or post.deleted:
            raise PermissionError(f"{person} does not see message {post.id} in {room.name}")

    def _voter(self, room: Room, user: User) -> dict[str, Any]:
        _, shown = self.shown(room, user)
        return {"user": CHANNEL, "voter_chat": shown["sender_chat"]} if shown else {"user": user}

    def _reaction(self, post: Post, user: User, old: tuple[str, ...], new: tuple[str, ...]) -> dict[str, Any]:
        # Written out, because PTB would leave out the empty list of a reaction that is new or taken back.
        _, shown = self.shown(post.room, user)
        hidden = shown.get("sender_chat")
        actor = {"actor_chat": hidden.to_dict()} if hidden else {"user": user.to_dict()}
        return {
            "chat": post.room.chat().to_dict(),
            "message_id": post.id,
            **actor,
            "date": int(self.now().timestamp()),
            "old_reaction": [ReactionTypeEmoji(emoji).to_dict() for emoji in old],
            "new_reaction": [ReactionTypeEmoji(emoji).to_dict() for emoji in new],
        }

    # Inline mode

    def types_inline(self, who: Who, query: str, *, chat_type: str = "supergroup") -> TypedQuery:
        """Let somebody type behind the bot's name, in any chat: the bot learns its kind, not which it is."""
        person = self.person(who)
        typing = TypedQuery(str(next(self._numbers["press"])), person.user, query, self.now())
        self.typed_queries[typing.id] = typing
        # Written out, because PTB leaves out an empty query, which Telegram does not.
        raw = InlineQuery(typing.id, person.user, query, "", chat_type=chat_type).to_dict()
        self.deliver("inline_query", raw | {"query": query, "offset": ""})
        return typing

    def chooses(self, who: Who, typing: TypedQuery, title: str, *, chat: Where | None = None) -> Post:
        """Let somebody post a result that they were offered.

        Raises:
            LookupError: when none is called so.
        """
        found = next((each for each in typing.offered if title in each.title), None)
        if found is None:
            raise LookupError(f"no {title!r} among {[each.title for each in typing.offered]}")
        person, room = self.person(who), self.room(chat)
        post = self.place(
            room,
            person.user,
            found.text,
            entities=found.entities,
            author=person.user,
            extra={"via_bot": self.bot},
        )
        if self.hears(post):
            self.deliver("message", post.message())
        self.deliver("chosen_inline_result", ChosenInlineResult(found.id, person.user, typing.query))
        return post
