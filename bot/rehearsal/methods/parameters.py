"""What a call of the Bot API brings along, and how its parts are read: text, numbers, JSON, chats, files."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.rehearsal import rules
from bot.rehearsal.chats import Room
from bot.rehearsal.posts import Post
from bot.rehearsal.world import World


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
        except ValueError:
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
