"""What a call of the Bot API brings along (text, numbers, JSON, chats, files), checked as Telegram does."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram import InlineKeyboardMarkup, MessageEntity

from bot.rehearsal.fake_telegram import rules
from bot.rehearsal.fake_telegram.chats import Post, Room
from bot.rehearsal.fake_telegram.markup import (
    MarkupError,
    checked_url,
    find_entities,
    in_order,
    parse_html,
    trim,
)
from bot.rehearsal.fake_telegram.world import World

Words = tuple[str, tuple[MessageEntity, ...]]
_OTHER_ACTIONS = (
    "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip


@dataclass(frozen=True)
class Upload:
    """A file in the body of a call."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Parameters:
    """The parameters of one call: as text from forms and addresses, as they are from JSON."""

    values: Mapping[str, Any] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return it as text; empty when it is missing."""
        value = self.values.get(name)
        return value if isinstance(value, str) else "" if value is None else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Return it as a whole number; what is none counts as missing."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return it as yes or no."""
        value = self.values.get(name)
        return default if value is None else str(value).lower() in {"true", "1", "yes"}

    def json(self, name: str, complaint: str = "") -> Any:
        """Return it as JSON; None when it is missing.

        Raises:
            rules.ApiError: when it is not JSON.
        """
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except (ValueError, RecursionError):
            words = complaint or rules.JSON_FIELD.format(name.replace("_", " "))
            raise rules.bad_request(words) from None

    def record(self) -> dict[str, Any]:
        """Return what the list of calls keeps: values, and of files their names and sizes."""
        files = {name: f"{upload.name} ({len(upload.data)} bytes)" for name, upload in self.uploads.items()}
        return {**self.values, **files}


Method = Callable[[World, Parameters], Any | Awaitable[Any]]


def chat_of(world: World, given: Parameters) -> Room:
    """Return the chat that a call is about, whether or not the bot may write there.

    Raises:
        rules.ApiError: when there is none, or it moved.
    """
    if not given.text("chat_id"):
        raise rules.bad_request(rules.CHAT_ID_EMPTY)
    room = world.rooms.get(given.integer("chat_id"))
    if room is None or (room.is_private and not _has_met(world, room)):
        raise rules.bad_request(rules.CHAT_NOT_FOUND)
    if room.migrated_to:
        raise rules.bad_request(rules.MIGRATED, migrate_to_chat_id=room.migrated_to)
    return room


def open_chat(world: World, given: Parameters) -> Room:
    """Return the chat that a call is about, where the bot is in it and may write.

    Raises:
        rules.ApiError: as `chat_of`, and 403 where the bot may not write.
    """
    room = chat_of(world, given)
    if room.is_private:
        if room.blocked:
            raise rules.forbidden(rules.BLOCKED)
        if not room.started:
            raise rules.forbidden(rules.NOT_STARTED)
        return room
    status = room.membership(world.bot).status
    if status == "kicked":
        raise rules.forbidden(rules.KICKED.format(room.type))
    if status == "left":
        raise rules.forbidden(rules.NOT_A_MEMBER.format(room.type))
    return room


def post_of(room: Room, given: Parameters, complaint: str) -> Post:
    """Return the message that a call is about.

    Raises:
        rules.ApiError: with that complaint when there is none.
    """
    if not given.text("message_id"):
        raise rules.bad_request(rules.MESSAGE_ID)
    post = room.post(given.integer("message_id"))
    if post is None:
        raise rules.bad_request(complaint)
    return post


def _has_met(world: World, room: Room) -> bool:
    """Tell whether the bot knows this person: from their private chat, or from a group that both are in."""
    if room.started:
        return True
    shared = (each for each in world.rooms.values() if world.bot.id in each.members)
    return any(room.id in each.members for each in shared)


def words_of(world: World, given: Parameters, name: str = "text") -> Words:
    """Return text and entities as Telegram would show them.

    Raises:
        rules.ApiError: when the markup does not parse.
    """
    raw, mode = given.text(name), given.text("parse_mode").lower()
    entities: tuple[MessageEntity, ...] = ()
    if mode == "html":
        try:
            raw, entities = parse_html(
                raw, lambda each: person.user if (person := world.people.get(each)) else None
            )
        except MarkupError as error:
            raise rules.bad_request(rules.UNPARSABLE.format(error)) from None
    elif mode:
        raise rules.bad_request(rules.PARSE_MODE)
    elif listed := given.json("entities" if name == "text" else f"{name}_entities"):
        entities = in_order(MessageEntity.de_list(listed, None))
    text, entities = trim(raw.replace("\r", ""), entities)
    return text, find_entities(text, entities)


def text_of(world: World, given: Parameters) -> Words:
    """Return the text of a message.

    Raises:
        rules.ApiError: when it is empty or too long.
    """
    text, entities = words_of(world, given)
    if not text:
        raise rules.bad_request(rules.EMPTY)
    if len(text) > rules.TEXT:
        raise rules.bad_request(rules.TOO_LONG)
    return text, entities


def caption_of(world: World, given: Parameters) -> Words:
    """Return a caption, which may be empty.

    Raises:
        rules.ApiError: when it is too long.
    """
    text, entities = words_of(world, given, "caption")
    if len(text) > rules.CAPTION:
        raise rules.bad_request(rules.CAPTION_TOO_LONG)
    return text, entities


def keyboard_of(given: Parameters) -> InlineKeyboardMarkup | None:
    """Return the inline keyboard of a call; None without one, or for other kinds of keyboards.

    Raises:
        rules.ApiError: when Telegram would not take it.
    """
    markup = given.json("reply_markup", rules.KEYBOARD_JSON)
    if markup is None:
        return None
    if not isinstance(markup, Mapping):
        raise rules.bad_request(rules.KEYBOARD_OBJECT)
    rows = [row for row in markup.get("inline_keyboard") or [] if row]
    for row in rows:
        for button in row:
            _check_button(button)
    if sum(len(row) for row in rows) > rules.BUTTONS:
        raise rules.bad_request(rules.KEYBOARD_TOO_LONG)
    return InlineKeyboardMarkup.de_json({"inline_keyboard": rows}, None) if rows else None


def place_of(world: World, room: Room, given: Parameters) -> dict[str, Any]:
    """Return the fields that say where in the chat a message goes: what it replies to, its topic.

    Raises:
        rules.ApiError: when that message or topic is not there.
    """
    thread = given.integer("message_thread_id")
    if thread and not _is_thread(room, thread):
        raise rules.bad_request(rules.NO_THREAD)
    reply = given.json("reply_parameters") or {}
    wanted = int(reply.get("message_id") or given.integer("reply_to_message_id"))
    target = room.post(wanted) if wanted else None
    lenient = reply.get("allow_sending_without_reply") or given.flag("allow_sending_without_reply")
    if wanted and target is None and not lenient:
        raise rules.bad_request(rules.NO_REPLY_TARGET)
    fields = world.threading(room, target, thread)
    if world.is_shut(room, world.bot, fields.get("thread_id")):
        raise rules.bad_request(rules.TOPIC_CLOSED)
    # What a message of the bot replies to is told as asked for: without a reply it shows none.
    return fields | {"reply_to": target or (fields["reply_to"] if fields.get("in_topic") else None)}


def _is_thread(room: Room, thread: int) -> bool:
    """Tell whether one may write into that thread: in a forum a topic, the General one being none."""
    if room.is_forum:
        return thread in room.topics
    return any(post.thread_id == thread and not post.in_topic for post in room.posts.values())


def _check_button(button: Any) -> None:
    if not isinstance(button, Mapping) or not isinstance(button.get("text"), str):
        raise rules.bad_request(rules.BUTTON_TEXT)
    if not button["text"].strip():
        raise rules.bad_request(rules.BUTTON_EMPTY)
    if data := button.get("callback_data"):
        if len(str(data).encode()) > rules.BUTTON_DATA:
            raise rules.bad_request(rules.BUTTON_DATA_INVALID)
    elif url := button.get("url"):
        if not checked_url(str(url)):
            raise rules.bad_request(rules.BUTTON_URL.format(url))
    elif not any(button.get(action) is not None for action in _OTHER_ACTIONS):
        raise rules.bad_request(rules.BUTTON_BARE)
