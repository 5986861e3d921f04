"""/optout and /optin, in a group and in private; the two consent rules."""

import pytest

from tests.dialogue import Seminar
from tests.handlers.test_replaying import again, heard, snapshot

OWN = "/discuss AI 能承載人文溫度嗎？"


async def test_opting_out_in_a_group_holds_there(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "/optout")
    seminar.expects("這個群組不再記錄")
    await seminar.says("小安", "這句不留")
    await seminar.says("小敏", "這句留")
    assert [remark.text for remark in seminar.store.remarks.of(1)] == ["這句留"]


async def test_opting_out_in_private_holds_everywhere_until_opting_in(seminar: Seminar) -> None:
    await seminar.starts("小安")
    await seminar.says("小安", "/optout", privately=True)
    seminar.expects("所有群組都不再記錄")
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "這句不留")
    await seminar.says("小安", "/optin", privately=True)
    seminar.expects("都會記錄你的發言")
    await seminar.says("小安", "這句留", chat=seminar.world.group)
    assert [remark.text for remark in seminar.store.remarks.of(1)] == ["這句留"]


async def test_the_answer_to_opting_in_has_the_way_out_again(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "/optin")
    seminar.expects("會記錄你的發言")
    await seminar.presses("小安", "🙈 不要記錄我")
    assert "不再記錄你" in seminar.toast
    await seminar.says("小安", "這句不留")
    assert seminar.store.remarks.of(1) == []


async def test_the_answer_to_opting_out_leads_to_deleting_what_is_there(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "說早了")
    await seminar.says("小安", "/optout")
    await seminar.presses("小安", "刪除我的資料")
    seminar.expects("不能復原", privately="小安")
    await seminar.presses("小安", "確定刪除")
    assert seminar.store.remarks.of(1) == []


async def test_only_who_agreed_is_logged_where_consent_is_asked_for(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/settings")
    await seminar.presses("陳老師", "記錄誰")
    await seminar.presses("陳老師", "同意才記錄")
    await seminar.says("陳老師", OWN)
    card = seminar.expects("只有按了「同意記錄」的人")
    await seminar.says("小安", "還沒同意")
    await seminar.presses("小安", "贊成", on=card)
    assert "先同意記錄" in seminar.toast
    await seminar.presses("小安", "✅ 同意記錄", on=card)
    await seminar.says("小安", "同意了")
    await seminar.presses("小安", "贊成", on=card)
    await seminar.says("小敏", "/privacy")
    seminar.expects("只有按了「同意記錄」的人")
    await seminar.presses("小敏", "✅ 同意記錄")
    await seminar.says("小敏", "我也同意")
    assert [remark.text for remark in seminar.store.remarks.of(1)] == ["同意了", "我也同意"]
    assert sum(seminar.store.stances.counts(1, "before").values()) == 1


@pytest.mark.parametrize("said", ["/optout", "/optin", "/privacy"])
@pytest.mark.parametrize("privately", [True, False])
async def test_handled_twice_it_is_the_same(seminar: Seminar, said: str, *, privately: bool) -> None:
    await seminar.starts("小安")
    chat = seminar.world.private("小安") if privately else None
    seminar.world.says("小安", said, chat=chat)
    raws = heard(seminar)
    await seminar.settle()
    before = snapshot(seminar)
    await again(seminar, raws)
    assert snapshot(seminar) == before


async def test_an_anonymous_admin_may_opt_out_as_the_group(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("陳老師", "/optout", anonymous=True)
    seminar.expects("這個群組不再記錄")
    await seminar.says("陳老師", "以群組的名義說", anonymous=True)
    assert seminar.store.remarks.of(1) == []


async def test_looking_at_the_privacy_page_makes_nobody_known(seminar: Seminar) -> None:
    await seminar.starts("小安", "privacy")
    await seminar.says("小安", "/mydata", privately=True)
    seminar.expects("沒有任何關於你的資料")
    assert seminar.store.all("SELECT * FROM people") == []


@pytest.mark.parametrize(("language", "word"), [("English", "og"), ("简体中文", "记录")])
async def test_in_other_languages_too(seminar: Seminar, language: str, word: str) -> None:
    await seminar.says("陳老師", "/settings")
    await seminar.presses("陳老師", "語言")
    await seminar.presses("陳老師", language)
    for command in ("/privacy", "/optout", "/optin"):
        await seminar.says("小安", command)
        seminar.expects(word)
