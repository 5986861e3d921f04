"""A rehearsal in a terminal from its first line to its last."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack

from bot.rehearsal.actions import Acts
from bot.rehearsal.director import Director
from bot.rehearsal.live import commands
from bot.rehearsal.phrases import in_script
from bot.rehearsal.terminal.client import Client, Quit
from bot.rehearsal.terminal.commands import NAMES
from bot.rehearsal.terminal.screen import above_the_prompt, columns, is_terminal, piped, say, typed
from bot.rehearsal.terminal.view import View, local
from bot.rehearsal.time_travel import Timepiece

CHINESE, ENGLISH = -1, 0  # where an order's name stands in NAMES


async def converse(  # noqa: PLR0913  what a rehearsal is made of, and how it is wanted
    acts: Acts,
    director: Director,
    timepiece: Timepiece,
    *,
    language: str,
    address: str,
    pace: float | None = None,
) -> None:
    """Do what is typed until its end; with a `pace` play the example class first."""
    sitting = is_terminal()
    view = View(acts.world, language=language, say=say, columns=columns)
    client = Client(view, acts, director, timepiece, patient=not sitting)
    with ExitStack() as ends:
        if sitting:
            ends.enter_context(above_the_prompt())
        ends.callback(acts.world.listen(view.note))
        ends.callback(acts.watch(client.note))
        view.tell("welcome")
        view.tell("page", address=address)
        view.tell("now", name=view.me.name, place=view.place)
        if pace is not None:
            await client.take(f":play {pace:g}")
        lines = _typed(view, timepiece, language) if sitting else piped()
        async for line in lines:
            if not sitting:
                say(f"› {line}")
            try:
                await client.take(line)
            except Quit:
                break
        await client.end()
        view.tell("bye")


def _typed(view: View, timepiece: Timepiece, language: str) -> AsyncIterator[str]:
    """Return what is typed at a prompt that says who one is, above a line that says what is coming."""
    place = ENGLISH if language == "en" else CHINESE
    orders = {key: f":{in_script(names[place], language)}" for key, names in NAMES.items()}

    def prompt() -> str:
        return f"{view.me.name} ▸ "

    def status() -> str:
        due = [f"{local(each.at)} {view.t(f'coming_{each.kind}')}" for each in timepiece.coming()[:1]]
        return "  ·  ".join([view.place, local(view.world.now()), *due, orders["help"]])

    def words() -> Iterator[tuple[str, str]]:
        yield from ((order, "") for order in orders.values())
        yield from {
            f"/{each['command']}": each["description"] for each in commands(view.world, language)
        }.items()

    return typed(prompt, status, words)
