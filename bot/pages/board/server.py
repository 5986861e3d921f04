"""Serves the boards of all seminars: a page and a WebSocket for each key, the class's and the teacher's."""

import asyncio
import contextlib
import hmac
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse
from starlette.routing import Mount, Route, Router, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.answering.library import Library
from bot.context import BoardAddresses
from bot.page_security import NOT_ALLOWED, host_of, is_local, is_number, same_origin, with_strict_headers
from bot.pages import fonts
from bot.pages.board.panels import PanelSizes, charts, drawn, panel_sizes
from bot.pages.board.snapshot import SnapshotReader, View, oversee, state
from bot.pages.palette import board_css
from bot.pages.texts import phrases
from bot.seminar.records import Seminar
from db.store import Store

FOLDER = Path(__file__).parent
FOR_A_DAY = {"content-type": "font/otf", "cache-control": "max-age=86400"}
EVERY = 1.0  # seconds between looks at the store
TIME_SYNC = 15  # looks after which a page is told the time left again
LONGEST = 4_000  # letters that a page may say at once
BROKEN = 1011  # the WebSocket's code for a mishap of ours
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Seat:
    """Whose board somebody looks at, and as whom."""

    seminar: Seminar
    view: View


@dataclass
class OpenBoard:
    """An open page: how large its panels are, once it has said so."""

    seat: Seat
    fit: PanelSizes | None = None
    stirred: asyncio.Event = field(default_factory=asyncio.Event)


class Boards:
    """The boards of a house. `base` is how its pages are reached, such as http://127.0.0.1:8080."""

    def __init__(
        self, store: Store, library: Callable[[], Library], clock: Callable[[], datetime], base: str = ""
    ) -> None:
        self.base = base
        self._store, self._clock = store, clock
        self._scenes = SnapshotReader(store, library)

    def links(self, seminar_id: int) -> BoardAddresses:
        """Return the addresses of the class's page and of the teacher's."""
        keys = (self._store.board.key(seminar_id, view) for view in ("class", "teacher"))
        return BoardAddresses(*(f"{self.base}/board/{key}/" for key in keys))

    def mount(self) -> Mount:
        """Return the routes, behind their guard."""
        routes = [
            Mount("/static", StaticFiles(directory=FOLDER / "static")),
            Mount("/fonts", _Fonts()),
            Route("/colours.css", _colours),
            Route("/{key}/", self._page),
            WebSocketRoute("/{key}/live", self._live),
        ]
        return Mount("/board", _Guard(Router(routes), self))

    async def _page(self, request: Request) -> HTMLResponse:
        seat = self._seat(request.path_params["key"])
        if seat is None:
            raise HTTPException(404)
        language = seat.seminar.language
        page = _environment().get_template("board.html.jinja")
        return HTMLResponse(
            page.render(language=language, say=phrases(language)["board"], teacher=seat.view == "teacher")
        )

    async def _live(self, socket: WebSocket) -> None:
        seat = self._seat(socket.path_params["key"])
        if seat is None:
            await socket.close(NOT_ALLOWED)
            return
        await socket.accept()
        onlooker = OpenBoard(seat)
        tasks = [asyncio.create_task(work(socket, onlooker)) for work in (self._hear, self._tell)]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        broken = [error for task in done if (error := task.exception())]
        if broken and not isinstance(broken[0], WebSocketDisconnect):
            log.error("a board broke off: %s", type(broken[0]).__name__)
            await socket.close(BROKEN)  # the page comes again

    async def _hear(self, socket: WebSocket, onlooker: OpenBoard) -> None:
        while True:
            self._heed(onlooker, await socket.receive_text())

    async def _tell(self, socket: WebSocket, onlooker: OpenBoard) -> None:
        """Send the view, then again whenever it has changed; the time left now and then."""
        await onlooker.stirred.wait()  # until the page has said how large it is
        seen, last, looks = -1, "", 0
        while True:
            now = self._store.board.changes()
            if now != seen or looks % TIME_SYNC == 0 or onlooker.stirred.is_set():
                onlooker.stirred.clear()
                seen = now
                text = json.dumps(await self._view(onlooker), ensure_ascii=False)
                if text != last:
                    await socket.send_text(text)
                    last = text
            looks += 1
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(onlooker.stirred.wait(), EVERY)

    async def _view(self, onlooker: OpenBoard) -> dict[str, Any]:
        """Return what the page shows; stances are left out until they are revealed, but for the teacher."""
        seat = onlooker.seat
        scene = self._scenes.scene(seat.seminar.id, seat.view)
        view = state(scene, self._clock())
        seen = seat.view == "teacher" or scene.steering.revealed
        found = await asyncio.to_thread(charts, scene, self._scenes, stances=seen)
        fit = onlooker.fit or PanelSizes({})
        language = scene.seminar.language
        view["drawn"] = await asyncio.to_thread(drawn, found, fit, language)
        view["hidden"] = not seen
        if seat.view == "teacher":
            view["overseen"] = oversee(scene)
        return view

    def _heed(self, onlooker: OpenBoard, told: str) -> None:
        """Take in what a page says; what is not understood is let be."""
        try:
            raw = json.loads(told) if len(told) <= LONGEST else None
        except (ValueError, RecursionError):
            return
        if not isinstance(raw, dict):
            return
        if raw.get("act") == "fit":
            onlooker.fit = panel_sizes(raw) or onlooker.fit
        elif onlooker.seat.view == "teacher":
            self._steer(onlooker.seat.seminar.id, raw)
        onlooker.stirred.set()

    def _steer(self, seminar_id: int, told: dict[str, Any]) -> None:
        """Do what a teacher's page asks for; it is kept, so that a restart changes nothing."""
        on, store = told.get("on") is True, self._store
        scene = self._scenes.scene(seminar_id, "teacher")
        if scene.round is None:
            return
        here, mark = scene.round.id, told.get("mark")
        acts: dict[object, Callable[[], object]] = {
            "reveal": partial(store.board.reveal_stances, here, on=on),
            "name": partial(store.board.name_voices, here, on=on),
            "freeze": partial(store.board.freeze, here, at=self._clock())
            if on
            else partial(store.board.thaw, here),
        }
        if isinstance(mark, str) and mark in {known for known, _, _ in scene.overseen}:
            off = partial(store.board.take_off, here, mark, at=self._clock())
            acts["hide"] = off if on else partial(store.board.put_back, here, mark)
        act = told.get("act")
        if isinstance(act, str) and act in acts:
            acts[act]()

    def _seat(self, key: str) -> Seat | None:
        found = None
        views: tuple[View, View] = ("class", "teacher")
        for seminar in self._store.seminars.all():
            for view in views:
                if hmac.compare_digest(self._store.board.key(seminar.id, view).encode(), key.encode()):
                    found = Seat(seminar, view)
        return found


@dataclass(frozen=True)
class _Guard:
    """ASGI middleware: hosts that are ours, pages of our own only, strict headers."""

    app: Router
    boards: Boards

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        host, websocket = headers.get("host", ""), scope["type"] == "websocket"
        named = {host_of(self.boards.base.partition("//")[2])} - {""}
        ours = is_local(host) or is_number(host) or host_of(host) in named
        if ours and same_origin(headers, websocket=websocket):
            await self.app(scope, receive, with_strict_headers(send, host))
        elif websocket:
            await send({"type": "websocket.close", "code": NOT_ALLOWED})
        else:
            await PlainTextResponse("", status_code=403)(scope, receive, send)


@dataclass(frozen=True)
class _Fonts:
    """The two bundled fonts: browsers ask for them only where a machine has no Chinese font."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        style = str(scope["path"]).rpartition("/")[2].removesuffix(".otf")
        path = fonts.FILES.get(style)
        answer = FileResponse(path, headers=FOR_A_DAY) if path else PlainTextResponse("", status_code=404)
        await answer(scope, receive, send)


def _colours(_: Request) -> PlainTextResponse:
    return PlainTextResponse(board_css(), media_type="text/css")


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
