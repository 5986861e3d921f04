"""Who is in a group and who may steer it, asked of Telegram and remembered for a minute; and what we may."""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from telegram import ChatMember, ChatMemberRestricted
from telegram.constants import ChatID
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.context import Context, Refusal
from bot.handlers.common.places import Place
from bot.handlers.common.recent import Recent
from bot.handlers.common.reply import reply
from bot.seminar.records import Seminar
from bot.seminar.round_times import lately

YES_HOLDS = timedelta(seconds=60)
NEVER = datetime.min.replace(tzinfo=UTC)
NO_HOLDS = timedelta(seconds=10)  # somebody just made an admin does not wait long
INSIDE = frozenset({ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER})
STEERING = (ChatMember.ADMINISTRATOR, ChatMember.OWNER)
# Thrown out of the group; or a Bot API server that does not know the method: 404, which PTB takes for a wrong
# token, or something that is no list of members.
UNTOLD = (Forbidden, BadRequest, InvalidToken, TypeError, AttributeError)
TEACHING_HOLDS = timedelta(minutes=10)  # who teaches hardly changes during a class
ASK_AGAIN_SECONDS = 60  # after Telegram did not tell
log = logging.getLogger(__name__)


class Listed(NamedTuple):
    """A group's admins as Telegram told them last."""

    at: datetime
    ids: frozenset[int]


@dataclass
class AdminLists:
    """The admins of each group, and when we last asked for whom to take for teachers."""

    known: dict[int, Listed] = field(default_factory=dict)
    asked: Recent = field(default_factory=Recent)

    def of(self, chat_id: int) -> Listed:
        """Return who they are; nobody, long ago, where Telegram never told."""
        return self.known.get(chat_id, Listed(NEVER, frozenset()))

    def keep(self, chat_id: int, ids: frozenset[int], at: datetime) -> frozenset[int]:
        """Keep who they are now, and return them."""
        self.known[chat_id] = Listed(at, ids)
        return ids


async def only(context: Context) -> None:
    """Let admins of this group pass.

    Raises:
        Refusal: this person is not one, or this is a private chat.
    """
    seminar = context.group_seminar
    if not await steers(context, seminar.chat_id):
        raise Refusal("admins.only")


async def steers(context: Context, chat_id: int) -> bool:
    """Return whether who writes or presses steers that group: an anonymous admin does, in the group."""
    return _speaks_as_group(context, chat_id) or await is_admin(context, chat_id, context.user.id)


async def steered(context: Context, seminar_id: int, no: str) -> Seminar:
    """Return the seminar, if this person is an admin of its group now.

    Raises:
        Refusal: they are not, or there is no such seminar; both get the same answer, the phrase `no`.
    """
    seminar = context.store.seminars.by_id(seminar_id)
    if seminar is None or not await is_admin(context, seminar.chat_id, context.user.id):
        raise Refusal(no)
    return seminar


async def is_admin(context: Context, chat_id: int, user_id: int) -> bool:
    """Return whether Telegram names this person among the chat's admins; False when it will not tell.

    One call serves the whole class for a minute. getChatMember would need a call for each student, counted
    against the group's 20 a minute, and is promised to work only where the bot is an admin itself: it is
    asked where the list of admins cannot be had.
    """
    listed = context.services.memory(AdminLists).of(chat_id)
    if user_id in listed.ids and lately(listed.at, context.now, YES_HOLDS):
        return True
    if lately(listed.at, context.now, NO_HOLDS):
        return False
    ids = await _ask(context, chat_id)
    return user_id in ids if ids else await _steers(context, chat_id, user_id)


async def teaching(place: Place) -> frozenset[int]:
    """Return the Telegram ids of the group's admins, asked for rarely; if untold, those last known."""
    lists, chat_id = place.services.memory(AdminLists), place.seminar.chat_id
    listed = lists.of(chat_id)
    fresh = lately(listed.at, place.now, TEACHING_HOLDS)
    if fresh or not lists.asked.first(chat_id, place.now, ASK_AGAIN_SECONDS):
        return listed.ids
    try:
        found = await place.bot.get_chat_administrators(chat_id)
    except TelegramError as error:
        log.debug("admins not told: %s", type(error).__name__)
        return listed.ids
    return lists.keep(chat_id, frozenset(member.user.id for member in found), place.now)


async def _ask(context: Context, chat_id: int) -> frozenset[int]:
    """Return the ids of the admins; none when they are not told: a group has an owner at least."""
    try:
        found = await context.bot.get_chat_administrators(chat_id)
    except UNTOLD:
        return frozenset()
    ids = frozenset(member.user.id for member in found)
    return context.services.memory(AdminLists).keep(chat_id, ids, context.now) if ids else ids


async def _steers(context: Context, chat_id: int, user_id: int) -> bool:
    """Ask about this person alone; nobody steers a group that tells us nothing."""
    try:
        member = await context.bot.get_chat_member(chat_id, user_id)
    except UNTOLD:
        return False
    return member.status in STEERING


def forget(context: Context, chat_id: int) -> None:
    """Ask Telegram anew next time: somebody's rights have just changed."""
    context.services.memory(AdminLists).known.pop(chat_id, None)


def _speaks_as_group(context: Context, chat_id: int) -> bool:
    """Whether an admin writes anonymously: Telegram then shows the group itself as the sender.

    A message's sender counts only for what was sent, not for who pressed a button on it: an anonymous admin
    does so as Telegram's own account for them.
    """
    if context.query is not None:
        here = context.chat.id if context.chat else None
        return context.user.id == ChatID.ANONYMOUS_ADMIN and here == chat_id
    sender = context.message.sender_chat
    return sender is not None and sender.id == context.message.chat.id == chat_id


def is_inside(member: ChatMember) -> bool:
    """Return whether that is somebody in the group: who is restricted stays so after leaving."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in INSIDE


def reads_all(context: Context) -> bool:
    """Return whether privacy mode is off: then the bot sees every message without being an admin."""
    return bool(context.bot.bot.can_read_all_group_messages)


async def warn_if_deaf(context: Context) -> None:
    """Say what we need where we hear commands only, so that no class finds an empty log afterwards."""
    if reads_all(context):
        return
    us = await context.bot.get_chat_member(context.message.chat.id, context.bot.id)
    if us.status != ChatMember.ADMINISTRATOR:
        await reply(context, context.say("setup.needs_reading"))
