"""The bot in a group: added, given rights, and a group that becomes a supergroup."""

from telegram import ChatMember, ChatMemberUpdated, Update

from bot.context import Context
from bot.handlers.common import admins
from bot.handlers.common.places import here
from bot.handlers.rounds import cards


async def membership_changed(_: Update, context: Context) -> None:
    """Say hello when added to a group; say so when made able to read along, and when no longer."""
    change = context.arrived.my_chat_member
    if change is None or change.chat.type not in {"group", "supergroup"}:
        return
    admins.forget(context, change.chat.id)
    was, now = change.old_chat_member, change.new_chat_member
    if not admins.is_inside(was) and admins.is_inside(now):
        await _hello(context, change)
    elif admins.is_inside(was) and admins.is_inside(now) and not admins.reads_all(context):
        able = [member.status == ChatMember.ADMINISTRATOR for member in (was, now)]
        if able[0] != able[1]:
            key = "setup.reads_now" if able[1] else "setup.needs_reading"
            await context.bot.send_message(change.chat.id, context.say(key))


async def group_migrated(context: Context) -> None:
    """Carry the seminars of a group over to the supergroup that it became.

    Both the old and the new chat are told, in whichever order. Messages of the old one are out of reach, and
    their numbers begin anew: an open round gets a new card.
    """
    message = context.message
    if message.migrate_to_chat_id is not None:
        context.store.seminars.migrate_chat(message.chat.id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id is not None:
        context.store.seminars.migrate_chat(message.migrate_from_chat_id, message.chat.id)
        running = context.store.rounds.open_of(context.group_seminar.id)
        if running is not None and running.card_message_id is None:  # else it was posted as the group moved
            await cards.post_anew(here(context), running)


async def _hello(context: Context, change: ChatMemberUpdated) -> None:
    parts = [context.say("setup.hello", title=context.shown(context.pack.title))]
    if change.new_chat_member.status != ChatMember.ADMINISTRATOR and not admins.reads_all(context):
        parts.append(context.say("setup.needs_reading"))
    await context.bot.send_message(change.chat.id, "\n\n".join(parts))
