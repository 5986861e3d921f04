"""A world with a small class, and PTB's own Bot talking to it through the local Bot API."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.rehearsal.api import bot_api
from bot.rehearsal.clock import Clock
from bot.rehearsal.stage import TOKEN
from bot.rehearsal.world import World


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
