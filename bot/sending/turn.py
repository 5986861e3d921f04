"""Whose turn it is: the update being handled, or the line being posted, as those see it who post for it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass
class HandlingTurn:
    """The handling of one update or line: its row, and how many messages it has posted where."""

    journal_id: int | None
    again: bool = False  # an earlier run may have handled it in part
    line_id: int | None = None  # it is no update, but a line that a round owes
    over: bool = False  # a task that it left behind speaks for itself
    fault: Exception | None = None  # the store could not be used: all of it must be done again
    _posts: Counter[str] = field(default_factory=Counter)

    def step(self, method: str, chat_id: int) -> str:
        """Return the name of the next post by this method into this chat; the same at a second handling."""
        place = f"{method} {chat_id}"
        self._posts[place] += 1
        return f"{place} {self._posts[place]}"

    def anew(self) -> "HandlingTurn":
        """Return the turn in which the same update is handled once more."""
        return HandlingTurn(self.journal_id, again=True)


_turn: ContextVar[HandlingTurn | None] = ContextVar("turn", default=None)


def current() -> HandlingTurn | None:
    """Return the turn in which this code runs; None outside any, as in timers."""
    turn = _turn.get()
    return None if turn is None or turn.over else turn


def handled_before() -> bool:
    """Return whether an earlier run may have handled the update at hand in part."""
    turn = current()
    return turn is not None and turn.again


@contextmanager
def taking(turn: HandlingTurn) -> Iterator[None]:
    """Let the block, and all that it awaits, be this turn."""
    token = _turn.set(turn)
    try:
        yield
    finally:
        turn.over = True
        _turn.reset(token)
