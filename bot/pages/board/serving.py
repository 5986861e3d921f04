"""Serves the boards of all seminars: a page and a WebSocket for each key, the class's and the teacher's."""

import asyncio
import contextlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Mount, Route, Router, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.guarding import NOT_ALLOWED, host_of, is_local, is_number, same_origin, with_strict_headers
from bot.pages.board.state import Scene, Steering, draw, fitting, oversee, steered
from bot.pages.wording import phrases
from bot.reading.library import Library
from bot.seminar.coverage import read_remark
from bot.seminar.records import Remark, Round, Seminar
from db.board import board_key, changes, put_back, remark_mark, take_off, unshown
from db.masking import seminar_masker
from db.store import Store

FOLDER = Path(__file__).parent
EVERY = 1.0  # seconds between looks at the store
TIME_SYNC = 15  # looks after which a page is told the time left again
REMEMBERED = 5_000  # remarks whose evidence is kept in mind

View = Literal["class", "teacher"]


@dataclass(frozen=True)
class Seat:
    """Whose board somebody looks at, and as whom."""

    seminar: Seminar
    view: View


class Boards:
    """The boards of a house. `base` is how its pages are reached, such as http://127.0.0.1:8080."""

    def __init__(
        self, store: Store, library: Callable[[], Library], clock: Callable[[], datetime], base: str = ""
    ) -> None:
        self.base = base
        self._store, self._library, self._clock = store, library, clock
        self._steering: dict[int, Steering] = {}
        self._frozen: dict[int, dict[str, Any]] = {}  # the class's view as it was when it was frozen
        self._read: dict[tuple[str, str], tuple[str, ...]] = {}
        self._acts = 0

    def links(self, seminar_id: int) -> tuple[str, str]:
        """Return the addresses of the class's page and of the teacher's."""
        keys = (board_key(self._store, seminar_id, view) for view in ("class", "teacher"))
        first, second = (f"{self.base}/board/{key}/" for key in keys)
        return first, second

    def mount(self) -> Mount:
        """Return the routes, behind their guard."""
        routes = [
            Mount("/static", StaticFiles(directory=FOLDER / "static")),
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
        telling = asyncio.create_task(self._tell(socket, seat))
        try:
            while True:
                told = await socket.receive_text()
                if seat.view == "teacher":
                    self._steer(seat.seminar.id, told)
        except WebSocketDisconnect:
            pass
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)

    async def _tell(self, socket: WebSocket, seat: Seat) -> None:
        """Send the view, then again whenever it has changed; the time left now and then."""
        seen, last, looks = (-1, -1), "", 0
        while True:
            now = (changes(self._store), self._acts)
            if now != seen or looks % TIME_SYNC == 0:
                view = await self._view(seat)
                text = json.dumps(view, ensure_ascii=False)
                if text != last:
                    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                        await socket.send_text(text)
                    last = text
                seen = now
            looks += 1
            await asyncio.sleep(EVERY)

    async def _view(self, seat: Seat) -> dict[str, Any]:
        scene = self._scene(seat.seminar.id)
        steering = fitting(self._steering.get(scene.seminar.id, Steering()), scene)
        self._steering[scene.seminar.id] = steering
        frozen = self._frozen.get(scene.seminar.id) if steering.frozen else None
        if frozen is not None and seat.view == "class":
            return frozen
        view = await asyncio.to_thread(draw, scene, steering, self._touched(scene), self._clock())
        if steering.frozen and frozen is None:
            self._frozen[scene.seminar.id] = view
        return oversee(scene, view) if seat.view == "teacher" else view

    def _scene(self, seminar_id: int) -> Scene:
        """Read what there is to see, on the store's own thread."""
        store = self._store
        seminar = store.seminar_by_id(seminar_id)
        if seminar is None:
            raise LookupError(seminar_id)
        pack = self._library().packs.get(seminar.pack) or next(iter(self._library().packs.values()))
        rounds = store.rounds(seminar_id)
        if not rounds:
            return Scene(seminar, pack, None)
        mask = seminar_masker(store, seminar_id)
        shown = replace(rounds[-1], prompt_text=mask(rounds[-1].prompt_text))
        return Scene(
            seminar=seminar,
            pack=pack,
            round=shown,
            remarks=tuple(
                (remark_mark(store, one), replace(one, text=mask(one.text))) for one in self._remarks(shown)
            ),
            unshown=unshown(store, shown.id),
            stances=tuple(store.stances(shown.id)),
        )

    def _remarks(self, shown: Round) -> Sequence[Remark]:
        """Return what may be seen: answers that are collected first stay unseen until they are revealed."""
        if shown.visibility == "post_first" and shown.revealed_at is None:
            return ()
        return self._store.remarks(shown.id)

    def _touched(self, scene: Scene) -> Callable[[Sequence[str], Sequence[str]], dict[str, int]]:
        """Return what counts the evidence, reading each remark once."""

        def count(texts: Sequence[str], slugs: Sequence[str]) -> dict[str, int]:
            engine = self._library().engine(scene.pack.slug)
            counts = dict.fromkeys(slugs, 0)
            for text in texts:
                found = self._read.get((scene.pack.slug, text))
                if found is None:
                    found = read_remark(engine, text).touched
                    if len(self._read) < REMEMBERED:
                        self._read[scene.pack.slug, text] = found
                for slug in counts.keys() & set(found):
                    counts[slug] += 1
            return counts

        return count

    def _steer(self, seminar_id: int, told: str) -> None:
        """Do what a teacher's page asks for; what is not understood is let be."""
        try:
            raw = json.loads(told)
        except ValueError:
            return
        if not isinstance(raw, dict) or not isinstance(raw.get("act"), str):
            return
        act, on = raw["act"], raw.get("on") is True
        scene = self._scene(seminar_id)
        steering = fitting(self._steering.get(seminar_id, Steering()), scene)
        if act == "hide" and scene.round and raw.get("mark") in {mark for mark, _ in scene.remarks}:
            if on:
                take_off(self._store, scene.round.id, raw["mark"], at=self._clock())
            else:
                put_back(self._store, scene.round.id, raw["mark"])
            self._frozen.pop(seminar_id, None)  # it goes from a frozen board too
        elif act in {"reveal", "freeze", "name"}:
            self._frozen.pop(seminar_id, None)
            self._steering[seminar_id] = steered(steering, act, on=on)
        self._acts += 1

    def _seat(self, key: str) -> Seat | None:
        found = None
        views: tuple[View, View] = ("class", "teacher")
        for seminar in self._store.seminars():
            for view in views:
                if hmac.compare_digest(board_key(self._store, seminar.id, view).encode(), key.encode()):
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
        ours = (
            is_local(host) or is_number(host) or host_of(host) == host_of(self.boards.base.partition("//")[2])
        )
        if ours and same_origin(headers, websocket=websocket):
            await self.app(scope, receive, with_strict_headers(send, host))
        elif websocket:
            await send({"type": "websocket.close", "code": NOT_ALLOWED})
        else:
            await PlainTextResponse("", status_code=403)(scope, receive, send)


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
