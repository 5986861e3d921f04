import pytest

from tests.dialogue import Seminar

OWN = "/discuss AI 能承載人文溫度嗎？"
SECRET = "這句話誰都不該留著"


async def test_privacy_in_a_group_says_what_is_kept_for_how_long_and_for_whom(seminar: Seminar) -> None:
    await seminar.says("小安", "/privacy")
    seminar.expects("發言和立場", "化名", "180 天", "只有群組管理員")
    assert seminar.keyboard == [["🙈 不要記錄我", "恢復記錄我"], ["刪除我的資料"]]


async def test_privacy_in_private_says_where_one_stands(seminar: Seminar) -> None:
    await seminar.starts("小安")
    await seminar.says("小安", "/privacy", privately=True)
    seminar.expects("目前：會記錄")
    await seminar.presses("小安", "🙈 不要記錄我")
    seminar.expects("目前：不記錄你")
    assert "不再記錄你" in seminar.toast
    await seminar.presses("小安", "恢復記錄我")
    seminar.expects("目前：會記錄")


async def test_the_card_has_the_notice_and_its_button_holds_for_who_pressed(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    seminar.expects("不想被記錄就按下面的按鈕")
    await seminar.presses("小安", "🙈 不要記錄我")
    assert "不再記錄你" in seminar.toast
    assert seminar.alert
    await seminar.says("小安", SECRET)
    await seminar.says("小敏", "我沒有說不要")
    assert [remark.text for remark in seminar.store.remarks.of(1)] == ["我沒有說不要"]


async def test_what_others_forward_of_who_said_no_is_kept_nowhere(seminar: Seminar) -> None:
    other = seminar.world.add_group("別處", bot_is_admin=False)
    for name in ("小安", "小敏"):
        seminar.world.joins(name, chat=other)
    await seminar.says("陳老師", "/discuss 題目")
    await seminar.says("小安", "/optout")
    theirs = seminar.world.says("小安", SECRET, chat=other)
    mine = seminar.world.says("小敏", "我自己的話", chat=other)
    await seminar.settle()
    seminar.world.forwards("小敏", theirs, chat=seminar.world.group)
    seminar.world.forwards("小敏", mine, chat=seminar.world.group)
    seminar.world.starts_bot("小敏")
    seminar.world.forwards("小敏", theirs, chat=seminar.world.private("小敏"))
    await seminar.settle()
    assert [remark.text for remark in seminar.store.remarks.of(1)] == ["我自己的話"]
    assert seminar.store.all("SELECT text FROM questions") == []


async def test_what_others_forward_into_a_private_errand_of_who_said_no_is_not_passed_on(
    seminar: Seminar,
) -> None:
    await seminar.says("陳老師", "/discuss")
    await seminar.presses("陳老師", "🎲 隨機")
    await seminar.presses("陳老師", "匿名")
    await seminar.presses("陳老師", "▶ 開始")
    await seminar.says("小安", "/optout")
    said = await seminar.says("小安", SECRET)
    await seminar.starts("小敏", "say_1")
    seminar.world.forwards("小敏", said, chat=seminar.world.private("小敏"))
    await seminar.settle()
    assert not any(SECRET in text for text in seminar.said(chat=seminar.world.group))
    assert seminar.store.remarks.of(1) == []


async def test_logging_can_be_taken_up_again(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.presses("小安", "🙈 不要記錄我")
    await seminar.says("小安", "/privacy")
    await seminar.presses("小安", "恢復記錄我")
    assert "之後會記錄" in seminar.toast
    await seminar.says("小安", "我回來了")
    assert [remark.text for remark in seminar.store.remarks.of(1)] == ["我回來了"]


async def test_no_in_private_holds_in_every_group(seminar: Seminar) -> None:
    await seminar.starts("小安")
    await seminar.says("小安", "/privacy", privately=True)
    await seminar.presses("小安", "🙈 不要記錄我")
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", SECRET)
    assert seminar.store.remarks.of(1) == []


async def test_deleting_asks_first_and_can_be_left(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "留著吧")
    await seminar.says("小安", "/privacy")
    await seminar.presses("小安", "刪除我的資料")
    seminar.expects("我記錄什麼", privately="小安")
    await seminar.presses("小安", "刪除我的資料", privately=True)
    seminar.expects("不能復原")
    assert seminar.keyboard == [["先不要", "確定刪除"]]
    await seminar.presses("小安", "先不要")
    assert "什麼都沒有刪除" in seminar.toast
    assert len(seminar.store.remarks.of(1)) == 1


async def test_who_is_deleted_is_gone(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", SECRET)
    await seminar.starts("小安", "privacy")
    await seminar.presses("小安", "刪除我的資料")
    await seminar.presses("小安", "確定刪除")
    seminar.expects("已經刪除了")
    assert seminar.keyboard == [["🙈 不要記錄我"]]
    assert seminar.store.remarks.of(1) == []
    assert "小安" not in {row[0] for row in seminar.store.all("SELECT name FROM people")}


async def test_who_said_no_before_being_deleted_stays_unlogged(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.starts("小安", "privacy")
    await seminar.presses("小安", "🙈 不要記錄我")
    await seminar.presses("小安", "刪除我的資料")
    await seminar.presses("小安", "確定刪除")
    seminar.expects("之後也不會記錄你")
    assert seminar.keyboard == []
    await seminar.says("小安", SECRET)
    assert seminar.store.remarks.of(1) == []


async def test_deleting_is_not_done_in_a_group(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "留著吧")
    await seminar.presses("小安", "forget:yes", on=seminar.last, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"
    assert len(seminar.store.remarks.of(1)) == 1


@pytest.mark.parametrize("data", ["log:maybe", "log", "forget:all"])
async def test_made_up_answers_are_refused(seminar: Seminar, data: str) -> None:
    await seminar.starts("小安", "privacy")
    await seminar.presses("小安", data, on=seminar.last, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"
