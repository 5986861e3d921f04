"""Which reading is asked: a group's is chosen by its admins with /pack, in private each chooses alone."""

from telegram import InlineKeyboardButton

from bot.context import Context, Refusal
from bot.handlers.ask.answer_message import Row
from bot.handlers.common import admins
from bot.handlers.common.buttons import LABEL_LIMIT, arguments, button, labelled, tag
from bot.handlers.common.reply import edit, reply
from bot.pack.model import Pack
from bot.speech import shorten


async def pack(context: Context) -> None:
    """Answer /pack: offer the readings there are."""
    if not context.private:
        await admins.only(context)
    packs = _packs(context)
    if len(packs) == 1:
        await reply(context, context.say("pack.only", title=context.shown(packs[0].title)))
        return
    key = "pack.ask_private" if context.private else "pack.ask_group"
    await reply(context, context.say(key, title=context.shown(context.pack.title)), _rows(context))


async def choose(context: Context) -> None:
    """Take the reading whose button was pressed; in private, answer the question that was waiting for it."""
    chosen = tagged_pack(context, *arguments(context, 1))
    if context.private:
        context.store.private_reading.choose(context.person.id, chosen.slug)
    else:
        await _choose_for_group(context, chosen)
    await context.toast()
    await edit(context, context.say("pack.chosen", title=context.shown(chosen.title)))


async def _choose_for_group(context: Context, chosen: Pack) -> None:
    await admins.only(context)
    seminar = context.group_seminar
    if seminar.pack == chosen.slug:
        return
    if context.store.rounds.open_of(seminar.id) is not None:
        raise Refusal("toast.pack_in_round")
    context.store.seminars.configure(seminar.id, pack=chosen.slug)


def is_open(context: Context) -> bool:
    """Return whether this is a private chat in which nothing tells which of several readings is meant."""
    return context.private and not context.pack_slug and len(_packs(context)) > 1


async def ask_which(context: Context) -> None:
    """Ask which reading a question in private is about; its message is what the buttons reply to."""
    await reply(context, context.say("pack.which"), _rows(context))


def switch_rows(context: Context) -> list[Row]:
    """Return a button to other readings for private chats, where there are any."""
    if not context.private or len(_packs(context)) == 1:
        return []
    return [[labelled(context, "button.other_reading", "readings")]]


async def offer(context: Context) -> None:
    """Show the readings below a message that must stay, such as the welcome."""
    await context.toast()
    await pack(context)


def tagged_pack(context: Context, wanted: str) -> Pack:
    """Return the pack that the tag stands for.

    Raises:
        Refusal: there is none (any more).
    """
    for found in context.services.library.packs.values():
        if tag(found, "") == wanted:
            return found
    raise Refusal("toast.stale")


def _packs(context: Context) -> list[Pack]:
    """Return the packs from which something can be answered, the one in use among them whatever it is."""
    return [
        found
        for found in context.services.library.packs.values()
        if found is context.pack or any(not snippet.draft for snippet in found.snippets)
    ]


def _rows(context: Context) -> list[Row]:
    return [[_button(context, found)] for found in _packs(context)]


def _button(context: Context, found: Pack) -> InlineKeyboardButton:
    return button(shorten(context.shown(found.title), LABEL_LIMIT), "reading", tag(found, ""))
