"""What people do with messages, as the page asks for it."""

from base64 import b64decode
from pathlib import PurePath
from typing import Any

from bot.rehearsal.actions.arguments import (
    Action,
    Raw,
    flag,
    number,
    numbers,
    post_of,
    speaker,
    topic_of,
    words,
)
from bot.rehearsal.fake_telegram import rules
from bot.rehearsal.fake_telegram.attachments import picture_size
from bot.rehearsal.fake_telegram.chats import Room
from bot.rehearsal.fake_telegram.world import World
from bot.rehearsal.phrases import refusal

VOICES, STICKERS = frozenset({".ogg", ".oga", ".opus"}), ".webp"


def say(world: World, raw: Raw) -> Raw:
    """Write into a chat, perhaps into a topic, perhaps in reply."""
    return {"message_id": world.says(speaker(world, raw), words(raw, "text"), **_place(world, raw)).id}


def attach(world: World, raw: Raw) -> Raw:
    """Send a file, captioned with what was written: as a picture, a voice message, a sticker, or as it is.

    Which it is Telegram tells by the file too: Ogg is what voices are recorded in, WebP what stickers are.
    """
    person, place = speaker(world, raw), _place(world, raw)
    name, data = words(raw, "name", most=255), b64decode(words(raw, "data"), validate=True)
    caption = str(raw.get("text") or "")[: rules.CAPTION]
    if picture_size(data):
        return {"message_id": world.sends_photo(person, data, caption, **place).id}
    kind = PurePath(name).suffix.lower()
    if kind in VOICES:
        return {"message_id": world.sends_voice(person, data, caption, **place).id}
    if kind == STICKERS:
        return {"message_id": world.sends_sticker(person, data, **place).id}
    return {"message_id": world.sends_document(person, name, data, caption, **place).id}


def edit(world: World, raw: Raw) -> Raw:
    """Change what one wrote."""
    world.edits(speaker(world, raw), post_of(world, raw), words(raw, "text"))
    return {}


def delete(world: World, raw: Raw) -> Raw:
    """Delete a message for everybody."""
    world.deletes(speaker(world, raw), post_of(world, raw))
    return {}


def pass_on(world: World, raw: Raw) -> Raw:
    """Forward a message into another chat."""
    person, room = speaker(world, raw), world.room(number(raw, "to"))
    thread = _thread(world, room, raw)
    return {"message_id": world.forwards(person, post_of(world, raw), chat=room, thread=thread).id}


def pin(world: World, raw: Raw) -> Raw:
    """Pin a message, or take the pin off."""
    world.pins(speaker(world, raw), post_of(world, raw), pinned=flag(raw, "pinned"))
    return {}


def react(world: World, raw: Raw) -> Raw:
    """React with one emoji, or take the reaction back."""
    emoji = [words(raw, "emoji")] if raw.get("emoji") else []
    world.reacts(speaker(world, raw), post_of(world, raw), *emoji)
    return {}


def vote(world: World, raw: Raw) -> Raw:
    """Vote in a poll; without options the vote is taken back."""
    world.votes(speaker(world, raw), post_of(world, raw), *numbers(raw, "options"))
    return {}


def start(world: World, raw: Raw) -> Raw:
    """Press START in the private chat with the bot."""
    post = world.starts_bot(speaker(world, raw), str(raw.get("payload") or ""))
    return {"message_id": post.id}


def block(world: World, raw: Raw) -> Raw:
    """Stop the bot in the private chat, or take that back."""
    world.blocks_bot(speaker(world, raw), blocked=flag(raw, "blocked"))
    return {}


def _place(world: World, raw: Raw) -> dict[str, Any]:
    room = world.room(number(raw, "chat"))
    target = None if raw.get("reply_to") is None else post_of(world, {**raw, "message_id": raw["reply_to"]})
    return {"chat": room, "reply_to": target, "thread": _thread(world, room, raw)}


def _thread(world: World, room: Room, raw: Raw) -> int | None:
    topic = topic_of(room, raw)
    if topic and world.is_shut(room, speaker(world, raw).user, topic.id):
        raise PermissionError(refusal("topic_closed"))
    return topic.id if topic else None


ACTIONS: dict[str, Action] = {
    "say": say,
    "attach": attach,
    "edit": edit,
    "delete": delete,
    "pass_on": pass_on,
    "pin": pin,
    "react": react,
    "vote": vote,
    "start": start,
    "block": block,
}
