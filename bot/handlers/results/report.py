"""/report: the class in charts and numbers as one HTML file, to the admin's private chat and nowhere else."""

import asyncio
import io
import re
from dataclasses import replace

from bot.context import Context, Refusal
from bot.handlers.common import admins
from bot.handlers.common.entry import rest_of
from bot.handlers.common.reply import file_name, reply, send_or_show_the_way
from bot.seminar.records import Seminar
from db.exports.export import Filters, job_of

PAYLOAD = "report_"
WANTED = re.compile(r"(\d{1,15})(?:-(\d{1,6}))?", re.ASCII)  # a seminar's id, perhaps a round's number


async def report(context: Context) -> None:
    """Answer /report in a group: send it privately, or show the way where we may not write yet."""
    await admins.only(context)
    seminar = context.group_seminar
    number = _number(rest_of(context))
    _round_id(context, seminar, number)  # says no here rather than in private
    payload = f"{PAYLOAD}{seminar.id}" + (f"-{number}" if number else "")
    if await send_or_show_the_way(
        context, "report.open_first", payload, lambda: _send(context, seminar, number)
    ):
        await reply(context, context.say("report.sent"))


async def send_to_admin(context: Context, wanted: str) -> None:
    """Send the report that a deep link asks for, if this person is an admin of that group now.

    Raises:
        Refusal: they are not, or there is no such seminar; both get the same answer.
    """
    found = WANTED.fullmatch(wanted)
    if not found:
        raise Refusal("report.not_yours")
    seminar = await admins.steered(context, int(found[1]), "report.not_yours")
    await _send(context, seminar, int(found[2] or 0))


async def _send(context: Context, seminar: Seminar, number: int) -> None:
    """Make the report off the loop that all chats share, and send it to the person's private chat."""
    services = context.services
    if services.report is None:
        raise LookupError("this house draws no reports")
    zone = services.settings.zone(seminar.timezone)
    job = replace(
        job_of(services.store, services.library, seminar, zone),
        filters=Filters(_round_id(context, seminar, number)),
    )
    html = await asyncio.to_thread(services.report, job, services.library)
    await context.bot.send_document(
        context.user.id,
        io.BytesIO(html.encode()),
        filename=file_name(context, seminar, "file.report"),
        caption=context.say("report.caption", title=seminar.title),
    )


def _round_id(context: Context, seminar: Seminar, number: int) -> int | None:
    """Return the id of the round of that number, None for 0: all rounds.

    Raises:
        Refusal: there is no such round, or none at all.
    """
    rounds = context.store.rounds.of(seminar.id)
    if not rounds:
        raise Refusal("report.no_rounds")
    if not number:
        return None
    for found in rounds:
        if found.number == number:
            return found.id
    raise Refusal("report.which", number=number, rounds=len(rounds))


def _number(text: str) -> int:
    """Return the round's number that was typed; 0: none."""
    word = text.strip()
    return int(word) if word.isdecimal() and len(word) < 7 else 0  # noqa: PLR2004  more rounds than a class holds
