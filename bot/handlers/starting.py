"""The first words: /start, what a deep link asked for, /help."""

from telegram import InlineKeyboardButton

from bot.context import Context
from bot.handlers import boarding, exporting, forgetting, my_data, privacy, reporting
from bot.handlers.buttons import button
from bot.handlers.entry import rest_of
from bot.handlers.learning import unanswered
from bot.handlers.readings import switch_rows
from bot.handlers.replying import reply
from bot.handlers.rounds import privately
from bot.handlers.rounds.faces import SAY

ADD_TO_GROUP = "https://t.me/{username}?startgroup=seminar"


async def start(context: Context) -> None:
    """Answer /start: a short word in a group; in private the welcome, or what the deep link is for."""
    payload = rest_of(context)
    if not context.private:
        await reply(context, context.say("start.group"))
    elif payload.startswith(exporting.PAYLOAD):
        await exporting.send_to_admin(context, payload.removeprefix(exporting.PAYLOAD))
    elif payload.startswith(reporting.PAYLOAD):
        await reporting.send_to_admin(context, payload.removeprefix(reporting.PAYLOAD))
    elif payload.startswith(boarding.PAYLOAD):
        await boarding.send_to_admin(context, payload.removeprefix(boarding.PAYLOAD))
    elif payload.startswith(SAY):
        await privately.begin(context, payload.removeprefix(SAY))
    elif payload.startswith(unanswered.PAYLOAD):
        await unanswered.begin(context, payload.removeprefix(unanswered.PAYLOAD))
    elif payload == privacy.PAYLOAD:
        await privacy.privacy(context)
    elif payload == my_data.PAYLOAD:
        await my_data.my_data(context)
    elif payload == forgetting.PAYLOAD:
        await forgetting.forget_me(context)
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
        [button(context.plain("button.topics"), "list"), button(context.plain("button.help"), "help")],
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
    if context.private and context.user.id == context.desk.settings.owner:
        said += "\n\n" + context.say("reload.help")
    return said
