"""A Bot API server that knows few methods, as a local one may: what it lacks is done without."""

import pytest

from bot.rehearsal.bot_api.server import METHODS
from tests.dialogue import Seminar

OWN = "/discuss AI 能承載人文溫度嗎？"


@pytest.mark.parametrize("unknown", ["getchatadministrators", "getchatmember"])
async def test_one_way_to_ask_for_admins_is_enough(
    seminar: Seminar, monkeypatch: pytest.MonkeyPatch, unknown: str
) -> None:
    monkeypatch.delitem(METHODS, unknown)
    await seminar.says("小安", OWN)
    seminar.expects("只有群組管理員")
    await seminar.says("陳老師", OWN)
    seminar.expects("AI 能承載人文溫度嗎？")
    assert seminar.store.rounds.open_of(1) is not None


async def test_nobody_steers_where_no_admins_are_told(
    seminar: Seminar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(METHODS, "getchatadministrators")
    monkeypatch.delitem(METHODS, "getchatmember")
    await seminar.says("陳老師", OWN)
    seminar.expects("只有群組管理員")


async def test_a_summary_comes_though_the_card_cannot_be_edited(
    seminar: Seminar, monkeypatch: pytest.MonkeyPatch
) -> None:
    for unknown in ("editmessagetext", "pinchatmessage", "unpinchatmessage", "sendphoto"):
        monkeypatch.delitem(METHODS, unknown)
    await seminar.says("陳老師", OWN)
    await seminar.presses("小安", "贊成")
    assert len(seminar.store.stances.of(1)) == 1
    await seminar.says("小安", "我覺得可以，因為觀眾會感動。")
    await seminar.says("陳老師", "/close")
    seminar.expects("第 1 輪總結", "1 人發言")
