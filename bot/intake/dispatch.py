"""From the journal to the handlers: the only place where a raw update becomes a Telegram object."""

import json
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import Application

from bot.intake.message_text import clean, marked_words, words_of

Handle = Callable[[dict[str, Any]], Awaitable[None]]


class Unparsable(Exception):  # noqa: N818  it says what the update is
    """PTB cannot make an update of this."""


def handler_for(application: Application[Any, Any, Any, Any, Any, Any]) -> Handle:
    """Return the function that has the application handle one raw update.

    Errors of handlers go to the application's error handler and do not come back from here; what PTB cannot
    parse raises `Unparsable`.
    """

    async def handle(raw: dict[str, Any]) -> None:
        try:
            update = Update.de_json(with_caption_as_text(for_ptb(storable(raw))), application.bot)
        except Exception as error:
            raise Unparsable(reason(error)) from error
        await application.process_update(update)

    return handle


def storable(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the update with words that can be stored and exported: nearly always they are so already.

    What is put in place of a character is as long as it was, so that places in the text stay right.
    """
    written = json.dumps(raw)
    if "\\u0000" not in written and "\\ud" not in written:
        return raw
    return {str(key): _storable(value) for key, value in raw.items()}


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    return {key: _storable(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def for_ptb(value: Any) -> Any:
    """Return the update as PTB 22 can take it.

    It does not know rich messages: their words become the text. It wants a first name of every user, which
    Telegram may leave out.
    """
    if isinstance(value, list):
        return [for_ptb(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    rich = "rich_message" in value and "text" not in value
    words = {"text": text} if rich and (text := words_of(value)) else {}
    if "is_bot" in value and not isinstance(value.get("first_name"), str):
        words["first_name"] = ""
    return {key: inner if key == "rich_message" else for_ptb(inner) for key, inner in value.items()} | words


def with_caption_as_text(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the update with its caption as its text: what it asks or orders is heard as in any."""
    return {
        key: _with_text(inner) if key in {"message", "edited_message"} else inner
        for key, inner in raw.items()
    }


def _with_text(message: Any) -> Any:
    if not isinstance(message, dict) or "text" in message or not isinstance(message.get("caption"), str):
        return message
    text, marks = marked_words(message)
    return message | {"text": text, "entities": marks or []}


def reason(error: BaseException) -> str:
    """Return what went wrong and where, in one line."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = "".join(f" at {Path(frame.filename).name}:{frame.lineno}" for frame in last)
    return f"{type(error).__name__}: {error}{where}"
