"""The cool-down: what stands a few lines above in the group is pointed at, not posted again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape

from telegram import Message

from bot.context import Context
from bot.handlers.common.recent import Recent
from bot.handlers.common.reply import Rows, reply
from bot.seminar.round_times import lately
from bot.speech import Markup

SECONDS = 60
COOL = timedelta(seconds=SECONDS)


Posted = tuple[datetime, int, str]  # when, the message's number, and its address, if it has one


@dataclass
class PostedAnswers:
    """What was posted lately, the oldest first, and when it was last pointed at."""

    posted: dict[tuple[object, ...], Posted] = field(default_factory=dict)
    pointed_at: Recent = field(default_factory=Recent)


@dataclass(frozen=True)
class Thing:
    """Something that was or would be posted: a name that stays the same, and a title for people."""

    name: tuple[object, ...]
    title: str


def note(context: Context, things: Iterable[Thing], sent: Message) -> None:
    """Remember which message shows these things; in private nothing cools."""
    if context.private:
        return
    posted, now = context.services.memory(PostedAnswers).posted, context.now
    for thing in things:
        posted.pop(_key(context, thing), None)
        posted[_key(context, thing)] = (now, sent.message_id, _link(context, sent))
    while posted and not lately(posted[oldest := next(iter(posted))][0], now, COOL):
        del posted[oldest]


def stands_above(context: Context, things: Iterable[Thing]) -> bool:
    """Return whether all of these were posted in this group within the last minute."""
    found = [_above(context, thing) for thing in things]
    return bool(found) and all(found)


def first_time(context: Context, things: Iterable[Thing]) -> bool:
    """Return whether nobody has been pointed at these for a minute; if so, note it."""
    key = tuple(_key(context, thing) for thing in things)
    return context.services.memory(PostedAnswers).pointed_at.first(key, context.now, SECONDS)


async def point(context: Context, things: Iterable[Thing], rows: Rows = ()) -> Message:
    """Say where these stand: with links; where messages have no links, as a reply to the earlier one."""
    found = [(thing, above) for thing in things if (above := _above(context, thing))]
    linked = [f'<a href="{escape(link)}">{escape(thing.title)}</a>' for thing, (_, _, link) in found if link]
    if linked:
        return await reply(context, context.say("cooling.link", titles=Markup(context.listed(linked))), rows)
    earlier = found[0][1][1] if found else None
    return await reply(context, context.say("cooling.here"), rows, to=earlier)


def _link(context: Context, sent: Message) -> str:
    """Return the address of a message of ours; empty in basic groups, whose messages have none."""
    if sent.chat.type != "supergroup":
        return ""
    place = sent.chat.username or f"c/{str(sent.chat.id).removeprefix('-100')}"
    topic = f"{context.thread_id}/" if context.thread_id else ""
    return f"https://t.me/{place}/{topic}{sent.message_id}"


def _above(context: Context, thing: Thing) -> Posted | None:
    found = context.services.memory(PostedAnswers).posted.get(_key(context, thing))
    return found if found and lately(found[0], context.now, COOL) else None


def _key(context: Context, thing: Thing) -> tuple[object, ...]:
    return (context.message.chat.id, context.thread_id, *thing.name)
