"""Where lines come from: a prompt with history and completion in a terminal, or a pipe."""

import asyncio
import os
import shutil
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.patch_stdout import patch_stdout

Meanings = Callable[[], Iterable[tuple[str, str]]]  # words, each with what it does


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


class Words(Completer):
    """Completes the first word of a line: a command of the bot's, an order to the terminal."""

    def __init__(self, words: Meanings) -> None:
        self._words = words

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002
        """Yield what could be meant."""
        begun = document.text_before_cursor
        if begun.startswith(("/", ":", "：")) and " " not in begun:
            for word, meaning in self._words():
                if word.startswith(begun.replace("：", ":")):
                    yield Completion(word, -len(begun), display_meta=meaning)


async def typed(prompt: Callable[[], str], status: Callable[[], str], words: Meanings) -> AsyncIterator[str]:
    """Yield what is typed, until Ctrl+C or Ctrl+D; `status` is the line below, `words` may be completed."""
    session: PromptSession[str] = PromptSession(history=InMemoryHistory(), completer=Words(words))
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
