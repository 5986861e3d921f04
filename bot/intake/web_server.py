"""The web server beside the bot, and what it says to machines: /healthz and /metrics. Nobody's data."""

import asyncio
import contextlib
import socket
import sys
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager

import h11
import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.intake.inbox import Intake
from db.store import Store

HEAD_WITHIN = 10.0  # seconds for a request's head to come in, from the connection or the last answer on
GONE_AFTER = 300.0  # seconds for a request in all: a slow phone gets the fonts (10 MB) in that
MOST = 1_600  # connections: three classes of boards, and as many pages; about 100 kB each
SPARE_FILES = 128  # for database, Telegram and whatever else is open
FEWEST = 32  # connections, however few files there are


def most_connections() -> int:
    """Return how many connections may be open: where the system gives few files, the bot keeps some."""
    if sys.platform == "win32":
        return MOST
    import resource  # noqa: PLC0415  Windows has none

    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if files < 0 else max(FEWEST, min(MOST, files - SPARE_FILES))


class _Connection(H11Protocol):
    """HTTP that waits for nobody for ever: when all places are taken, who has said nothing longest goes."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the place of who has been silent longest, where there is no other."""
        super().connection_made(transport)
        self._wait_for_head()
        if len(self.connections) > most_connections():
            silent = (one for one in self.connections if isinstance(one, _Connection) and one.silent)
            (min(silent, key=lambda one: one.since, default=self)).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave nothing that waits."""
        super().connection_lost(exc)
        if self._timer:
            self._timer.cancel()

    def on_response_complete(self) -> None:
        """Wait for the next request as patiently as for the first."""
        super().on_response_complete()
        self._wait_for_head()

    @property
    def silent(self) -> bool:
        """Whether no request has come since the connection, or the last answer."""
        return self.conn.their_state is h11.IDLE

    def _wait_for_head(self) -> None:
        if self._timer:
            self._timer.cancel()
        self.since = self.loop.time()
        self._timer = self.loop.call_later(HEAD_WITHIN, self._look)

    def _look(self) -> None:
        """Hang up on who says nothing; let who is being answered have a while."""
        if self.transport.get_protocol() is not self:
            return  # a WebSocket by now
        if self.silent or self.loop.time() - self.since >= GONE_AFTER:
            self.transport.abort()
        else:
            self._timer = self.loop.call_later(GONE_AFTER - HEAD_WITHIN, self._look)


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone: the house stops on them, and stops the server."""
        yield


@asynccontextmanager
async def serving(address: tuple[str, int], routes: Sequence[BaseRoute]) -> AsyncIterator[tuple[str, int]]:
    """Serve the routes at that address meanwhile; give the address, its port chosen where it was 0.

    Raises:
        OSError: the address cannot be had.
    """
    listening = socket.create_server(address, family=_family(address[0]))
    config = uvicorn.Config(
        Starlette(routes=list(routes)),
        log_level="warning",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=2,
        server_header=False,
        http=_Connection,
        ws="websockets-sansio",
        ws_max_size=65_536,  # a page says how large it is, no more
        ws_per_message_deflate=False,  # for each page anew: a class of them would take a core
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield listening.getsockname()[:2]
    finally:
        server.should_exit = True
        await task
        listening.close()


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def health(store: Store, intake: Intake) -> list[Route]:
    """Return the routes; /healthz is 503 while the database cannot be written."""
    registry = CollectorRegistry()
    registry.register(_House(store, intake))

    async def healthz(_: Request) -> Response:
        fault = store.fault() or intake.trouble  # damage shows only where it is met
        state = {
            "database": fault or "writable",
            "last_update_age_seconds": _age(intake),
            "queue_depth": intake.depth,
        }
        return JSONResponse(state, status_code=503 if fault else 200)

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", healthz), Route("/metrics", metrics)]


def _age(intake: Intake) -> float | None:
    return None if intake.age is None else round(intake.age, 1)


class _House(Collector):
    """What Prometheus asks for, counted when it asks."""

    def __init__(self, store: Store, intake: Intake) -> None:
        self._store, self._intake = store, intake

    def collect(self) -> Iterable[Metric]:
        """Yield the measures."""
        intake = self._intake
        yield CounterMetricFamily("wendu_updates", "Updates received", value=intake.received)
        yield CounterMetricFamily(
            "wendu_put_aside", "Updates that could not be handled", value=intake.put_aside
        )
        yield GaugeMetricFamily("wendu_queue_depth", "Updates that wait for their turn", value=intake.depth)
        writable = 0 if self._store.fault() or intake.trouble else 1
        yield GaugeMetricFamily("wendu_database_writable", "1: the database can be written", value=writable)
        age = -1.0 if intake.age is None else intake.age
        yield GaugeMetricFamily(
            "wendu_last_update_age_seconds", "Seconds since the last update; -1: none yet", value=age
        )
