"""The web server beside the bot, and what it says to machines: /healthz and /metrics. Nobody's data."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.intake.inbox import Intake
from db.store import Store


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
        http="h11",
        ws="websockets-sansio",
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
