"""The web server beside the bot: it listens, and leaves signals to who runs the bot."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute


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
