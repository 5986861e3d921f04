"""Where updates come in: the webhook's path must not be one of our own pages."""

import asyncio
from dataclasses import replace

import pytest

from bot.config import ConfigError
from bot.intake.sources import arrive
from bot.pages.board.server import Boards
from tests.dialogue import Seminar


async def arrive_at(seminar: Seminar, url: str) -> None:
    """Let the house begin to take updates in at that address, and end at once."""
    desk, stop = seminar.house.bot_data, asyncio.Event()
    stop.set()
    settings = replace(desk.settings, webhook_url=url, listen=("127.0.0.1", 0))
    boards = Boards(seminar.store, lambda: desk.library, desk.clock)
    await arrive(settings, seminar.house.bot, seminar.store, seminar.intake, stop, pages=[boards.mount()])


@pytest.mark.parametrize(
    "path", ["/healthz", "/metrics", "/metrics/", "/board", "/board/", "/board/telegram", "/%68ealthz"]
)
async def test_a_webhook_at_one_of_our_own_pages_is_refused_and_it_is_said_what_to_do(
    seminar: Seminar, path: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        await arrive_at(seminar, f"https://bot.example.edu{path}")
    assert caught.value.variable == "WENDU_WEBHOOK_URL"
    assert "請改用別的路徑" in str(caught.value)
    assert "Choose another path" in str(caught.value)
    assert not seminar.calls("setWebhook")


@pytest.mark.parametrize("path", ["", "/", "/wendu", "/healthz/telegram", "/boards", "/溫度"])
async def test_any_other_path_will_do(seminar: Seminar, path: str) -> None:
    await arrive_at(seminar, f"https://bot.example.edu{path}")
