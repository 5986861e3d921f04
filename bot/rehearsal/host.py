"""Opens a rehearsal's server on this computer: a port, a key, and a clean end on a signal."""

import asyncio
import socket
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

HOST = "127.0.0.1"
USUAL_PORT = 8420


class Server(uvicorn.Server):
    """Uvicorn, which says when it is `ready`, and whom a signal only asks to end.

    Left alone it would raise the signal again, before our own things are put away.
    """

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        self.ready.set()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002  uvicorn's signature
        """End at the first signal, at once at the second."""
        self.force_exit = self.should_exit
        self.should_exit = True


def open_port(port: int | None) -> socket.socket:
    """Return a socket on loopback: at `port`; without one at the usual port or, if that is taken, any other.

    Raises:
        OSError: the port that was asked for is taken.
    """
    if port is not None:
        return _bound(port)
    try:
        return _bound(USUAL_PORT)
    except OSError:
        return _bound(0)


def _bound(port: int) -> socket.socket:
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((HOST, port))
        opened.listen()  # at once: two that are only bound may share a port, and the later one then hangs
    except OSError:
        opened.close()
        raise
    return opened


def make_server(app: ASGIApp) -> Server:
    """Return the server of `app`, quiet, not yet started; give it a socket from `open_port`."""
    config = uvicorn.Config(
        app, log_level="warning", lifespan="off", ws="websockets-sansio", timeout_graceful_shutdown=1
    )
    return Server(config)
