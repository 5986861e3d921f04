"""What happens by the clock: a table of watches, asked every few seconds by the running house.

A watch is told the house and the time, looks into the store for what is due, claims it there and does it.
Tests and the rehearsal call `tick` themselves after they have moved the clock.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.context import House
from bot.handlers.moves import timer
from bot.handlers.privacy import retention
from bot.handlers.rounds import timers

Watch = Callable[[House, datetime], Awaitable[None]]
EVERY = 5.0  # seconds
FIRST = 10.0  # seconds from the start: what people wrote while we were off comes in before a round is ended
WATCHES: Sequence[Watch] = (
    timers.lines_owed,  # before anything new: what an earlier run still owes
    timers.rounds_due,
    timers.schedules_due,
    timer.watch,  # after what the clock ends: a round that is over needs no moves
    retention.purge_due,
)

log = logging.getLogger(__name__)


async def tick(house: House, now: datetime | None = None) -> None:
    """Ask every watch once; an error in one is logged and does not stop the others."""
    for watch in WATCHES:
        try:
            await watch(house, now or house.bot_data.clock())
        except Exception:
            log.exception("%s failed", watch.__name__)


async def keep_time(house: House, stop: asyncio.Event, *, first: float = FIRST, every: float = EVERY) -> None:
    """Tick until `stop` is set."""
    waiting = first
    while not stop.is_set():
        try:
            await asyncio.wait_for(stop.wait(), waiting)
        except TimeoutError:
            await tick(house)
        waiting = every
