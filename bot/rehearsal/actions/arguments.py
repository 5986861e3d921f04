"""How the parts of an act are read from the page's JSON, which may hold anything."""

from collections.abc import Callable
from typing import Any

from bot.rehearsal.fake_telegram.chats import Post, Room, TelegramPerson, Topic
from bot.rehearsal.fake_telegram.world import World
from bot.rehearsal.phrases import refusal

Raw = dict[str, Any]
Action = Callable[[World, Raw], Raw]


def number(raw: Raw, name: str) -> int:
    """Return a whole number.

    Raises:
        ValueError: when it is none.
    """
    value = raw.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{name} must be a number")  # noqa: TRY004  the page is told of all wrong input alike
    return value


def words(raw: Raw, name: str, *, most: int | None = None) -> str:
    """Return some text, cut after `most` characters.

    Raises:
        ValueError: when it is none.
    """
    value = raw.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} must be some text")
    return value[:most]


def flag(raw: Raw, name: str) -> bool:
    """Return yes or no; what is missing means no."""
    return raw.get(name) is True


def numbers(raw: Raw, name: str) -> list[int]:
    """Return the whole numbers of a list; none where there is no list."""
    listed = raw.get(name)
    return [each for each in listed if isinstance(each, int)] if isinstance(listed, list) else []


def speaker(world: World, raw: Raw) -> TelegramPerson:
    """Return who acts.

    Raises:
        LookupError: when there is nobody like that.
    """
    return world.person(number(raw, "person"))


def post_of(world: World, raw: Raw) -> Post:
    """Return the message that an act is about.

    Raises:
        LookupError: when it is gone.
    """
    message_id = raw.get("message_id")
    post = world.room(number(raw, "chat")).post(message_id) if isinstance(message_id, int) else None
    if post is None:
        raise LookupError(refusal("gone"))
    return post


def topic_of(room: Room, raw: Raw) -> Topic | None:
    """Return the topic in which something is said; None for the General one, and where there are none.

    Raises:
        LookupError: when it is gone.
    """
    if not raw.get("topic"):
        return None
    if (topic := room.topics.get(number(raw, "topic"))) is None:
        raise LookupError(refusal("no_topic"))
    return topic


def as_admin(world: World, raw: Raw) -> tuple[TelegramPerson, Room]:
    """Return who acts, and in which group.

    Raises:
        PermissionError: when they are no admin there.
    """
    person, room = speaker(world, raw), world.room(number(raw, "chat"))
    if not room.membership(person.user).is_admin:
        raise PermissionError(refusal("not_admin"))
    return person, room
