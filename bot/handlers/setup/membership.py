"""The bot in a group: added, given rights, and a group that becomes a supergroup."""

from telegram import ChatMember, ChatMemberUpdated, Update

from bot.context import Context
from bot.handlers.common import admins
from bot.handlers.common.places import Place, here, there
from bot.handlers.rounds import cards
from bot.seminar.records import Round


async def membership_changed(_: Update, context: Context) -> None:
    """Say hello when added to a group; say so when made able to read along, and when no longer."""
    change = context.arrived.my_chat_member
    if change is None or change.chat.type not in {"group", "supergroup"}:
        return
    admins.forget(context, change.chat.id)
    was, now = change.old_chat_member, change.new_chat_member
    if not admins.is_inside(now):
        for _place, waiting in _open_rounds(context, change.chat.id):
            context.store.rounds.lose_card(waiting.id)
        return
    if not admins.is_inside(was):
        await _hello(context, change)
    elif not admins.reads_all(context):
        able = [member.status == ChatMember.ADMINISTRATOR for member in (was, now)]
        if able[0] != able[1]:
            key = "setup.reads_now" if able[1] else "setup.needs_reading"
            await context.bot.send_message(change.chat.id, context.say(key))
    for place, waiting in _open_rounds(context, change.chat.id):
        if waiting.card_message_id is None and not context.store.bot_messages.owed(waiting.id, "card"):
            await cards.post_anew(place, waiting)


def _open_rounds(context: Context, chat_id: int) -> list[tuple[Place, Round]]:
    """Return the open rounds of a group, in all its topics, each with its place."""
    found = []
    for running in context.store.rounds.all_open():
        seminar = context.store.seminars.by_id(running.seminar_id)
        if seminar is not None and seminar.chat_id == chat_id:
            found.append((there(context, seminar), running))
    return found


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
