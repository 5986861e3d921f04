"""What people do with groups and forum topics, as the page asks for it."""

from collections.abc import Callable
from functools import partial

from bot.rehearsal.actions.arguments import (
    Action,
    Raw,
    as_admin,
    flag,
    number,
    numbers,
    speaker,
    topic_of,
    words,
)
from bot.rehearsal.fake_telegram.chats import Room, TelegramPerson, Topic
from bot.rehearsal.fake_telegram.world import World
from bot.rehearsal.phrases import refusal

MAX_NAME = 64
MAX_TITLE = 128
RIGHTS = ("can_pin", "can_delete", "can_manage_topics")
MAX_TOPIC_NAME = 128


def add_person(world: World, raw: Raw) -> Raw:
    """Make somebody new, who is in that group at once."""
    name = words(raw, "name", most=MAX_NAME)
    if any(person.name == name for person in world.people.values()):
        raise ValueError(refusal("name_taken", name=name))
    room = world.room(number(raw, "chat"))
    return {"person": world.add_person(name, admin=flag(raw, "admin"), joins=room).id}


def new_group(world: World, raw: Raw) -> Raw:
    """Make a group with the people and admins who were chosen, and the bot if it was."""
    founder = speaker(world, raw)
    forum = flag(raw, "forum")
    kind = "group" if raw.get("type") == "group" and not forum else "supergroup"
    members = [each for each in numbers(raw, "members") if each != founder.id]
    room = world.founds(founder, words(raw, "title", most=MAX_TITLE), kind=kind, forum=forum, members=members)
    for admin in numbers(raw, "admins"):
        if admin != founder.id and room.membership(world.person(admin).user).present:
            world.promotes(founder, admin, chat=room)
    if raw.get("bot") in {"member", "administrator"}:
        world.adds_bot(founder, chat=room, admin=raw["bot"] == "administrator")
    return {"chat": room.id}


def join(world: World, raw: Raw) -> Raw:
    """Join a group."""
    world.joins(speaker(world, raw), chat=number(raw, "chat"))
    return {}


def leave(world: World, raw: Raw) -> Raw:
    """Leave a group."""
    person, room = _inside(world, raw)
    world.leaves(person, chat=room)
    return {}


def add_member(world: World, raw: Raw) -> Raw:
    """Bring somebody else, or the bot, into a group: every member may."""
    person, room = _inside(world, raw)
    whom = number(raw, "whom")
    if whom == world.bot.id:
        world.adds_bot(person, chat=room, admin=flag(raw, "admin"))
    else:
        world.adds(person, whom, chat=room)
    return {}


def remove_member(world: World, raw: Raw) -> Raw:
    """Throw somebody else, or the bot, out of a group."""
    return _steer(world, raw, bot=world.removes_bot, other=world.removes)


def promote(world: World, raw: Raw) -> Raw:
    """Make somebody, or the bot, an admin; the bot's rights may be chosen one by one."""
    rights = {right: raw.get(right) is not False for right in RIGHTS}
    return _steer(world, raw, bot=partial(world.promotes_bot, **rights), other=world.promotes)


def demote(world: World, raw: Raw) -> Raw:
    """Make an admin, or the bot, a plain member."""
    return _steer(world, raw, bot=world.demotes_bot, other=world.demotes)


def hide(world: World, raw: Raw) -> Raw:
    """Show as the group from now on, or as oneself again: a right of the admins of supergroups."""
    person, room = as_admin(world, raw)
    world.hides(person, chat=_super(room), anonymous=flag(raw, "anonymous"))
    return {}


def upgrade(world: World, raw: Raw) -> Raw:
    """Turn a group into a supergroup, which gets a new id."""
    person, room = as_admin(world, raw)
    if room.type != "group" or room.migrated_to:
        raise ValueError("this is no basic group")
    return {"chat": world.migrates(room, by=person).id}


def forum(world: World, raw: Raw) -> Raw:
    """Turn topics on or off."""
    _, room = as_admin(world, raw)
    world.becomes_forum(chat=_super(room), forum=flag(raw, "forum"))
    return {}


def _inside(world: World, raw: Raw) -> tuple[TelegramPerson, Room]:
    person, room = speaker(world, raw), world.room(number(raw, "chat"))
    if not room.membership(person.user).present:
        raise PermissionError(refusal("not_member"))
    return person, room


def _steer(world: World, raw: Raw, *, bot: Callable[..., object], other: Callable[..., object]) -> Raw:
    """Let an admin do something to the bot, or to somebody else who does not own the group."""
    person, room = as_admin(world, raw)
    whom = number(raw, "whom")
    if whom == world.bot.id:
        bot(person, chat=room)
    elif room.membership(world.person(whom).user).status == "creator":
        raise PermissionError(refusal("owner_stays"))
    else:
        other(person, whom, chat=room)
    return {}


def _super(room: Room) -> Room:
    if room.type != "supergroup":
        raise PermissionError(refusal("basic_group"))
    return room


def open_topic(world: World, raw: Raw) -> Raw:
    """Open a topic: admins may, and members too, as most groups have it."""
    person, room = speaker(world, raw), world.room(number(raw, "chat"))
    if not room.membership(person.user).present:
        raise PermissionError(refusal("not_admin"))
    return {"topic": world.opens_topic(person, words(raw, "name", most=MAX_TOPIC_NAME), chat=room).id}


def close_topic(world: World, raw: Raw) -> Raw:
    """Close a topic, or open it again."""
    person, room, topic = _own_topic(world, raw)
    world.closes_topic(person, topic, chat=room, closed=raw.get("closed") is not False)
    return {}


def delete_topic(world: World, raw: Raw) -> Raw:
    """Delete a topic with all its messages."""
    _, room, topic = _own_topic(world, raw)
    world.deletes_topic(topic, chat=room)
    return {}


def _own_topic(world: World, raw: Raw) -> tuple[TelegramPerson, Room, Topic]:
    """Return who acts, where, and the topic: theirs, or any for an admin."""
    person, room = speaker(world, raw), world.room(number(raw, "chat"))
    topic = topic_of(room, raw)
    if topic is None:
        raise LookupError(refusal("no_topic"))
    if not (room.membership(person.user).is_admin or topic.by == person.id):
        raise PermissionError(refusal("not_admin"))
    return person, room, topic


ACTIONS: dict[str, Action] = {
    "add_person": add_person,
    "new_group": new_group,
    "join": join,
    "leave": leave,
    "add_member": add_member,
    "remove_member": remove_member,
    "promote": promote,
    "demote": demote,
    "hide": hide,
    "upgrade": upgrade,
    "forum": forum,
    "open_topic": open_topic,
    "close_topic": close_topic,
    "delete_topic": delete_topic,
}
