"""The intake: every way in (polling, webhook, rehearsal) hands raw updates to `Intake.receive`.

One queue a chat: in order within a chat, side by side between chats. A queue's task ends with its queue.
"""

import asyncio
import logging
import sqlite3
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from structlog.contextvars import bound_contextvars

from bot.intake.dispatch import Handle, reason
from bot.intake.storage_errors import StorageErrorLog
from bot.intake.triage import sort_update
from bot.sending.api_calls import sequence
from bot.sending.turn import HandlingTurn, taking
from db.core.errors import of_the_disk
from db.store import Store
from db.updates.records import Incoming, Pending

Tell = Callable[[int, int], Awaitable[None]]  # a chat and its topic, 0 for none
LONGEST_PAUSE = 10.0  # seconds between tries while the store cannot be used
LASTING = 10.0  # seconds of trouble after which who waits for an answer is told
CROWDED = 10_000  # so many waiting: polling pauses until there is room, and memory stays flat (30 MB)

log = logging.getLogger(__name__)


class Intake:
    """Takes raw updates in, keeps them, and has each handled in its turn."""

    def __init__(  # noqa: PLR0913  and how it waits and tells of waiting, which tests choose
        self,
        store: Store,
        handle: Handle,
        bot_id: int,
        bot_username: str,
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        tell: Tell | None = None,
        crowded: int = CROWDED,
    ) -> None:
        """Use that store; `pause` waits so many seconds; `tell` tells a chat that it will have to wait."""
        self._store = store
        self._handle = handle
        self._pause = pause
        self._tell = tell
        self._crowded = crowded
        self._storage_errors = StorageErrorLog()
        self._bot_id = bot_id
        self._bot_username = bot_username
        self._queues: dict[int, deque[Pending]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._moved = (
            store.seminars.moved_groups()
        )  # supergroup -> the group that it was: one queue, over restarts too
        self.newest: dict[int, int] = {}  # sequence -> the highest message id that has arrived
        self.received = self.put_aside = 0  # so far, in this run
        self._last: float | None = None  # when the last update came, by a clock that only goes forward
        self._room = asyncio.Event()
        self._room.set()
        self._closed = False

    async def receive(self, raws: Sequence[Any]) -> None:
        """Put a batch on disk and into the queues; when this returns, Telegram may be told.

        Raises:
            sqlite3.Error: nothing of the batch is on disk.
        """
        sorted_ = self._sorted(raws)
        try:
            pending = self._store.journal.receive(sorted_)
        except sqlite3.Error as error:
            self._storage_errors.make(error)
            raise
        self._storage_errors.withdraw()
        for update in sorted_:
            self._look_at(update)
        self.received += len(sorted_)
        self._last = time.monotonic()
        self._queue(pending)

    @property
    def depth(self) -> int:
        """How many updates wait for their turn, or are being handled."""
        return sum(map(len, self._queues.values()))

    @property
    def trouble(self) -> str:
        """What kept the last update from being stored; empty: nothing."""
        return self._storage_errors.about

    @property
    def age(self) -> float | None:
        """Seconds since the last update came; None: none has."""
        return None if self._last is None else time.monotonic() - self._last

    def replay(self) -> int:
        """Queue what an earlier run left unhandled; return how much that is."""
        left = self._store.journal.pending()
        sorted_ = self._sorted([waiting.raw for waiting in left])
        for update in sorted_:
            self._look_at(update)
        self._queue(
            [
                replace(waiting, lane=update.lane, remark=update.remark, again=True)
                for waiting, update in zip(left, sorted_, strict=True)
            ]
        )
        return len(left)

    async def watch_files(self, every: float = 2.0) -> None:
        """Complain within seconds when the database's files are gone, though nothing comes in."""
        while True:
            try:
                self._store.check_place()
            except sqlite3.OperationalError as error:
                self._storage_errors.make(error)
            await self._pause(every)

    async def settle(self) -> None:
        """Wait until nothing is pending."""
        while self._tasks:
            await asyncio.wait(list(self._tasks.values()))

    async def room(self) -> None:
        """Wait until there is room for another batch."""
        await self._room.wait()

    async def stop(self, patience: float = 5.0) -> int:
        """Let the queues drain for `patience` seconds, then leave the rest to the next start.

        Returns how many updates are left; they stay in the journal.
        """
        if self._tasks:
            await asyncio.wait(list(self._tasks.values()), timeout=patience)
        self._closed, left = True, self.depth
        for task in list(self._tasks.values()):
            task.cancel()
        await self.settle()
        return left

    def _sorted(self, raws: Sequence[Any]) -> list[Incoming]:
        """Sort a batch; what is said where a group has moved to waits behind what was said before."""
        found = [sort_update(raw, self._bot_id, self._bot_username) for raw in raws]
        for update in found:
            if update.migration:
                old, new = update.migration
                self._moved[new] = old
        moved = self._moved
        return [
            update._replace(lane=moved[update.lane]) if update.lane in moved else update for update in found
        ]

    def _look_at(self, update: Incoming) -> None:
        """Remember how far a chat's message ids go: what we post comes after."""
        if update.kind == "message" and not update.fault:
            message = update.raw["message"]
            numbered, number = sequence(message["chat"]["id"]), message["message_id"]
            if number > self.newest.get(numbered, 0):
                self.newest[numbered] = number

    def _queue(self, pending: Sequence[Pending]) -> None:
        for waiting in pending:
            self._queues.setdefault(waiting.lane, deque()).append(waiting)
            if waiting.lane not in self._tasks:
                self._tasks[waiting.lane] = asyncio.create_task(
                    self._drain(waiting.lane), name=f"intake {waiting.lane}"
                )
        self._count()

    def _count(self) -> None:
        if self.depth < self._crowded:
            self._room.set()
        else:
            self._room.clear()

    async def _drain(self, lane: int) -> None:
        """Handle a chat's queue to its end."""
        queue = self._queues[lane]
        try:
            while queue and not self._closed:
                with bound_contextvars(update=queue[0].id, chat=self._store.reference(lane)):
                    await self._take(queue[0])
                queue.popleft()
                self._count()
        finally:
            del self._queues[lane], self._tasks[lane]
            self._count()

    async def _take(self, waiting: Pending) -> None:
        """Handle one update; whatever it does, its chat goes on, once the store lets it be done."""
        turn, waited, told = HandlingTurn(waiting.id, again=waiting.again), 0.0, False
        for failures in count(1):
            try:
                await self._attempt(waiting, turn)
            except sqlite3.Error as error:  # disk full, locked, damaged: not the update's fault
                seconds = min(LONGEST_PAUSE, 0.1 * 2.0 ** min(failures, 10))
                self._storage_errors.make(error)
            else:
                self._storage_errors.withdraw()
                return
            if waited >= LASTING and not told:
                told = True
                await self._tell_of_delay(waiting)
            waited += seconds
            await self._pause(seconds)
            turn = turn.anew()

    async def _attempt(self, waiting: Pending, turn: HandlingTurn) -> None:
        """Handle an update, or put it aside.

        Raises:
            sqlite3.Error: the store cannot be used, so it must be handled again.
        """
        try:
            if self._store.journal.take_turn(waiting, waiting.remark):
                return
            await self._have_handled(waiting.raw, turn)
            self._store.journal.done(waiting.id)
        except Exception as error:  # the boundary: recorded, and the neighbours go on
            if of_the_disk(error):
                raise
            self._put_aside(waiting, error)

    async def _have_handled(self, raw: dict[str, Any], turn: HandlingTurn) -> None:
        with taking(turn):
            await self._handle(raw)
        if turn.fault is not None:
            raise turn.fault

    def _put_aside(self, waiting: Pending, error: Exception) -> None:
        self.put_aside += 1
        log.error("update %s was put aside: %s", waiting.id, type(error).__name__)
        try:
            self._store.journal.quarantine(waiting.id, reason(error))
        except Exception as fault:
            if of_the_disk(fault):
                raise
            log.exception("update %s could not even be put aside", waiting.id)  # it stays till the next start

    async def _tell_of_delay(self, waiting: Pending) -> None:
        """Tell who waits for an answer, as the trouble lasts; a remark is waited for by nobody."""
        message = waiting.raw.get("message")
        if self._tell is None or waiting.plain or not isinstance(message, dict):
            return
        thread = message.get("message_thread_id") if message.get("is_topic_message") else 0
        try:
            await self._tell(message["chat"]["id"], thread or 0)
        except Exception:  # a courtesy: it must not keep the update from being handled
            log.exception("a chat could not be told of the delay")
