"""From the journal to the handlers: the only place where a raw update becomes a Telegram object."""

import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import Application

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
            update = Update.de_json(raw, application.bot)
        except Exception as error:
            raise Unparsable(reason(error)) from error
        await application.process_update(update)

    return handle


def reason(error: BaseException) -> str:
    """Return what went wrong and where, in one line."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = "".join(f" at {Path(frame.filename).name}:{frame.lineno}" for frame in last)
    return f"{type(error).__name__}: {error}{where}"
