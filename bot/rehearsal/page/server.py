"""One local web server for a rehearsal: the Bot API that the bot speaks to, the page that people look at.

It answers this computer's own browser with the key of this run, nobody else.
"""

import asyncio
import secrets
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from types import FrameType
from urllib.parse import parse_qs, urlencode, urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.page_security import NOT_ALLOWED, is_local, same_origin, with_strict_headers
from bot.rehearsal.fake_telegram.world import World
from bot.rehearsal.page.live import LivePage
from bot.rehearsal.phrases import texts_of

HOST = "127.0.0.1"
USUAL_PORT = 8420
REFUSAL = (
    "請用終端機裡 wendu rehearse 印出的網址打開這一頁（每次執行的鑰匙都不同）。\n"
    "Open the address that wendu rehearse printed in the terminal (its key is new at every run).\n"
)
STRANGER = "這個伺服器只回應這部電腦自己。\nThis server answers this computer only.\n"
PAGE = Path(__file__).parent / "static"
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


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


@dataclass(frozen=True)
class AccessGuard:
    """ASGI middleware: loopback hosts and origins only, a key in address, cookie or header, strict headers.

    The Bot API's own paths need no key, since the token in them is one; a browser page may not call them.
    """

    app: ASGIApp
    key: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what may pass, answer the rest."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not is_local(headers.get("host", "")) or not _same_origin(scope, headers):
            await _refuse(STRANGER, scope, receive, send)
        elif _for_bots(scope["path"]) or self._known(headers):
            await self.app(scope, receive, with_strict_headers(send, headers.get("host", "")))
        elif self._invited(scope):
            await self._welcome(scope, receive, send)
        else:
            await _refuse(REFUSAL, scope, receive, send)

    def _known(self, headers: Headers) -> bool:
        found = headers.get("x-wendu-key") or _cookie(headers, cookie_name(headers.get("host", "")))
        return secrets.compare_digest(found.encode(), self.key.encode())

    def _invited(self, scope: Scope) -> bool:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
        fits = secrets.compare_digest(given.encode(), self.key.encode())
        return scope["type"] == "http" and scope["path"] == "/" and fits

    async def _welcome(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = RedirectResponse("/", status_code=303)
        name = cookie_name(Headers(scope=scope).get("host", ""))
        answer.set_cookie(name, self.key, httponly=True, samesite="lax")
        await answer(scope, receive, send)


def address(port: int, key: str) -> str:
    """Return the address that opens the page of this run."""
    return f"http://127.0.0.1:{port}/?{urlencode({'key': key})}"


def cookie_name(host: str) -> str:
    """Return the cookie's name: browsers share cookies between ports, two rehearsals must not."""
    return f"wendu_rehearsal_{urlsplit(f'//{host}').port or 80}"


def _same_origin(scope: Scope, headers: Headers) -> bool:
    """Tell whether a request comes from our own page, or from no page; a page may not play the bot."""
    ours = same_origin(headers, websocket=scope["type"] == "websocket")
    return ours and ("origin" not in headers or not _for_bots(scope["path"]))


def _for_bots(path: str) -> bool:
    return path.startswith(("/bot", "/file/bot"))


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


async def _refuse(words: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": NOT_ALLOWED})
        return
    await PlainTextResponse(words, status_code=403)(scope, receive, send)


def make_app(  # noqa: PLR0913  what a server is made of
    *,
    world: World,
    api: ASGIApp,
    live: LivePage,
    key: str,
    language: str = "zh-Hant",
    more: Sequence[BaseRoute] = (),
) -> Starlette:
    """Return the whole server; `api` is the local Bot API, `language` that in which the page first opens.

    `more`: pages of others, such as the board, behind the same guard.
    """

    def page(_: Request) -> HTMLResponse:
        html = (PAGE / "index.html").read_text(encoding="utf-8")
        return HTMLResponse(html.replace('<html lang="zh-Hant">', f'<html lang="{language}">', 1))

    def file(request: Request) -> Response:
        return _file(world, request.path_params["file_id"])

    routes = [
        Route("/", page),
        Route("/texts/{language}.json", _texts),
        Route("/files/{file_id}", file),
        WebSocketRoute("/live", live.serve),
        Mount("/page", StaticFiles(directory=PAGE)),
        *more,
        Mount("/", api),
    ]
    return Starlette(routes=routes, middleware=[Middleware(AccessGuard, key=key)])


def page_texts(language: str) -> Mapping[str, str]:
    """Return what the page says, key by key.

    Raises:
        KeyError: for a language that the page does not speak.
    """
    return texts_of(PAGE, language)


def _texts(request: Request) -> JSONResponse:
    try:
        return JSONResponse(dict(page_texts(request.path_params["language"])))
    except KeyError as error:
        raise HTTPException(404) from error


def _file(world: World, file_id: str) -> Response:
    """Return a file of the rehearsal: a picture to look at, anything else only to keep."""
    stored = world.files.by_id(file_id)
    if stored is None:
        raise HTTPException(404)
    if stored.kind in {"photo", "sticker"} and stored.mime_type in PICTURES:
        return Response(stored.data, media_type=stored.mime_type)
    headers = {"content-disposition": "attachment"}  # the page's link names the file
    return Response(stored.data, media_type="application/octet-stream", headers=headers)
