"""/mydata: into the private chat, as JSON; by a deep link where the bot may not write yet."""

import json
from typing import Any

import pytest

from tests.dialogue import Seminar
from tests.handlers.test_replaying import again, heard, snapshot

OWN = "/discuss AI 能承載人文溫度嗎？"


def data(seminar: Seminar, who: str) -> Any:
    (name, raw), *_ = reversed(seminar.documents(privately=who))
    assert name == "溫度-我的資料-2026-03-02.json"
    return json.loads(raw)


async def talks(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    card = seminar.last
    post = await seminar.says("小安", "我先說")
    await seminar.edits("小安", post, "我改口")
    await seminar.presses("小安", "贊成", on=card)
    await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    await seminar.says("小敏", "別人的話")


async def test_asked_for_in_a_group_it_goes_to_the_private_chat(seminar: Seminar) -> None:
    await seminar.starts("小安")
    await talks(seminar)
    await seminar.says("小安", "/mydata", chat=seminar.world.group)
    seminar.expects("已經私訊給你了")
    found = data(seminar, "小安")
    assert [each["text"] for each in found["remarks"]] == ["我先說", "我改口"]
    assert found["stances"][0]["step"] == 4
    assert "塔可夫斯基" in found["questions"][0]["text"]
    assert found["person"]["name"] == "小安"
    assert "全部資料" in found["about"]["what_this_is"]
    assert "別人的話" not in str(found)
    assert seminar.documents(chat=seminar.world.group) == []


async def test_where_we_may_not_write_a_link_leads_to_it(seminar: Seminar) -> None:
    await talks(seminar)
    await seminar.says("小安", "/mydata")
    seminar.expects("還不能私訊你")
    await seminar.presses("小安", "打開私訊")
    assert data(seminar, "小安")["remarks"]


async def test_in_private_it_is_sent_at_once(seminar: Seminar) -> None:
    await talks(seminar)
    await seminar.starts("小安")
    await seminar.says("小安", "/mydata", privately=True)
    assert "/forgetme" in seminar.last.text
    assert data(seminar, "小安")["aliases"][0]["alias"]


async def test_who_stops_us_after_asking_is_shown_the_way(seminar: Seminar) -> None:
    await seminar.starts("小安")
    seminar.world.blocks_bot("小安")
    await talks(seminar)
    await seminar.says("小安", "/mydata", chat=seminar.world.group)
    seminar.expects("還不能私訊你")


async def test_an_anonymous_admin_is_shown_the_way(seminar: Seminar) -> None:
    await seminar.starts("陳老師")
    await seminar.says("陳老師", "/mydata", chat=seminar.world.group, anonymous=True)
    seminar.expects("還不能私訊你")


@pytest.mark.parametrize("privately", [True, False])
async def test_handled_twice_it_changes_nothing(seminar: Seminar, *, privately: bool) -> None:
    await seminar.starts("小安")
    await talks(seminar)
    seminar.world.says(
        "小安", "/mydata", chat=seminar.world.private("小安") if privately else seminar.world.group
    )
    raws = heard(seminar)
    await seminar.settle()
    before = snapshot(seminar)
    await again(seminar, raws)
    assert snapshot(seminar) == before
