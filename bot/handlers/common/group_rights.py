"""What Telegram lets others and the bot do in a group: who is inside, and whether we hear what is said."""

from telegram import ChatMember, ChatMemberRestricted

from bot.context import Context
from bot.handlers.common.reply import reply

INSIDE = frozenset({ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER})


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
