"""What every message of the bot must keep to: its text and markup, its keyboard, its place in the chat."""

from collections.abc import Mapping
from typing import Any

from telegram import InlineKeyboardMarkup, MessageEntity

from bot.rehearsal import rules
from bot.rehearsal.chats import Room
from bot.rehearsal.entities import find_entities, in_order, trim
from bot.rehearsal.links import checked_url
from bot.rehearsal.markup import MarkupError, parse_html
from bot.rehearsal.methods.parameters import Parameters
from bot.rehearsal.world import World

Words = tuple[str, tuple[MessageEntity, ...]]
_OTHER_ACTIONS = (
    "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip


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
