"""Whose turn it is: the update being handled, as those see it who post on its behalf."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Turn:
    """The handling of one update: its row in the journal, and how many messages it has posted where."""

    journal_id: int
    newest: Mapping[int, int]  # chat -> the highest message id that has arrived from there
    again: bool = False  # an earlier run may have handled it in part
    over: bool = False  # a task that it left behind speaks for itself
    fault: Exception | None = None  # the store could not be used: all of it must be done again
    results: dict[str, Any] = field(default_factory=dict)  # what Telegram answered, by step
    _posts: Counter[str] = field(default_factory=Counter)

    def step(self, method: str, chat_id: int) -> str:
        """Return the name of the next post by this method into this chat; the same at a second handling."""
        place = f"{method} {chat_id}"
        self._posts[place] += 1
        return f"{place} {self._posts[place]}"

    def anew(self) -> "Turn":
        """Return the turn in which the same update is handled once more."""
        return Turn(self.journal_id, self.newest, again=True, results=self.results)


_turn: ContextVar[Turn | None] = ContextVar("turn", default=None)


def current() -> Turn | None:
    """Return the turn in which this code runs; None outside any, as in timers."""
    turn = _turn.get()
    return None if turn is None or turn.over else turn


def handled_before() -> bool:
    """Return whether an earlier run may have handled the update at hand in part."""
    turn = current()
    return turn is not None and turn.again


@contextmanager
def taking(turn: Turn) -> Iterator[None]:
    """Let the block, and all that it awaits, be this turn."""
    token = _turn.set(turn)
    try:
        yield
    finally:
        turn.over = True
        _turn.reset(token)
