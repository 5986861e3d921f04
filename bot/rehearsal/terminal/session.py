"""A rehearsal in a terminal from its first line to its last: lines come from a prompt or a pipe."""

import asyncio
import os
import shutil
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.patch_stdout import patch_stdout

from bot.rehearsal.actions.table import Actions
from bot.rehearsal.lesson import LessonPlayer
from bot.rehearsal.page.live import commands
from bot.rehearsal.terminal.client import Quit, TerminalClient
from bot.rehearsal.terminal.commands import NAMES
from bot.rehearsal.terminal.view import TerminalView, local
from bot.rehearsal.time_travel import TimeTravel
from bot.text.folding import in_script

Meanings = Callable[[], Iterable[tuple[str, str]]]  # words, each with what it does
CHINESE, ENGLISH = -1, 0  # where an order's name stands in NAMES


def columns() -> int:
    """Return how many cells a line of the terminal has; 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def is_terminal() -> bool:
    """Tell whether somebody sits before a screen; one that can only print lines is served like a pipe."""
    return sys.stdin.isatty() and sys.stdout.isatty() and not _is_dumb()


def _is_dumb() -> bool:
    return os.environ.get("TERM") == "dumb"


def say(line: str) -> None:
    """Print a line: above the prompt, where there is one; without colours into a pipe, or where unwanted."""
    click.echo(line, color=False if _is_dumb() or os.environ.get("NO_COLOR") else None)


@contextmanager
def above_the_prompt() -> Iterator[None]:
    """Let everything that is printed meanwhile appear above the line that is being typed."""
    with patch_stdout(raw=True):
        yield


class WordCompleter(Completer):
    """Completes the first word of a line: a command of the bot's, an order to the terminal."""

    def __init__(self, words: Meanings) -> None:
        self._words = words

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002  its signature
        """Yield what could be meant."""
        begun = document.text_before_cursor
        if begun.startswith(("/", ":", "：")) and " " not in begun:
            for word, meaning in self._words():
                if word.startswith(begun.replace("：", ":")):
                    yield Completion(word, -len(begun), display_meta=meaning)


async def typed(prompt: Callable[[], str], status: Callable[[], str], words: Meanings) -> AsyncIterator[str]:
    """Yield what is typed, until Ctrl+C or Ctrl+D; `status` is the line below, `words` may be completed."""
    session: PromptSession[str] = PromptSession(history=InMemoryHistory(), completer=WordCompleter(words))
    while True:
        try:
            yield await session.prompt_async(prompt, bottom_toolbar=status, refresh_interval=1.0)
        except (EOFError, KeyboardInterrupt):
            return


async def piped() -> AsyncIterator[str]:
    """Yield the lines of standard input, read by a thread that ends with the process."""
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[str | None]()

    def put(line: str | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(lines.put_nowait, line)

    def read() -> None:
        for line in sys.stdin:
            put(line.rstrip("\r\n"))
        put(None)

    threading.Thread(target=read, daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line


async def converse(  # noqa: PLR0913  what a rehearsal is made of, and how it is wanted
    actions: Actions,
    player: LessonPlayer,
    time_travel: TimeTravel,
    *,
    language: str,
    address: str,
    pace: float | None = None,
) -> None:
    """Do what is typed until its end; with a `pace` play the example class first."""
    sitting = is_terminal()
    view = TerminalView(actions.world, language=language, say=say, columns=columns)
    client = TerminalClient(view, actions, player, time_travel, patient=not sitting)
    with ExitStack() as ends:
        if sitting:
            ends.enter_context(above_the_prompt())
        ends.callback(actions.world.listen(view.note))
        ends.callback(actions.watch(client.note))
        view.tell("welcome")
        view.tell("page", address=address)
        view.tell("now", name=view.me.name, place=view.place)
        if pace is not None:
            await client.take(f":play {pace:g}")
        lines = _typed(view, time_travel, language) if sitting else piped()
        async for line in lines:
            if not sitting:
                say(f"› {line}")
            try:
                await client.take(line)
            except Quit:
                break
        await client.end()
        view.tell("bye")


def _typed(view: TerminalView, time_travel: TimeTravel, language: str) -> AsyncIterator[str]:
    """Return what is typed at a prompt that says who one is, above a line that says what is coming."""
    place = ENGLISH if language == "en" else CHINESE
    orders = {key: f":{in_script(names[place], language)}" for key, names in NAMES.items()}

    def prompt() -> str:
        return f"{view.me.name} ▸ "

    def status() -> str:
        due = [f"{local(each.at)} {view.t(f'coming_{each.kind}')}" for each in time_travel.coming()[:1]]
        return "  ·  ".join([view.place, local(view.world.now()), *due, orders["help"]])

    def words() -> Iterator[tuple[str, str]]:
        yield from ((order, "") for order in orders.values())
        yield from {
            f"/{each['command']}": each["description"] for each in commands(view.world, language)
        }.items()

    return typed(prompt, status, words)
