"""One local web server for a rehearsal: the Bot API that the bot speaks to, the page that people look at."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.rehearsal.access import Guard
from bot.rehearsal.live import Live
from bot.rehearsal.phrases import texts_of
from bot.rehearsal.world import World

PAGE = Path(__file__).parent / "page"
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def make_app(  # noqa: PLR0913  what a server is made of
    *,
    world: World,
    api: ASGIApp,
    live: Live,
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
    return Starlette(routes=routes, middleware=[Middleware(Guard, key=key)])


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
