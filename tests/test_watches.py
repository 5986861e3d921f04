import asyncio
import logging
from datetime import datetime

import pytest

from bot import watches
from bot.context import House
from tests.dialogue import Seminar


async def test_a_watch_that_fails_is_logged_and_stops_no_other(
    seminar: Seminar, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[datetime] = []

    async def broken(_house: House, _now: datetime) -> None:
        raise RuntimeError("broken")

    async def sound(_house: House, now: datetime) -> None:
        asked.append(now)

    monkeypatch.setattr(watches, "WATCHES", (broken, sound))
    with caplog.at_level(logging.ERROR):
        await watches.tick(seminar.house)
    assert asked == [seminar.clock()]
    assert "broken failed" in caplog.text


async def test_the_clock_is_asked_again_and_again_until_the_house_stops(
    seminar: Seminar, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, enough = [], asyncio.Event()
    stop = asyncio.Event()

    async def count(_house: House, now: datetime) -> None:
        asked.append(now)
        if len(asked) == 3:
            enough.set()

    monkeypatch.setattr(watches, "WATCHES", (count,))
    keeping = asyncio.create_task(watches.keep_time(seminar.house, stop, first=0, every=0))
    await enough.wait()
    stop.set()
    await keeping
    assert len(asked) >= 3


async def test_a_house_that_stops_before_the_first_tick_asks_nothing(seminar: Seminar) -> None:
    stop = asyncio.Event()
    stop.set()
    before = len(seminar.world.calls)
    await watches.keep_time(seminar.house, stop)
    assert len(seminar.world.calls) == before
