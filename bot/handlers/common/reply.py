"""How handlers answer: into the right topic or in private, to the right message, within Telegram's limits."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.error import BadRequest, Forbidden
from telegram.ext import ExtBot

from bot.context import Context
from bot.seminar.records import Seminar
from bot.speech import pieces

HARMLESS = ("not modified", "to edit not found", "can't be edited")  # pressed twice, or deleted by an admin
CLOSED_TOPIC = "topic_closed"  # only admins who manage topics may write there
Rows = Sequence[Sequence[InlineKeyboardButton]]


async def reply(context: Context, markup: str, rows: Rows = (), *, to: int | None = None) -> Message:
    """Answer the message at hand, in several parts if it is long; return the last, which has the buttons.

    `to`: the number of another message of this chat, which is answered instead.
    """
    *first, last = pieces(markup)
    for part in first:
        await _send(context, part, (), to)
    return await _send(context, last, rows, to)


async def _send(context: Context, markup: str, rows: Rows, to: int | None) -> Message:
    message = context.message
    return await context.bot.send_message(
        message.chat.id,
        markup,
        message_thread_id=context.thread_id or None,
        reply_parameters=ReplyParameters(to or message.message_id, allow_sending_without_reply=True),
        reply_markup=keyboard(rows),
    )


async def edit(context: Context, markup: str, rows: Rows = ()) -> None:
    """Put new text and buttons on the message whose button was pressed."""
    message = context.message
    with ignoring_harmless():
        await context.bot.edit_message_text(
            pieces(markup)[0], message.chat.id, message.message_id, reply_markup=keyboard(rows)
        )


async def edit_buttons(context: Context, rows: Rows) -> None:
    """Put other buttons below the message whose button was pressed; its text stays."""
    message = context.message
    with ignoring_harmless():
        await context.bot.edit_message_reply_markup(
            message.chat.id, message.message_id, reply_markup=keyboard(rows)
        )


@contextmanager
def ignoring_harmless() -> Iterator[None]:
    """Let an edit of ours fail that changes nothing, or whose message is gone."""
    try:
        yield
    except BadRequest as error:
        if not any(harmless in error.message.lower() for harmless in HARMLESS):
            raise


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Return the buttons as Telegram wants them; None when there are none."""
    filled = [row for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None


def deep_link(bot: "ExtBot[Any]", payload: str) -> str:
    """Return the address that opens our private chat and sends /start with the payload."""
    return f"https://t.me/{bot.username}?start={payload}"


def private_link(context: Context, payload: str, label: str = "button.open_private") -> InlineKeyboardButton:
    """Return the button to our private chat, where /start comes with the payload."""
    return InlineKeyboardButton(context.plain(label), url=deep_link(context.bot, payload))


async def send_or_show_the_way(
    context: Context, need: str, payload: str, send: Callable[[], Awaitable[None]]
) -> bool:
    """Send privately and return True; where we may not write yet, reply with a button to our chat.

    The button asks there for `payload` again; the phrase `need` says what for, and before it stands why.
    """
    why = ["private.anonymous"]  # whom to write to is not told
    if context.message.sender_chat is None:
        try:
            await send()
        except (Forbidden, BadRequest) as error:
            if isinstance(error, BadRequest) and "chat not found" not in error.message.lower():
                raise
            why = ["private.blocked"] if "blocked" in error.message.lower() else []
        else:
            return True
    said = "\n".join(context.say(phrase) for phrase in (*why, need))
    await reply(context, said, [[private_link(context, payload)]])
    return False


def file_name(context: Context, seminar: Seminar, phrase: str, **fields: object) -> str:
    """Return a name that every file system takes: the group's title with only letters and digits left."""
    title = "".join(char if char.isalnum() else "-" for char in seminar.title).strip("-")[:30]
    date = context.now.astimezone(context.services.settings.zone(seminar.timezone)).date().isoformat()
    return context.plain(phrase, title=title or "seminar", date=date, **fields)
