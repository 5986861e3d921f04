"""The harness itself: it shows what the bot says, and fails where something went wrong."""

from pathlib import Path

import pytest

from tests.dialogue import Seminar, holding


async def test_what_the_bot_says_is_seen_where_it_is_said(seminar: Seminar) -> None:
    await seminar.says("小安", "/help")
    seminar.expects("/ask")
    assert seminar.last.room is seminar.world.group
    assert seminar.calls("sendMessage")


async def test_plain_talk_is_met_with_silence(seminar: Seminar) -> None:
    await seminar.says("小安", "我覺得還好")
    seminar.expects_silence()
    with pytest.raises(AssertionError, match="has said nothing"):
        seminar.expects("什麼")


async def test_what_is_missing_is_named_beside_what_was_said(seminar: Seminar) -> None:
    await seminar.starts("小安")
    with pytest.raises(AssertionError, match="沒有這句話"):
        seminar.expects("沒有這句話")
    with pytest.raises(AssertionError, match="was to be silent"):
        seminar.expects_silence()


async def test_an_error_in_a_handler_fails_the_act(seminar: Seminar) -> None:
    seminar.house.bot_data.speech = None  # type: ignore[assignment] # whatever the handler says, it cannot
    with pytest.raises(AttributeError, match="NoneType"):
        await seminar.says("小安", "/help")


async def test_an_outage_can_be_looked_at_from_inside(seminar: Seminar) -> None:
    seminar.world.faults.outage = True
    with seminar.failing() as errors:
        await seminar.says("小安", "/help")
    assert any("Bad Gateway" in str(error) for error in errors)


async def test_two_seminars_share_nothing(tmp_path: Path) -> None:
    for name in ("一", "二"):
        folder = tmp_path / name
        folder.mkdir()
        async with holding(folder) as seminar:
            await seminar.says("小安", "/help")
            assert len(seminar.said()) == 1


async def test_time_passes_between_acts(seminar: Seminar) -> None:
    first = await seminar.says("小安", "一")
    seminar.later(minutes=5)
    second = await seminar.says("小安", "二")
    assert (second.at - first.at).total_seconds() >= 300
