"""The web server in front of sockets that say nothing, too much, or stay for ever."""

import asyncio
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.intake import web_server
from bot.intake.web_server import serving

HALF = b"GET / HTTP/1.1\r\nHost: x\r\n"


async def healthz(_: Request) -> Response:
    return PlainTextResponse("well")


@pytest.fixture
async def door(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[str, int]]:
    monkeypatch.setattr(web_server, "MOST", 20)
    monkeypatch.setattr(web_server, "HEAD_WITHIN", 0.3)
    async with serving(("127.0.0.1", 0), [Route("/healthz", healthz)]) as address:
        yield address


async def half_open(door: tuple[str, int], said: bytes = HALF) -> socket.socket:
    """Return a connection that has said no more than that."""
    silent = socket.socket()
    silent.settimeout(0)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(silent, door)
    await loop.sock_sendall(silent, said)
    return silent


async def hung_up_on(silent: socket.socket, *, within: float) -> bool:
    """Return whether the server ends the connection in time."""
    try:
        async with asyncio.timeout(within):
            while await asyncio.get_running_loop().sock_recv(silent, 1000):
                pass
    except TimeoutError:
        return False
    except ConnectionResetError:
        return True
    return True


async def asked(door: tuple[str, int]) -> str:
    async with httpx.AsyncClient() as browser:
        return (await browser.get(f"http://127.0.0.1:{door[1]}/healthz", timeout=5)).text


@pytest.mark.parametrize("said", [b"", HALF, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /"])
async def test_who_never_ends_a_request_is_hung_up_on(door: tuple[str, int], said: bytes) -> None:
    with await half_open(door, said) as silent:
        assert await hung_up_on(silent, within=5)


async def test_where_all_places_are_taken_by_silence_a_request_is_answered_and_the_oldest_goes(
    door: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_server, "HEAD_WITHIN", 60.0)
    silent = [await half_open(door) for _ in range(web_server.most_connections())]
    assert await asked(door) == "well"
    assert await hung_up_on(silent[0], within=5)
    assert not await hung_up_on(silent[-1], within=0.2)
    for each in silent:
        each.close()


async def test_a_flood_of_connections_stops_nobody(door: tuple[str, int]) -> None:
    silent = [await half_open(door) for _ in range(10 * web_server.most_connections())]
    assert await asked(door) == "well"
    for each in silent:
        each.close()
