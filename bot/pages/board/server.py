"""Serves the boards of all seminars: a page and a WebSocket for each key, the class's and the teacher's."""

import asyncio
import contextlib
import hmac
import json
import logging
import time
from collections import Counter
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
from bot.intake.web_server import most_connections
from bot.page_security import NOT_ALLOWED, host_of, is_local, is_number, same_origin, with_strict_headers
from bot.pages import fonts
from bot.pages.board.panels import PanelSizes, charts, drawn, panel_sizes
from bot.pages.board.snapshot import SnapshotReader, View, oversee, state
from bot.pages.charts.chart import Chart
from bot.pages.palette import board_css
from bot.pages.texts import phrases
from bot.seminar.records import Seminar
from db.store import Store

FOLDER = Path(__file__).parent
FOR_A_DAY = {"content-type": "font/otf", "cache-control": "max-age=86400"}
EVERY = 1.0  # seconds between looks at the store
TIME_SYNC = 15  # seconds after which a page is told the time left again
LONGEST = 4_000  # letters that a page may say at once
MOST_OF_KEY = 400  # open pages of one class, and of one address: a school may have one for all
IDLE_SHARE = 9  # what pages of one view cost, times this, is the pause until they are made anew: a tenth
MOST_SIZES = 64  # in which one view is drawn; who is of another gets the first
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


@dataclass
class SharedView:
    """What all pages of one view show, made once for however many look, and not more often than it costs."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    seen: int = -1  # the store's count of changes when it was made
    made: float = -TIME_SYNC  # when, by the loop's clock
    cost: float = 0.0  # seconds spent on it since
    language: str = ""
    view: dict[str, Any] = field(default_factory=dict)
    charts: dict[str, Chart] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)  # by how large the pages are

    def is_due(self, changes: int, now: float, *, pressed: bool) -> bool:
        """Return whether it is to be made anew; who has pressed a button does not wait for it."""
        age = now - self.made
        if pressed and changes != self.seen:
            return True
        return age >= TIME_SYNC or (changes != self.seen and age >= IDLE_SHARE * self.cost)


class Boards:
    """The boards of a house. `base` is how its pages are reached, such as http://127.0.0.1:8080."""

    def __init__(
        self, store: Store, library: Callable[[], Library], clock: Callable[[], datetime], base: str = ""
    ) -> None:
        self.base = base
        self._store, self._clock = store, clock
        self._scenes = SnapshotReader(store, library)
        self._shared: dict[tuple[int, View], SharedView] = {}
        self._open: Counter[str] = Counter()  # pages, by key and by address
        self._most = (
            most_connections() // 2
        )  # the rest is for requests: /healthz, the webhook, the page itself

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
        counted = (socket.path_params["key"], f"from {socket.client.host if socket.client else ''}")
        full = any(self._open[each] >= MOST_OF_KEY for each in counted) or self._open["all"] >= self._most
        if full:
            log.warning(
                "a board was turned away: too many are open of its class, from its address, or in all"
            )
            await socket.close(NOT_ALLOWED)
            return
        self._open.update((*counted, "all"))
        try:
            await self._follow(socket, OpenBoard(seat))
        finally:
            self._open.subtract((*counted, "all"))
            self._open = +self._open  # forgets who has gone

    async def _follow(self, socket: WebSocket, onlooker: OpenBoard) -> None:
        """Show the board until the page is closed."""
        await socket.accept()
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
        last = ""
        while True:
            pressed = onlooker.stirred.is_set() and onlooker.seat.view == "teacher"
            onlooker.stirred.clear()
            text = await self._text(onlooker, pressed=pressed)
            if text != last:
                await socket.send_text(text)
                last = text
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(onlooker.stirred.wait(), EVERY)

    async def _text(self, onlooker: OpenBoard, *, pressed: bool = True) -> str:
        """Return what the page is sent: made once for all that are as large, in the same light."""
        seat, fit = onlooker.seat, onlooker.fit or PanelSizes({})
        shared = self._shared.setdefault((seat.seminar.id, seat.view), SharedView())
        size = repr(fit)
        async with shared.lock:
            began = time.perf_counter()
            if shared.is_due(
                self._store.board.changes(), now := asyncio.get_running_loop().time(), pressed=pressed
            ):
                await self._make(shared, seat, now)
            if size not in shared.texts and len(shared.texts) >= MOST_SIZES:
                return next(iter(shared.texts.values()))
            if size not in shared.texts:
                made = await asyncio.to_thread(drawn, shared.charts, fit, shared.language)
                shared.texts[size] = json.dumps(shared.view | {"drawn": made}, ensure_ascii=False)
                shared.cost += time.perf_counter() - began
            return shared.texts[size]

    async def _make(self, shared: SharedView, seat: Seat, now: float) -> None:
        """Look at the store anew; stances are left out until they are revealed, but for the teacher."""
        shared.seen = self._store.board.changes()
        scene = self._scenes.scene(seat.seminar.id, seat.view)
        seen = seat.view == "teacher" or scene.steering.revealed
        shared.view = state(scene, self._clock()) | {"hidden": not seen}
        if seat.view == "teacher":
            shared.view["overseen"] = oversee(scene)
        shared.language = scene.seminar.language
        shared.charts = await asyncio.to_thread(charts, scene, self._scenes, stances=seen)
        shared.texts, shared.made, shared.cost = {}, now, 0.0

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
