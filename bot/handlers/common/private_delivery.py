"""What an admin asks for in a group and gets in private, where nobody else can see it."""

from collections.abc import Awaitable, Callable

from telegram import InlineKeyboardButton
from telegram.error import Forbidden

from bot.context import Context
from bot.handlers.common.reply import deep_link, reply


async def send_or_show_the_way(
    context: Context, need: str, payload: str, send: Callable[[], Awaitable[None]]
) -> bool:
    """Send privately and return True; where we may not write yet, reply with a button to our chat.

    The button asks there for `payload` again; the phrase `need` says why.
    """
    link = deep_link(context, payload)
    way = [[InlineKeyboardButton(context.plain("button.open_private"), url=link)]]
    if context.message.sender_chat is None:  # else an anonymous admin: whom to write to is not told
        try:
            await send()
        except Forbidden:
            pass
        else:
            return True
    await reply(context, context.say(need), way)
    return False
