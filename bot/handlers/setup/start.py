"""The first words: /start, what a deep link asked for, /help."""

from telegram import InlineKeyboardButton

from bot.context import Context
from bot.handlers.ask.pack_choice import switch_rows
from bot.handlers.common.buttons import labelled
from bot.handlers.common.entry import rest_of
from bot.handlers.common.reply import reply
from bot.handlers.learning import unanswered
from bot.handlers.privacy import consent, forget_me, my_data
from bot.handlers.results import board_links, export, report
from bot.handlers.rounds import private_words
from bot.handlers.rounds.card_view import SAY

ADD_TO_GROUP = "https://t.me/{username}?startgroup=seminar"


async def start(context: Context) -> None:
    """Answer /start: a short word in a group; in private the welcome, or what the deep link is for."""
    payload = rest_of(context)
    if not context.private:
        await reply(context, context.say("start.group"))
    elif payload.startswith(export.PAYLOAD):
        await export.send_to_admin(context, payload.removeprefix(export.PAYLOAD))
    elif payload.startswith(report.PAYLOAD):
        await report.send_to_admin(context, payload.removeprefix(report.PAYLOAD))
    elif payload.startswith(board_links.PAYLOAD):
        await board_links.send_to_admin(context, payload.removeprefix(board_links.PAYLOAD))
    elif payload.startswith(SAY):
        await private_words.begin(context, payload.removeprefix(SAY))
    elif payload.startswith(unanswered.PAYLOAD):
        await unanswered.begin(context, payload.removeprefix(unanswered.PAYLOAD))
    elif payload == consent.PAYLOAD:
        await consent.privacy(context)
    elif payload == my_data.PAYLOAD:
        await my_data.my_data(context)
    elif payload == forget_me.PAYLOAD:
        await forget_me.forget_me(context)
    else:
        await _welcome(context)


async def help_(context: Context) -> None:
    """Answer /help, or the button that asks for it."""
    await context.toast()
    await reply(context, _help(context))


async def unknown(context: Context) -> None:
    """Answer a command nobody has heard of, in private only: in groups it may be another bot's."""
    await reply(context, context.say("help.unknown") + "\n\n" + _help(context))


async def stale(context: Context) -> None:
    """Answer a button that nothing stands behind any more."""
    await context.toast(context.plain("toast.stale"))


async def _welcome(context: Context) -> None:
    pack = context.pack
    add = ADD_TO_GROUP.format(username=context.bot.username)
    rows = [
        [labelled(context, "button.topics", "list"), labelled(context, "button.help", "help")],
        *switch_rows(context),
        [InlineKeyboardButton(context.plain("button.add_to_group"), url=add)],
    ]
    await reply(
        context,
        context.say("start.private", title=context.shown(pack.title)),
        rows,
    )


def _help(context: Context) -> str:
    key = "help.private" if context.private else "help.group"
    said = context.say(key, bot=context.bot.username)
    if context.private and context.user.id == context.services.settings.owner:
        said += "\n\n" + context.say("reload.help")
    return said
