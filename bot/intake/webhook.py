"""The webhook: Telegram posts an update, and gets its 200 only after the journal's commit.

Whatever fails is answered with an error, so that Telegram sends the update again. Updates that arrive in the
same moment share one commit.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.intake.inbox import Intake

LARGEST = 1_048_576  # bytes; Telegram's updates have a few thousand
SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105  the header's name
PATIENCE = 10.0  # seconds to wait for a body, or for room; then Telegram is asked to come again

log = logging.getLogger(__name__)


class TooLarge(Exception):  # noqa: N818  as HTTP calls it
    """The body has more bytes than any update."""


class Gathering:
    """Hands on together what arrives together: one commit for many requests."""

    def __init__(self, receive: Callable[[Sequence[Any]], Awaitable[None]]) -> None:
        """Hand on to `receive`."""
        self._receive = receive
        self._waiting: list[tuple[Any, asyncio.Future[None]]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def take(self, raw: Any) -> None:
        """Return once the update is on disk; raise what kept it from that."""
        if not self._waiting:
            task = asyncio.create_task(self._hand_on())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((raw, kept))
        await kept

    async def _hand_on(self) -> None:
        await asyncio.sleep(0)  # whoever arrives in the same moment joins
        batch, self._waiting = sorted(self._waiting, key=_order), []
        try:
            await self._receive([raw for raw, _ in batch])
        except Exception as error:  # noqa: BLE001  each request answers for itself
            for _, kept in batch:
                if not kept.done():
                    kept.set_exception(error)
        else:
            for _, kept in batch:
                if not kept.done():
                    kept.set_result(None)


def _order(waiting: tuple[Any, "asyncio.Future[None]"]) -> int:
    raw = waiting[0]
    number = raw.get("update_id") if isinstance(raw, dict) else 0
    return number if isinstance(number, int) else 0


def webhook(intake: Intake, *, path: str, secret: str) -> Route:
    """Return the route that takes Telegram's updates at `path` from who knows the secret."""
    gathering = Gathering(intake.receive)

    async def receive(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET, "").encode(), secret.encode()):
            return PlainTextResponse("", status_code=403)
        try:
            async with asyncio.timeout(PATIENCE):
                raw = json.loads(await _body(request))
        except TimeoutError:
            return PlainTextResponse("", status_code=408)
        except TooLarge:
            return PlainTextResponse("", status_code=413)
        except (ValueError, RecursionError, ClientDisconnect):
            return PlainTextResponse("", status_code=400)
        try:
            async with asyncio.timeout(PATIENCE):
                await intake.room()
            await gathering.take(raw)
        except Exception as error:  # noqa: BLE001  whatever it is, Telegram must send the update again
            log.error("an update could not be kept; Telegram will send it again: %s", type(error).__name__)  # noqa: TRY400  expected
            return PlainTextResponse("", status_code=500)
        return PlainTextResponse("")

    return Route(path, receive, methods=["POST"])


async def _body(request: Request) -> bytes:
    """Return the body, reading no more than the largest update.

    Raises:
        TooLarge: there is more.
    """
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise TooLarge
    return bytes(body)
