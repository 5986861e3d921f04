"""The local Bot API: HTTP in front of a World, with the addresses, bodies and answers of Telegram's.

`/bot{token}/{method}` takes GET and POST with query, JSON, form or multipart; `/file/bot{token}/{path}` gives
files.
"""

import asyncio
import inspect
import json
import re
import time
from collections.abc import Sequence
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import TelegramObject

from bot.rehearsal.bot_api import chats, messages, updates
from bot.rehearsal.bot_api.parameters import Method, Parameters, Upload
from bot.rehearsal.fake_telegram import rules
from bot.rehearsal.fake_telegram.state import ApiCall
from bot.rehearsal.fake_telegram.world import World

METHODS: dict[str, Method] = {
    name.lower(): method for module in (updates, messages, chats) for name, method in module.METHODS.items()
}


KEPT = 5_000  # calls
NOT_FOUND = rules.ApiError(404, "Not Found")
# Names in a part's head are quoted UTF-8; a quotation mark in them is written %22, a backslash twice.
_OPTION = re.compile(r'\b(name|filename)="([^"]*)"')
UNAUTHORIZED = rules.ApiError(401, "Unauthorized")


def bot_api(world: World) -> Starlette:
    """Return the local Bot API of a world, to be served alone or beside a page."""
    return Starlette(routes=api_routes(world))


def api_routes(world: World) -> list[Route]:
    """Return the routes of the local Bot API."""

    async def call(request: Request) -> Response:
        token, name = request.path_params["token"], request.path_params["method"].lower()
        try:
            _check(world, token)
            given = await read_parameters(request)
        except rules.ApiError as error:
            return _answer(error.answer())
        return _answer(await carry_out(world, name, given))

    async def file(request: Request) -> Response:
        stored = world.files.by_path(request.path_params["path"])
        if request.path_params["token"] != world.token or stored is None:
            return _answer(NOT_FOUND.answer())
        return Response(stored.data, media_type=stored.mime_type)

    return [
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", file),
    ]


async def carry_out(world: World, name: str, given: Parameters) -> dict[str, Any]:
    """Carry out one call, write it down, and return the body of its answer."""
    began = time.perf_counter()
    answer = await _attempt(world, name, given)
    if name != "getupdates" or not answer["ok"] or answer["result"]:  # an empty poll is no news
        record = ApiCall(name, given.record(), answer, world.clock(), time.perf_counter() - began)
        world.calls.append(record)
        if len(world.calls) > 2 * KEPT:  # a rehearsal may be left open for days
            del world.calls[:KEPT]
        world.tell(
            "call",
            given.integer("chat_id") or None,
            method=name,
            parameters=record.parameters,
            answer=answer,
            seconds=record.seconds,
        )
    return answer


async def _attempt(world: World, name: str, given: Parameters) -> dict[str, Any]:
    if world.faults.seconds:
        await asyncio.sleep(world.faults.seconds)
    try:
        world.faults.before(name, given.integer("chat_id") or None, world.clock())
        method: Method | None = METHODS.get(name)
        if method is None:
            raise NOT_FOUND
        result = method(world, given)
        result = jsonable(await result if inspect.isawaitable(result) else result)
        world.faults.after()
    except rules.ApiError as error:
        return error.answer()
    return {"ok": True, "result": result}


def jsonable(result: Any) -> Any:
    """Return a method's result as the JSON of the wire."""
    if isinstance(result, TelegramObject):
        return result.to_dict()
    if isinstance(result, Sequence) and not isinstance(result, str | bytes):
        return [jsonable(each) for each in result]
    return result


async def read_parameters(request: Request) -> Parameters:
    """Read a call's parameters from its address and its body, whatever form that has.

    Raises:
        rules.ApiError: when the body is no JSON though it says so.
    """
    values: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    body = await request.body()
    if kind.startswith("application/json"):
        values |= _read_json(body)
    elif kind.startswith("multipart/form-data"):
        fields, uploads = _read_multipart(kind, body)
        return Parameters(values | fields, uploads)
    elif body:
        values |= parse_qsl(body.decode(errors="replace"), keep_blank_values=True)
    return Parameters(values)


def _read_json(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise rules.bad_request("can't parse JSON object") from None
    if not isinstance(values, dict):
        raise rules.bad_request("can't parse JSON object")
    return values


def _read_multipart(kind: str, body: bytes) -> tuple[dict[str, str], dict[str, Upload]]:
    """Split a multipart body by its boundary; parts with a file name are files."""
    boundary = message_from_bytes(f"Content-Type: {kind}\n\n".encode()).get_boundary() or ""
    values: dict[str, str] = {}
    uploads: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(f"\r\n--{boundary}".encode())[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        options = dict(_OPTION.findall(head.decode(errors="replace")))
        name = options.get("name", "")
        if "filename" in options:
            uploads[name] = Upload(options["filename"].replace("%22", '"').replace("\\\\", "\\"), content)
        else:
            values[name] = content.decode(errors="replace")
    return values, uploads


def _check(world: World, token: str) -> None:
    number, _, secret = token.partition(":")
    if not number.isdigit() or not secret:
        raise NOT_FOUND
    if token != world.token:
        raise UNAUTHORIZED


def _answer(body: dict[str, Any]) -> JSONResponse:
    return JSONResponse(body, status_code=body.get("error_code", 200))
