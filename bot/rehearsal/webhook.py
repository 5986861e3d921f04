"""Brings updates to the bot's webhook as Telegram does: in order, with the secret, until it says 200."""

import asyncio

import aiohttp

from bot.rehearsal.updates import Updates

HEADER = "X-Telegram-Bot-Api-Secret-Token"
PAUSE = 0.2  # seconds until a refused update is brought again; Telegram takes longer


class Webhook:
    """Where updates are brought, if anywhere."""

    def __init__(self, updates: Updates) -> None:
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
