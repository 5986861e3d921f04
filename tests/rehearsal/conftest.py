"""A world with a small class, PTB's own Bot talking to it through the local Bot API; a page, a Chromium."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, Page
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.rehearsal.bot_api.server import bot_api
from bot.rehearsal.fake_telegram.state import TOKEN, Clock
from bot.rehearsal.fake_telegram.world import World
from tests.rehearsal.browsing import browsing, looking_at
from tests.rehearsal.hosted import Hosted, hosting


@pytest.fixture
def world() -> World:
    world = World(clock=Clock(datetime(2026, 3, 2, 1, 0, tzinfo=UTC)))
    world.add_person("陳老師", admin=True)
    world.add_person("小安", username="xiaoan")
    world.add_person("小敏")
    return world


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """Bare HTTP, as any program may speak it."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=bot_api(world)), base_url="http://telegram.test"
    ) as client:
        yield client


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Bot]:
    """PTB's Bot."""
    request, polling = (
        HTTPXRequest(httpx_kwargs={"transport": httpx.ASGITransport(app=bot_api(world))}) for _ in "ab"
    )
    root = "http://telegram.test"
    bot = Bot(TOKEN, f"{root}/bot", f"{root}/file/bot", request=request, get_updates_request=polling)
    async with bot:
        yield bot


@pytest.fixture
async def hosted(tmp_path: Path) -> AsyncIterator[Hosted]:
    """A rehearsal on a port, as `wendu rehearse` serves it."""
    async with hosting(tmp_path) as hosted:
        yield hosted


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with browsing() as browser:
        yield browser


@pytest.fixture
async def page(hosted: Hosted, chromium: Browser) -> AsyncIterator[Page]:
    """The page; complaints in its console and calls elsewhere fail the test."""
    async with looking_at(hosted, chromium) as page:
        yield page
