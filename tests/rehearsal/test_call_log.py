"""Behind the scenes: a clock that is moved, calls that are shown, Telegram's bad days."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.cli.rehearsal import Rehearsal, rehearsing
from bot.rehearsal.bot_api.parameters import Parameters
from bot.rehearsal.bot_api.server import carry_out
from bot.rehearsal.call_log import KEPT, LONGEST, written
from tests.dialogue import our_packs

# PTB says at every 429 that the type of its `retry_after` will change; we do not read that.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after")


@pytest.fixture
async def rehearsal(tmp_path: Path) -> AsyncIterator[Rehearsal]:
    async with rehearsing(tmp_path, our_packs(), key="k") as rehearsal:
        yield rehearsal


@pytest.fixture
def told(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    """What pages are told."""
    news: list[dict[str, Any]] = []
    rehearsal.actions.watch(lambda each: news.append(dict(each)))
    return news


async def say(rehearsal: Rehearsal, who: str, text: str) -> None:
    rehearsal.world.says(who, text)
    await rehearsal.actions.settle()


async def act(rehearsal: Rehearsal, name: str, **raw: Any) -> None:
    await rehearsal.actions.table[name](raw)


def last(rehearsal: Rehearsal) -> str:
    return next(post.text for post in reversed(rehearsal.world.posts(by_bot=True)) if not post.is_service)


def snapshot(rehearsal: Rehearsal) -> dict[str, Any]:
    return dict(rehearsal.live._more())


def errors(rehearsal: Rehearsal) -> list[str]:
    return [call["error"] for call in snapshot(rehearsal)["calls"] if call["error"]]


async def press(rehearsal: Rehearsal, who: str, label: str) -> None:
    """Press the newest button whose label begins like that."""
    for post in reversed(rehearsal.world.posts(by_bot=True)):
        for button in (button for row in post.buttons for button in row):
            if button.text.startswith(label):
                rehearsal.world.presses(who, post, str(button.callback_data))
                await rehearsal.actions.settle()
                return
    raise LookupError(label)


async def open_timed_round(rehearsal: Rehearsal) -> None:
    """Open a round of twenty minutes."""
    await say(rehearsal, "陳老師", "/discuss")
    for label in ("立場", "AI電影能承載", "20 分", "▶"):
        await press(rehearsal, "陳老師", label)


# The clock


async def test_the_clock_says_what_is_coming_and_moving_it_lets_that_happen_in_order(
    rehearsal: Rehearsal,
) -> None:
    await say(rehearsal, "陳老師", "/schedule 明天 20:00 AI 能有自己的風格嗎？")
    (coming,) = rehearsal.time_travel.coming()
    assert (coming.kind, coming.what) == ("prompt", "AI 能有自己的風格嗎？")
    await act(rehearsal, "forward", to="next")
    assert rehearsal.world.clock() >= coming.at
    assert "AI 能有自己的風格嗎？" in last(rehearsal)
    assert rehearsal.time_travel.coming() == []
    with pytest.raises(ValueError, match="沒有排定的事"):
        await act(rehearsal, "forward", to="next")


async def test_a_timed_round_asks_again_and_ends_on_the_way_of_one_long_step(rehearsal: Rehearsal) -> None:
    await open_timed_round(rehearsal)
    assert [each.kind for each in rehearsal.time_travel.coming()] == ["again", "end"]
    ends = rehearsal.time_travel.coming()[-1].at
    await act(rehearsal, "forward", minutes=60)
    texts = [post.text for post in rehearsal.world.posts(by_bot=True)]
    assert any("再表態一次" in text for text in texts)
    summary = rehearsal.world.posts(by_bot=True)[-1]
    assert "總結" in summary.text
    assert summary.at - ends < timedelta(minutes=1)  # at its time, not when the long step was over
    assert rehearsal.time_travel.as_dict()["ahead"] == 3600


@pytest.mark.parametrize("wrong", [{}, {"minutes": 0}, {"minutes": -5}, {"minutes": 1e300}, {"minutes": "5"}])
async def test_a_step_that_is_none_or_too_far_is_refused(rehearsal: Rehearsal, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="31"):
        await rehearsal.actions.table["forward"](wrong)
    assert rehearsal.time_travel.as_dict()["ahead"] == 0


async def test_pages_are_told_the_time_when_it_is_moved(
    rehearsal: Rehearsal, told: list[dict[str, Any]]
) -> None:
    await act(rehearsal, "forward", minutes=5)
    assert [each["ahead"] for each in told if each["kind"] == "time"][-1] == 300
    assert snapshot(rehearsal)["time"]["ahead"] == 300


# The calls


async def test_calls_and_updates_are_shown_with_their_json_and_never_the_token(
    rehearsal: Rehearsal, told: list[dict[str, Any]]
) -> None:
    world = rehearsal.world
    await say(rehearsal, "小安", "/ask 什麼是符號拼貼？")
    rows = [each for each in told if each["kind"] == "call"]
    update, call = rows[0], next(row for row in rows if row["method"] == "sendMessage")
    assert update["method"] == "message"
    assert update["asked"] is None
    assert json.loads(update["answered"])["message"]["text"] == "/ask 什麼是符號拼貼？"
    assert (call["ok"], call["chat"]) == (True, world.group.id)
    assert "符號拼貼" in json.loads(call["asked"])["text"]
    assert isinstance(json.loads(call["asked"])["reply_markup"], dict)  # unfolded, not JSON inside of text
    await carry_out(
        world, "setwebhook", Parameters({"url": f"http://127.0.0.1/{world.token}", "secret_token": "s3cret"})
    )
    everything = json.dumps(snapshot(rehearsal)["calls"])
    assert world.token.partition(":")[2] not in everything
    assert "s3cret" not in everything


async def test_only_so_many_calls_are_kept(rehearsal: Rehearsal) -> None:
    for _ in range(KEPT + 50):
        await carry_out(rehearsal.world, "getme", Parameters())
    kept = snapshot(rehearsal)["calls"]
    assert len(kept) == KEPT
    assert kept[-1]["method"] == "getMe"


def test_a_call_as_long_as_a_book_is_cut() -> None:
    assert len(written({"text": "長" * 100_000}, "1:token")) < LONGEST + 10


# Telegram's bad days


async def test_a_refused_answer_comes_after_the_wait_that_telegram_asked_for(rehearsal: Rehearsal) -> None:
    await act(rehearsal, "weather", refuse=1, retry_after=1)
    assert snapshot(rehearsal)["weather"]["refuse"] == 1
    await say(rehearsal, "小安", "/ask 什麼是符號拼貼？")
    assert errors(rehearsal) == ["429 Too Many Requests: retry after 1"]
    assert "符號拼貼" in last(rehearsal)
    assert snapshot(rehearsal)["weather"]["refuse"] == 0


async def test_an_answer_that_got_lost_is_not_posted_twice(rehearsal: Rehearsal) -> None:
    await act(rehearsal, "weather", lose=1)
    await say(rehearsal, "小安", "/ask 什麼是符號拼貼？")
    assert errors(rehearsal)[0] == "502 Bad Gateway"
    assert len(rehearsal.world.posts(by_bot=True)) == 1


async def test_what_is_said_in_an_outage_is_answered_when_it_is_over(rehearsal: Rehearsal) -> None:
    await act(rehearsal, "weather", outage=True)
    rehearsal.world.says("小安", "/ask 什麼是符號拼貼？")
    settling = asyncio.create_task(rehearsal.actions.settle())
    await asyncio.sleep(0)
    assert snapshot(rehearsal)["weather"]["held"] == 1
    assert rehearsal.world.posts(by_bot=True) == []
    await act(rehearsal, "weather", clear=True)
    await settling
    assert "符號拼貼" in last(rehearsal)
    assert snapshot(rehearsal)["weather"]["held"] == 0


async def test_the_clock_can_be_moved_while_telegram_is_out(rehearsal: Rehearsal) -> None:
    await open_timed_round(rehearsal)
    await act(rehearsal, "weather", outage=True)
    await act(rehearsal, "forward", minutes=60)
    assert rehearsal.time_travel.as_dict()["ahead"] == 3600
    assert set(errors(rehearsal)) == {"502 Bad Gateway"}
    ended = asyncio.Event()
    rehearsal.world.listen(lambda _: ended.set() if "總結" in last(rehearsal) else None)
    await act(rehearsal, "weather", clear=True)
    await asyncio.wait_for(ended.wait(), 60)


async def test_a_group_takes_twenty_messages_a_minute_once_it_counts(rehearsal: Rehearsal) -> None:
    await act(rehearsal, "weather", counting=True)
    chat = {"chat_id": rehearsal.world.group.id, "text": "."}
    answers = [await carry_out(rehearsal.world, "sendmessage", Parameters(chat)) for _ in range(21)]
    assert [answer["ok"] for answer in answers] == [True] * 20 + [False]
    assert answers[-1]["parameters"]["retry_after"] <= 60


async def test_every_switch_goes_back_at_once(rehearsal: Rehearsal) -> None:
    before = snapshot(rehearsal)["weather"]
    await act(rehearsal, "weather", outage=True, counting=True, seconds=3, lose=2, refuse=3)
    assert snapshot(rehearsal)["weather"] != before
    await act(rehearsal, "weather", clear=True)
    assert snapshot(rehearsal)["weather"] == before


@pytest.mark.parametrize(
    "wrong", [{"outage": 1}, {"seconds": 1000}, {"seconds": True}, {"lose": -1}, {"refuse": "3"}]
)
async def test_a_switch_cannot_be_set_to_nonsense(rehearsal: Rehearsal, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must be"):
        await rehearsal.actions.table["weather"](wrong)


# The example class


async def test_the_class_can_be_played_line_by_line(rehearsal: Rehearsal, told: list[dict[str, Any]]) -> None:
    player = rehearsal.player
    paused = asyncio.Event()
    rehearsal.actions.watch(
        lambda news: paused.set() if news["kind"] == "demo" and news["state"] == "paused" else None
    )
    for number in (1, 2, 3):
        paused.clear()
        player.step()
        await paused.wait()
        assert player.progress.step == number
    assert len([post for post in rehearsal.world.posts() if not post.sender.is_bot]) == 3
    player.set_pace(0.0)
    assert [each["pace"] for each in told if each["kind"] == "demo"][-1] == 0.0
    player.go_on()
    assert (await player.finished()).state == "done"
