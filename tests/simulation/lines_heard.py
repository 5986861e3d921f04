"""Every line that a class got to read in a lesson: messages, buttons, toasts, files, pages and pictures."""

import io
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette

from bot.pages.board.panels import PanelSizes
from bot.pages.board.server import OpenBoard, Seat
from bot.pages.charts.chart import PHONE, ChartStyle, chart_labels
from bot.pages.charts.summary_pictures import _charts
from tests.simulation.whole_lesson import STUDENTS, TEACHER, Lesson

FIT = PanelSizes(dict.fromkeys(("stances", "words", "evidence", "voices"), (30.0, 10.0)))
CODES = {"en": "en", "zh-Hans": "zh", "zh-Hant": ""}  # of the lists of commands
MARKUP = re.compile(r'[<>"]')
STYLE = re.compile(r"<style.*?</style>", re.DOTALL)
FONTS = re.compile(r"<a:font [^>]*>")  # of all scripts, which every .xlsx names


async def lines_heard(lesson: Lesson) -> Iterator[tuple[str, str]]:
    """Return where, and what."""
    found = [*_calls(lesson), *_files(lesson), *_pictures(lesson), *await _board(lesson)]
    return ((where, line) for where, text in found for line in text.splitlines())


def _calls(lesson: Lesson) -> Iterator[tuple[str, str]]:
    for call in lesson.seminar.world.calls[lesson.since :]:
        given = dict(call.parameters)
        if call.method == "setmycommands" and given.get("language_code", "") != CODES[lesson.language]:
            continue
        for text in _strings(given):
            yield call.method, text


def _files(lesson: Lesson) -> Iterator[tuple[str, str]]:
    for who in (TEACHER, *STUDENTS):
        for name, data in lesson.seminar.documents(privately=who):
            yield name, name
            for inside, text in _texts(name, data):
                yield f"{name} {inside}".strip(), text


def _texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the texts in a file, by where they stand in it."""
    suffix = Path(name).suffix
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inside in archive.namelist():
                yield from ((inside, text) for _, text in _texts(inside, archive.read(inside)))
    elif suffix == ".db":
        yield "", "\n".join(_rows(data))
    elif suffix == ".json":
        yield "", "\n".join(_strings(json.loads(data)))
    elif suffix in {".html", ".xml", ".qde", ".rels"}:
        text = FONTS.sub("", STYLE.sub("", data.decode()))
        yield "", MARKUP.sub("\n", text)
    else:
        yield "", data.decode("utf-8-sig")


def _rows(data: bytes) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.db"
        path.write_bytes(data)
        with closing(sqlite3.connect(path)) as made:
            yield from made.iterdump()


def _pictures(lesson: Lesson) -> Iterator[tuple[str, str]]:
    look = ChartStyle(chart_labels(lesson.language), size=PHONE, language=lesson.language)
    for outcome in lesson.outcomes:
        for chart in _charts(outcome, lesson.language):
            yield "picture", MARKUP.sub("\n", chart.svg(look))


async def _board(lesson: Lesson) -> list[tuple[str, str]]:
    """Return the board's pages and what they are sent; the class's and the teacher's."""
    app = Starlette(routes=[lesson.boards.mount()])
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://board.test"
    ) as browser:
        pages = [await browser.get(address) for address in lesson.boards.links(1)]
    found = [("board", MARKUP.sub("\n", page.text)) for page in pages]
    (held,) = lesson.seminar.store.seminars.all()
    for view in ("class", "teacher"):
        sent = json.loads(await lesson.boards._text(OpenBoard(Seat(held, view), FIT)))
        found += [(f"{view}'s board", MARKUP.sub("\n", text)) for text in _strings(sent)]
    return found


def _strings(value: Any) -> Iterator[str]:
    """Yield the strings in what JSON can hold, those in strings that are JSON too."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key != "callback_data":
                yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, str):
        yield from _strings(json.loads(value)) if value.startswith(("{", "[{")) else (value,)
