"""/export: the log as a zip, to the admin's private chat and nowhere else."""

import asyncio
import tempfile
from pathlib import Path

from telegram import InlineKeyboardButton
from telegram.error import Forbidden

from bot.context import Context, Refusal
from bot.handlers import admins
from bot.handlers.replying import deep_link, reply
from bot.seminar.records import Seminar
from db.export import export_zip

PAYLOAD = "export_"
FILE_LIMIT = 50_000_000  # bytes that a bot may send


async def export(context: Context) -> None:
    """Answer /export in a group: send the log privately, or show the way where we may not write yet."""
    await admins.only(context)
    seminar = context.group_seminar
    link = [[InlineKeyboardButton(context.plain("button.open_private"), url=_link(context, seminar))]]
    if context.message.sender_chat is not None:  # an anonymous admin: whom to write to is not told
        await reply(context, context.say("export.open_first"), link)
        return
    try:
        await _send(context, seminar)
    except Forbidden:
        await reply(context, context.say("export.open_first"), link)
    else:
        await reply(context, context.say("export.sent"))


async def send_to_admin(context: Context, wanted: str) -> None:
    """Send the log that a deep link asks for, if this person is an admin of that group now.

    Raises:
        Refusal: they are not, or there is no such seminar; both get the same answer.
    """
    known = wanted.isascii() and wanted.isdigit() and len(wanted) < 16  # noqa: PLR2004  an id is shorter
    seminar = context.store.seminar_by_id(int(wanted)) if known else None
    if seminar is None or not await admins.is_admin(context, seminar.chat_id, context.user.id):
        raise Refusal("export.not_yours")
    await _send(context, seminar)


async def _send(context: Context, seminar: Seminar) -> None:
    """Make the zip in a folder that is gone afterwards, and send it to the person's private chat."""
    with tempfile.TemporaryDirectory(prefix="wendu-") as folder:
        path = Path(folder) / "wendu.zip"
        zone = context.desk.settings.timezone
        await asyncio.to_thread(export_zip, context.store, seminar.id, path, timezone=zone)
        if path.stat().st_size > FILE_LIMIT:
            raise Refusal("export.too_big")
        await context.bot.send_document(
            context.user.id,
            path,
            filename=_file_name(context, seminar),
            caption=context.say(
                "export.caption", title=seminar.title, rounds=len(context.store.rounds(seminar.id))
            ),
        )


def _file_name(context: Context, seminar: Seminar) -> str:
    """Return a name that every file system takes: the group's title with only letters and digits left."""
    title = "".join(char if char.isalnum() else "-" for char in seminar.title).strip("-")[:30]
    date = context.now.astimezone(context.desk.settings.timezone).date().isoformat()
    return context.plain("file.export", title=title or "seminar", date=date)


def _link(context: Context, seminar: Seminar) -> str:
    return deep_link(context, f"{PAYLOAD}{seminar.id}")
