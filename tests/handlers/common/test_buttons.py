"""Buttons as Telegram delivers them on its odder days."""

import pytest

from tests.dialogue import Seminar

OWN = "/discuss AI 能承載人文溫度嗎？"


async def test_a_button_under_a_message_too_old_to_be_shown_still_counts(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    card = seminar.last
    seminar.world.presses("小安", card, "贊成")
    (raw,) = seminar.world.updates.take()
    shown = raw["callback_query"]["message"]
    raw["callback_query"]["message"] = {"chat": shown["chat"], "message_id": card.id, "date": 0}
    await seminar.intake.receive([raw])
    await seminar.settle()
    assert len(seminar.store.stances.of(1)) == 1
    assert "已表態 1 人" in card.text


async def test_a_message_too_old_to_be_shown_can_be_edited_all_the_same(seminar: Seminar) -> None:
    await seminar.says("小安", "/topics")
    listed = seminar.last
    seminar.world.presses("小安", listed, "下一頁 ›")
    (raw,) = seminar.world.updates.take()
    shown = raw["callback_query"]["message"]
    raw["callback_query"]["message"] = {"chat": shown["chat"], "message_id": listed.id, "date": 0}
    await seminar.intake.receive([raw])
    await seminar.settle()
    assert "第 2／" in listed.text


async def test_a_button_without_its_message_is_stale(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    pressing = seminar.world.presses("小安", seminar.last, "贊成")
    (raw,) = seminar.world.updates.take()
    del raw["callback_query"]["message"]
    raw["callback_query"]["inline_message_id"] = "abc"
    await seminar.intake.receive([raw])
    await seminar.settle()
    assert getattr(pressing, "answered", False)
    assert seminar.store.stances.of(1) == []


async def test_a_press_that_waited_too_long_is_carried_out_without_an_error(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    seminar.world.presses("小安", seminar.last, "贊成")
    seminar.later(minutes=5)
    await seminar.settle()
    assert len(seminar.store.stances.of(1)) == 1


@pytest.mark.parametrize("data", ["stance", "", ":", "stance:1:4:9", "語" * 20])
async def test_any_data_is_answered(seminar: Seminar, data: str) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.presses("小安", data or "x", on=seminar.last, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"
