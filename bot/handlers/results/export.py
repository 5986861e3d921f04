"""/export: the log as a file, to the admin's private chat and nowhere else.

The command sends everything at once, under aliases. A button below the file leads to one round, another
format, or real names; whoever presses is asked for being an admin each time.
"""

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from bot.context import Context, Refusal
from bot.handlers.common import admins
from bot.handlers.common.buttons import button, labelled, number_or_zero, numbers
from bot.handlers.common.reply import Rows, edit, file_name, keyboard, reply, send_or_show_the_way
from bot.seminar.records import Seminar
from db.core.scratch import scratch
from db.exports.export import DEFAULT, FORMATS, Filters, Job, job_of, reading, write_export

PAYLOAD = "export_"
FILE_LIMIT = 50_000_000  # bytes that a bot may send
SHOWN = 12  # rounds that get a button, the latest
ALIASES, ASKED, NAMES = range(3)  # what stands on the last button: aliases, names wanted, names confirmed
_BY_NUMBER = tuple(FORMATS)


@dataclass(frozen=True)
class Wish:
    """What is to be exported; all of it, under aliases, unless somebody chose otherwise."""

    seminar: Seminar
    round_id: int = 0  # 0: all rounds
    format: str = DEFAULT
    names: bool = False


async def export(context: Context) -> None:
    """Answer /export in a group: send the log privately, or show the way where we may not write yet."""
    await admins.only(context)
    seminar = context.group_seminar
    if await send_or_show_the_way(
        context, "export.open_first", f"{PAYLOAD}{seminar.id}", lambda: _send_all(context, seminar)
    ):
        await reply(context, context.say("export.sent"))


async def send_to_admin(context: Context, wanted: str) -> None:
    """Send the log that a deep link asks for, if this person is an admin of that group now.

    Raises:
        Refusal: they are not, or there is no such seminar; both get the same answer.
    """
    await _send_all(context, await admins.steered(context, number_or_zero(wanted), "export.not_yours"))


async def press(context: Context) -> None:
    """Go a step on: which round, which format, aliases or names, and the file.

    Raises:
        Refusal: the person is not an admin of that group (any more), or the button was made up.
    """
    found = numbers(context, ((context.query and context.query.data) or "").count(":"))
    if not found:
        raise Refusal("toast.stale")
    seminar = await admins.steered(context, found[0], "export.not_yours")
    steps = (_ask_round, _ask_format, _ask_names, _decide)
    if len(found) > len(steps):
        raise Refusal("toast.stale")
    await steps[len(found) - 1](context, seminar, *found[1:])


async def _ask_round(context: Context, seminar: Seminar) -> None:
    latest = context.store.rounds.of(seminar.id)[-SHOWN:]
    rows = [[labelled(context, "exporting.all", "export", seminar.id, 0)]]
    rounds = [
        button(context.plain("exporting.round", number=one.number), "export", seminar.id, one.id)
        for one in reversed(latest)
    ]
    rows += [rounds[at : at + 3] for at in range(0, len(rounds), 3)]
    await _show(context, context.say("exporting.which", title=seminar.title), rows)


async def _ask_format(context: Context, seminar: Seminar, round_id: int) -> None:
    of = _round_name(context, seminar, round_id)
    choices = [
        button(context.plain(f"exporting.format_{name}"), "export", seminar.id, round_id, number)
        for number, name in enumerate(_BY_NUMBER)
    ]
    rows = [choices[at : at + 2] for at in range(0, len(choices), 2)]
    rows.append([labelled(context, "exporting.back", "export", seminar.id)])
    await _show(context, context.say("exporting.format", title=seminar.title, round=of), rows)


async def _ask_names(context: Context, seminar: Seminar, round_id: int, number: int) -> None:
    name = _format(number)
    if not FORMATS[name].can_name:
        await _decide(context, seminar, round_id, number, ALIASES)
        return
    rows = [
        [labelled(context, "exporting.aliases", "export", seminar.id, round_id, number, ALIASES)],
        [labelled(context, "exporting.with_names", "export", seminar.id, round_id, number, ASKED)],
        [labelled(context, "exporting.back", "export", seminar.id, round_id)],
    ]
    said = _named(context, Wish(seminar, round_id, name))
    await _show(context, context.say("exporting.names", **said), rows)


async def _decide(context: Context, seminar: Seminar, round_id: int, number: int, names: int) -> None:
    """Send the file; before one with names, say what that means."""
    wish = Wish(seminar, round_id, _format(number), names=names == NAMES)
    if names not in {ALIASES, ASKED, NAMES} or (wish.names and not FORMATS[wish.format].can_name):
        raise Refusal("toast.stale")
    if names == ASKED:
        rows = [
            [labelled(context, "exporting.sure", "export", seminar.id, round_id, number, NAMES)],
            [labelled(context, "exporting.back", "export", seminar.id, round_id, number)],
        ]
        await _show(context, context.say("exporting.warning"), rows)
        return
    said = _named(context, wish)
    await context.toast()  # a large log takes longer than a press may wait
    await _send(
        context, wish, context.say("exporting.caption_names" if wish.names else "exporting.caption", **said)
    )


async def _show(context: Context, markup: str, rows: Rows) -> None:
    """Show the next step in place of the last; below a file, which has no text to change, as an answer."""
    await (reply if context.message.document else edit)(context, markup, rows)


async def _send_all(context: Context, seminar: Seminar) -> None:
    rounds = len(context.store.rounds.of(seminar.id))
    more = [[labelled(context, "exporting.more", "export", seminar.id)]]
    await _send(
        context, Wish(seminar), context.say("export.caption", title=seminar.title, rounds=rounds), more
    )


async def _send(context: Context, wish: Wish, caption: str, rows: Rows = ()) -> None:
    """Make the file in a folder that is gone afterwards, and send it to the person's private chat."""
    with scratch() as folder:
        path = folder / "wendu"
        services = context.services
        zone = services.settings.zone(wish.seminar.timezone)
        job = replace(
            job_of(services.store, services.library, wish.seminar, zone),
            filters=Filters(wish.round_id or None),
            names=wish.names,
        )
        await asyncio.to_thread(_write, job, wish.format, path)
        if path.stat().st_size > FILE_LIMIT:
            raise Refusal("export.too_big")
        await context.bot.send_document(
            context.user.id,
            path,
            filename=file_name(context, wish.seminar, "exporting.file", suffix=FORMATS[wish.format].suffix),
            caption=caption,
            reply_markup=keyboard(rows),
        )


def _write(job: Job, name: str, path: Path) -> None:
    with reading(job) as ready, path.open("wb") as file:
        write_export(ready, name, file)


def _format(number: int) -> str:
    if number >= len(_BY_NUMBER):
        raise Refusal("toast.stale")
    return _BY_NUMBER[number]


def _round_name(context: Context, seminar: Seminar, round_id: int) -> str:
    """Return what the choice of rounds is called; a round of another seminar is none."""
    if not round_id:
        return context.plain("exporting.all")
    found = context.store.rounds.by_id(round_id)
    if found is None or found.seminar_id != seminar.id:
        raise Refusal("toast.stale")
    return context.plain("exporting.round", number=found.number)


def _named(context: Context, wish: Wish) -> dict[str, str]:
    return {
        "title": wish.seminar.title,
        "round": _round_name(context, wish.seminar, wish.round_id),
        "format": context.plain(f"exporting.format_{wish.format}"),
    }
