"""What waits for the bot: updates with rising ids, fetched by long polling or brought to its webhook."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp

from bot.rehearsal.fake_telegram import rules

HEADER = "X-Telegram-Bot-Api-Secret-Token"
PAUSE = 0.2  # seconds until a refused update is brought again; Telegram takes longer


@dataclass(frozen=True)
class WaitingUpdate:
    """An update that is not confirmed yet."""

    id: int
    raw: dict[str, Any]
    at: datetime


class UpdateQueue:
    """The queue of updates. `taken` counts those that were put in, wanted or not."""

    def __init__(self, clock: Callable[[], datetime], first_id: int = 710_000_001) -> None:
        self._clock = clock
        self._next = first_id
        self._waiting: deque[WaitingUpdate] = deque()
        self._allowed: frozenset[str] | None = None
        self._bell = asyncio.Event()
        self._poller: asyncio.Event | None = None

    @property
    def has_poller(self) -> bool:
        """Whether somebody is waiting for updates right now."""
        return self._poller is not None

    @property
    def count(self) -> int:
        """How many wait for the bot."""
        return len(self._waiting)

    def allow(self, kinds: Iterable[str]) -> None:
        """Set which kinds are put in from now on; none at all means all but those on request."""
        self._allowed = frozenset(kinds) or None

    def wanted(self, kind: str) -> bool:
        """Tell whether the bot asked for this kind."""
        return kind not in rules.ON_REQUEST if self._allowed is None else kind in self._allowed

    def put(self, kind: str, content: dict[str, Any]) -> dict[str, Any] | None:
        """Queue an update and return it raw; None when the bot did not ask for its kind."""
        if not self.wanted(kind):
            return None
        raw: dict[str, Any] = {"update_id": self._next, kind: content}
        self._next += 1
        self._waiting.append(WaitingUpdate(raw["update_id"], raw, self._clock()))
        self._bell.set()
        return raw

    def restart_ids(self, first_id: int) -> None:
        """Go on with other ids, perhaps lower ones, as Telegram does after a quiet week."""
        self._next = first_id

    def take(self) -> list[dict[str, Any]]:
        """Return all that waits and confirm it: for those who need no polling."""
        raws = self.fetch()
        self._waiting.clear()
        return raws

    def confirm(self, offset: int) -> None:
        """Forget what is older than `offset`; a negative one keeps only so many of the last."""
        if offset < 0:
            self._waiting = deque(list(self._waiting)[offset:])
            return
        while self._waiting and self._waiting[0].id < offset:
            self._waiting.popleft()

    def fetch(self, limit: int | None = None) -> list[dict[str, Any]]:
        """Return what waits, oldest first, without what is older than a day."""
        oldest = self._clock() - rules.UPDATE_LIFE
        while self._waiting and self._waiting[0].at < oldest:
            self._waiting.popleft()
        return [waiting.raw for waiting in list(self._waiting)[:limit]]

    async def poll(self, limit: int, timeout: float) -> list[dict[str, Any]]:  # noqa: ASYNC109 - Telegram's own word
        """Wait for updates up to `timeout` seconds. A second poller ends the first.

        Raises:
            rules.ApiError: 409 for a poller that another one ended.
        """
        if self._poller:
            self._poller.set()
        ended = self._poller = asyncio.Event()
        try:
            if not (found := self.fetch(limit)) and timeout > 0:
                await self._ring(ended, timeout)
                found = self.fetch(limit)
        finally:
            if self._poller is ended:
                self._poller = None
        if ended.is_set():
            raise rules.ApiError(409, rules.OTHER_POLLER)
        return found

    async def news(self) -> None:
        """Wait until something is put in."""
        self._bell.clear()
        await self._bell.wait()

    async def _ring(self, ended: asyncio.Event, timeout: float) -> None:  # noqa: ASYNC109 - as above
        self._bell.clear()
        waits = [asyncio.ensure_future(event.wait()) for event in (self._bell, ended)]
        try:
            await asyncio.wait(waits, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()


class Webhook:
    """Where updates are brought, if anywhere."""

    def __init__(self, updates: UpdateQueue) -> None:
        self.url = ""
        self.last_error = ""
        self._updates = updates
        self._secret = ""
        self._task: asyncio.Task[None] | None = None

    def set(self, url: str, secret: str) -> None:
        """Bring updates there from now on; nowhere if the address is empty."""
        self.url, self._secret = url, secret
        if self._task:
            self._task.cancel()
        self._task = asyncio.create_task(self._bring()) if url else None

    async def _bring(self) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                waiting = self._updates.fetch(1)
                if not waiting:
                    await self._updates.news()
                    continue
                self.last_error = await self._deliver(session, waiting[0])
                if self.last_error:
                    await asyncio.sleep(PAUSE)
                else:
                    self._updates.confirm(waiting[0]["update_id"] + 1)

    async def _deliver(self, session: aiohttp.ClientSession, raw: dict[str, object]) -> str:
        """Return what went wrong; empty: it was taken."""
        try:
            async with session.post(self.url, json=raw, headers={HEADER: self._secret}) as answer:
                return (
                    "" if answer.ok else f"Wrong response from the webhook: {answer.status} {answer.reason}"
                )
        except aiohttp.ClientError as error:
            return f"Connection failed: {type(error).__name__}"
