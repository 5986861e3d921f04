"""Moves a rehearsal's clock forward: what is due on the way really happens, each thing at its time."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.rehearsal.actions.table import Actions
from bot.rehearsal.fake_telegram.state import Clock
from bot.rehearsal.phrases import refusal
from bot.seminar.records import Round
from bot.seminar.round_times import asks_again_at
from db.store import Store

Kind = Literal["reveal", "again", "end", "prompt", "move"]
HORIZON = timedelta(days=400)  # further ahead nobody schedules anything
FARTHEST = timedelta(days=31)  # in one go
FINEST, STEPS = timedelta(minutes=1), 60  # stops on the way: moves are decided by how long nobody spoke
PATIENCE = 3.0  # seconds for what is due at one stop; while Telegram is out of reach the clock runs on
SHOWN = 8


@dataclass(frozen=True)
class UpcomingEvent:
    """One thing that will be due; `what` is its prompt, empty where the prompt is chosen only then."""

    at: datetime
    kind: Kind
    chat_id: int
    what: str = ""


def upcoming_events(store: Store, now: datetime) -> list[UpcomingEvent]:
    """Return what will be due after `now`, soonest first."""
    found = [each for running in store.rounds.all_open() for each in _of_round(store, running)]
    found += list(_scheduled(store, now))
    return sorted((each for each in found if each.at > now), key=lambda each: each.at)


def _of_round(store: Store, running: Round) -> Iterator[UpcomingEvent]:
    chat = _chat(store, running.seminar_id)
    moments: list[tuple[Kind, datetime | None]] = [
        ("reveal", None if running.revealed_at else running.reveal_at),
        ("again", None if running.asked_again_at else asks_again_at(running)),
        ("end", running.ends_at),
    ]
    for kind, at in moments:
        if at is not None:
            yield UpcomingEvent(at, kind, chat, running.prompt_text)
    for move in store.moves.of(running.id):
        if move.state == "waiting":
            yield UpcomingEvent(move.due_at, "move", chat, move.text)


def _scheduled(store: Store, now: datetime) -> Iterator[UpcomingEvent]:
    for due in store.schedules.due(now + HORIZON):
        yield UpcomingEvent(due.due_at, "prompt", _chat(store, due.seminar_id), due.prompt_text)


def _chat(store: Store, seminar_id: int) -> int:
    seminar = store.seminars.by_id(seminar_id)
    return 0 if seminar is None else seminar.chat_id


class TimeTravel:
    """The rehearsal's clock as the page sees it: what time it is, what is coming, and forward."""

    def __init__(
        self,
        clock: Clock,
        actions: Actions,
        *,
        tick: Callable[[], Awaitable[None]],
        coming: Callable[[datetime], Sequence[UpcomingEvent]],
    ) -> None:
        """Tick the house with `tick`; `coming` says what is due after a moment, soonest first."""
        self._clock, self._actions = clock, actions
        self._tick, self._coming = tick, coming
        self._moving = asyncio.Lock()
        self._late: set[asyncio.Future[None]] = set()

    def coming(self) -> Sequence[UpcomingEvent]:
        """Return what is due next, soonest first."""
        return self._coming(self._clock())

    async def forward(self, by: timedelta) -> None:
        """Move on by that much.

        Raises:
            ValueError: that is nothing, or more than a month.
        """
        if not timedelta() < by <= FARTHEST:
            raise ValueError(refusal("too_far"))
        async with self._moving:
            await self._move(by)
        self.tell()

    async def to_next(self) -> UpcomingEvent:
        """Move on to what is due next, and return it.

        Raises:
            ValueError: nothing is due within a month.
        """
        found = next(iter(self.coming()), None)
        if found is None or found.at - self._clock() > FARTHEST:
            raise ValueError(refusal("nothing_scheduled"))
        async with self._moving:
            await self._move(found.at - self._clock())
        self.tell()
        return found

    async def act(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Do what the page asks: {"minutes": 5}, or {"to": "next"}.

        Raises:
            ValueError: it asks for something else.
        """
        if raw.get("to") == "next":
            await self.to_next()
            return {}
        minutes = raw.get("minutes")
        if not isinstance(minutes, int | float) or not 0 < minutes <= FARTHEST / timedelta(minutes=1):
            raise ValueError(refusal("too_far"))
        await self.forward(timedelta(minutes=minutes))
        return {}

    def as_dict(self) -> dict[str, Any]:
        """Return the time as the page reads it; moments are in seconds since 1970."""
        return {
            "kind": "time",
            "ahead": int(self._clock.ahead.total_seconds()),
            "coming": [
                {"at": each.at.timestamp(), "kind": each.kind, "chat": each.chat_id, "what": each.what}
                for each in self.coming()[:SHOWN]
            ],
        }

    def tell(self) -> None:
        """Tell all pages of the time, if that is news."""
        self._actions.tell_if_new(self.as_dict())

    async def stop(self) -> None:
        """Give up what waits for a Telegram that is out of reach."""
        for task in self._late:
            task.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)

    async def _move(self, by: timedelta) -> None:
        left, stride, patience = by, max(FINEST, by / STEPS), PATIENCE
        while left > timedelta():
            now = self._clock()
            due = next((each.at - now for each in self._coming(now)), left)
            self._clock.forward(step := min(due, stride, left))
            left -= step
            if not await self._happened(patience):
                patience = 0.0

    async def _happened(self, patience: float) -> bool:
        """Do what is due; return whether it was done in time."""
        task = asyncio.ensure_future(self._what_is_due())
        self._late.add(task)
        task.add_done_callback(self._late.discard)
        done, _ = await asyncio.wait({task}, timeout=patience)
        return bool(done)

    async def _what_is_due(self) -> None:
        await self._tick()
        await self._actions.settle()
