"""What people do with forum topics, as the page asks for it."""

from bot.rehearsal.chats import Room, Topic
from bot.rehearsal.page_actions.arguments import (
    NO_TOPIC,
    NOT_ADMIN,
    Act,
    Raw,
    number,
    speaker,
    topic_of,
    words,
)
from bot.rehearsal.people import Person
from bot.rehearsal.world import World

MAX_NAME = 128


def open_topic(world: World, raw: Raw) -> Raw:
    """Open a topic: admins may, and members too, as most groups have it."""
    person, room = speaker(world, raw), world.room(number(raw, "chat"))
    if not room.membership(person.user).present:
        raise PermissionError(NOT_ADMIN)
    return {"topic": world.opens_topic(person, words(raw, "name", most=MAX_NAME), chat=room).id}


def close_topic(world: World, raw: Raw) -> Raw:
    """Close a topic, or open it again."""
    person, room, topic = _own(world, raw)
    world.closes_topic(person, topic, chat=room, closed=raw.get("closed") is not False)
    return {}


def delete_topic(world: World, raw: Raw) -> Raw:
    """Delete a topic with all its messages."""
    _, room, topic = _own(world, raw)
    world.deletes_topic(topic, chat=room)
    return {}


def _own(world: World, raw: Raw) -> tuple[Person, Room, Topic]:
    """Return who acts, where, and the topic: theirs, or any for an admin."""
    person, room = speaker(world, raw), world.room(number(raw, "chat"))
    topic = topic_of(room, raw)
    if topic is None:
        raise LookupError(NO_TOPIC)
    if not (room.membership(person.user).is_admin or topic.by == person.id):
        raise PermissionError(NOT_ADMIN)
    return person, room, topic


ACTS: dict[str, Act] = {"open_topic": open_topic, "close_topic": close_topic, "delete_topic": delete_topic}
