"""Who may steer: the group's admins, asked of Telegram and remembered for a minute."""

from datetime import UTC, datetime, timedelta

from telegram import ChatMember
from telegram.error import BadRequest, Forbidden, InvalidToken

from bot.context import Context, Refusal
from bot.seminar.round_times import lately

YES_HOLDS = timedelta(seconds=60)
NEVER = datetime.min.replace(tzinfo=UTC)
NO_HOLDS = timedelta(seconds=10)  # somebody just made an admin does not wait long
STEERING = (ChatMember.ADMINISTRATOR, ChatMember.OWNER)
# Thrown out of the group; or a Bot API server that does not know the method: 404, which PTB takes for a wrong
# token, or something that is no list of members.
UNTOLD = (Forbidden, BadRequest, InvalidToken, TypeError, AttributeError)


async def only(context: Context) -> None:
    """Let admins of this group pass.

    Raises:
        Refusal: this person is not one, or this is a private chat.
    """
    seminar = context.group_seminar
    if not (_speaks_as_group(context) or await is_admin(context, seminar.chat_id, context.user.id)):
        raise Refusal("admins.only")


async def is_admin(context: Context, chat_id: int, user_id: int) -> bool:
    """Return whether Telegram names this person among the chat's admins; False when it will not tell.

    One call serves the whole class for a minute. getChatMember would need a call for each student, counted
    against the group's 20 a minute, and is promised to work only where the bot is an admin itself: it is
    asked where the list of admins cannot be had.
    """
    asked_at, known = context.desk.admins.get(chat_id, (NEVER, frozenset[int]()))
    if user_id in known and lately(asked_at, context.now, YES_HOLDS):
        return True
    if lately(asked_at, context.now, NO_HOLDS):
        return False
    listed = await _ask(context, chat_id)
    return user_id in listed if listed else await _steers(context, chat_id, user_id)


async def _ask(context: Context, chat_id: int) -> frozenset[int]:
    """Return the ids of the admins; none when they are not told: a group has an owner at least."""
    try:
        found = await context.bot.get_chat_administrators(chat_id)
    except UNTOLD:
        return frozenset()
    known = frozenset(member.user.id for member in found)
    if known:
        context.desk.admins[chat_id] = (context.now, known)
    return known


async def _steers(context: Context, chat_id: int, user_id: int) -> bool:
    """Ask about this person alone; nobody steers a group that tells us nothing."""
    try:
        member = await context.bot.get_chat_member(chat_id, user_id)
    except UNTOLD:
        return False
    return member.status in STEERING


def forget(context: Context, chat_id: int) -> None:
    """Ask Telegram anew next time: somebody's rights have just changed."""
    context.desk.admins.pop(chat_id, None)


def _speaks_as_group(context: Context) -> bool:
    """Whether an admin writes anonymously: Telegram then shows the group itself as the sender.

    A message's sender counts only for what was sent, not for who pressed a button on it.
    """
    if context.query is not None:
        return False
    sender = context.message.sender_chat
    return sender is not None and sender.id == context.message.chat.id
