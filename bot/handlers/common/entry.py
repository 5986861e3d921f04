"""How a command or press enters: a refusal becomes a friendly no, a press is answered exactly once."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters
from telegram.ext.filters import BaseFilter

from bot.context import Context, Refusal
from bot.handlers.common.reply import reply
from db.core.errors import of_the_disk

Handler = Callable[[Context], Awaitable[None]]
Entry = Callable[[Update, Context], Coroutine[Any, Any, None]]


def command(name: str, handler: Handler) -> "CommandHandler[Context, None]":
    """Return the entry for /name. Edited messages do not trigger it again."""
    return CommandHandler(name, _with_refusals(handler), filters=filters.UpdateType.MESSAGE)


def message(which: BaseFilter, handler: Handler) -> "MessageHandler[Context, None]":
    """Return the entry for messages of a kind; edits are left out."""
    return MessageHandler(filters.UpdateType.MESSAGE & which, _with_refusals(handler))


def edit(which: BaseFilter, handler: Handler) -> "MessageHandler[Context, None]":
    """Return the entry for edits of messages of a kind."""
    return MessageHandler(filters.UpdateType.EDITED_MESSAGE & which, _with_refusals(handler))


def press(verb: str, handler: Handler) -> "CallbackQueryHandler[Context, None]":
    """Return the entry for buttons with that verb; no verb: for all that nobody else took."""
    pattern = rf"^{verb}(:|$)" if verb else None
    return CallbackQueryHandler(_answered(handler), pattern=pattern)


def rest_of(context: Context) -> str:
    """Return what stands behind the command, its line breaks kept."""
    parts = (context.message.text or "").split(maxsplit=1)
    return parts[1].strip() if len(parts) > 1 else ""


def _with_refusals(handler: Handler) -> Entry:
    async def handle(_: Update, context: Context) -> None:
        try:
            await handler(context)
        except Refusal as refusal:
            await reply(context, context.say(refusal.key, **refusal.fields))

    return handle


def _answered(handler: Handler) -> Entry:
    async def handle(_: Update, context: Context) -> None:
        try:
            await handler(context)
        except Refusal as refusal:
            await context.toast(context.plain(refusal.key, **refusal.fields), alert=True)
        except Exception as error:
            if not of_the_disk(error):  # else it is tried again: the press may still succeed
                await context.toast(context.plain("failing.sorry"), alert=True)
            raise  # the error handler logs it
        await context.toast()

    return handle
