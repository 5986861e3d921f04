import logging

import pytest

from tests.dialogue import Seminar

SECRET = "我住在中山路"


async def test_a_failure_is_told_to_the_chat_once_a_minute(seminar: Seminar) -> None:
    seminar.house.bot_data.library.packs  # noqa: B018  loaded before it is taken away
    seminar.house.bot_data.library = None  # type: ignore[assignment]
    with seminar.failing() as errors:
        await seminar.says("小安", "/topics")
        seminar.expects("出了點狀況")
        await seminar.says("小安", "/topics")
        seminar.expects_silence()
        seminar.later(minutes=2)
        await seminar.says("小安", "/topics")
        seminar.expects("出了點狀況")
    assert len(errors) == 3


async def test_the_log_names_the_error_and_its_place_but_nobodys_words(
    seminar: Seminar, caplog: pytest.LogCaptureFixture
) -> None:
    seminar.house.bot_data.library = None  # type: ignore[assignment]
    with seminar.failing(), caplog.at_level(logging.INFO):
        await seminar.says("小安", f"/ask {SECRET}")
    ours = [record.getMessage() for record in caplog.records if record.name == "bot.handlers.common.failures"]
    assert len(ours) == 1
    assert "AttributeError" in ours[0]
    assert "context.py" in ours[0]
    assert SECRET not in caplog.text
    assert seminar.world.token not in "".join(ours)


async def test_a_press_that_fails_is_answered_all_the_same(seminar: Seminar) -> None:
    await seminar.says("小安", "/topics")
    listed = seminar.last
    seminar.house.bot_data.library = None  # type: ignore[assignment]
    with seminar.failing() as errors:
        await seminar.presses("小安", "下一頁 ›", on=listed)
    assert "出了點狀況" in seminar.toast
    assert len(errors) == 1


async def test_when_telegram_is_out_nobody_is_apologised_to(seminar: Seminar) -> None:
    seminar.world.faults.outage = True
    with seminar.failing() as errors:
        await seminar.says("小安", "/help")
    assert len(seminar.calls("sendMessage")) == 1
    assert errors


async def test_where_it_may_not_speak_it_does_not_try_again(seminar: Seminar) -> None:
    await seminar.starts("小安")
    post = seminar.world.says("小安", "/help", chat=seminar.world.private("小安"))
    seminar.world.blocks_bot("小安")
    with seminar.failing() as errors:
        await seminar.settle()
    assert post.text == "/help"
    assert len(errors) == 1
    assert len(seminar.calls("sendMessage")) == 2  # the welcome, and the help that was refused
