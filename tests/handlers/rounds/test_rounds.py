from itertools import count
from pathlib import Path

import pytest
from telegram.constants import ChatID

from bot.rehearsal.fake_telegram.chats import Membership
from tests.dialogue import Seminar, a_class, holding

OWN = "/discuss AI 能承載人文溫度嗎？"


async def test_a_student_may_not_open_a_round(seminar: Seminar) -> None:
    await seminar.says("小安", "/discuss")
    seminar.expects("只有群組管理員")
    await seminar.says("小安", OWN)
    seminar.expects("只有群組管理員")
    assert seminar.store.rounds.of(1) == []


async def test_a_round_cannot_be_opened_in_private(seminar: Seminar) -> None:
    await seminar.starts("陳老師")
    await seminar.says("陳老師", "/discuss", privately=True)
    seminar.expects("要在班級群組裡用")


async def test_the_teachers_own_words_open_a_round_at_once(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    seminar.expects("第 1 輪討論", "AI 能承載人文溫度嗎？", "已表態 0 人", "化名", "保留 180 天")
    assert seminar.keyboard == [
        ["強烈反對", "反對"],
        ["中立"],
        ["贊成", "強烈贊成"],
        ["🙈 不要記錄我"],
        ["🔁 收尾：再表態一次", "⏹ 結束這一輪"],
    ]


async def test_a_prompt_is_chosen_by_phase_and_page(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/discuss")
    menu = seminar.expects("要討論什麼")
    assert [row[0][:2] for row in seminar.keyboard] == ["暖身", "細讀", "立場", "交鋒", "綜合", "🎲 "]
    await seminar.presses("陳老師", seminar.keyboard[1][0])
    seminar.expects("細讀", "第 1／2 頁")
    await seminar.presses("陳老師", "下一頁 ›")
    seminar.expects("第 2／2 頁")
    await seminar.presses("陳老師", "‹ 回到列表")
    await seminar.presses("陳老師", seminar.keyboard[2][0])
    await seminar.presses("陳老師", "AI電影能承載人文溫度嗎")
    seminar.expects("AI電影能承載人文溫度嗎", "公開：")
    assert seminar.store.rounds.of(1) == []
    await seminar.presses("陳老師", "▶ 開始")
    assert seminar.toast == "開始了。"
    assert menu.text == "已經開始：AI電影能承載人文溫度嗎"
    seminar.expects("第 1 輪討論", "AI電影能承載人文溫度嗎")
    (opened,) = seminar.store.rounds.of(1)
    assert opened.prompt_slug == "main-question"


async def test_a_student_may_not_press_the_teachers_buttons(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/discuss")
    for data in ("menu", "phase:0:0"):
        await seminar.presses("小安", data, on=seminar.last, forged=True)
        assert "只有群組管理員" in seminar.toast
        assert seminar.alert
    await seminar.presses("陳老師", seminar.keyboard[0][0])
    await seminar.presses("小安", seminar.keyboard[0][0])
    assert "只有群組管理員" in seminar.toast
    assert seminar.store.rounds.of(1) == []


async def test_a_second_discuss_says_that_a_round_is_open_and_lets_close_it(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("陳老師", "/discuss 另一題")
    seminar.expects("第 1 輪還在進行", "AI 能承載人文溫度嗎？")
    assert len(seminar.store.rounds.of(1)) == 1
    await seminar.presses("陳老師", "⏹ 結束這一輪", on=seminar.last)
    seminar.expects("第 1 輪總結")
    await seminar.says("陳老師", "/discuss 另一題")
    seminar.expects("第 2 輪討論", "另一題")


async def test_two_admins_choose_at_once_and_both_get_the_right_answer(seminar: Seminar) -> None:
    seminar.world.add_person("林助教", admin=True)
    await seminar.says("陳老師", "/discuss")
    hers = seminar.last
    await seminar.says("林助教", "/discuss")
    his = seminar.last
    await seminar.presses("陳老師", seminar.keyboard[0][0], on=hers)
    await seminar.presses("林助教", seminar.keyboard[0][0], on=his)
    await seminar.presses("陳老師", hers.buttons[0][0].text, on=hers)
    await seminar.presses("林助教", his.buttons[1][0].text, on=his)
    await seminar.presses("陳老師", "▶ 開始", on=hers)
    assert seminar.toast == "開始了。"
    await seminar.presses("林助教", "▶ 開始", on=his)
    assert seminar.toast == "已經有一輪在進行了。"
    assert len(seminar.store.rounds.of(1)) == 1


async def test_a_prompt_that_is_too_long_is_declined(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/discuss " + "長" * 501)
    seminar.expects("500 個字以內")
    assert seminar.store.rounds.of(1) == []


@pytest.mark.parametrize(
    "data", ["phase:99:0", "prompt:nothing", "again:99", "close:99", "summary:99", "phase:x:0"]
)
async def test_made_up_buttons_of_the_teacher_are_refused(seminar: Seminar, data: str) -> None:
    await seminar.says("陳老師", "/discuss")
    await seminar.presses("陳老師", data, on=seminar.last, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"


async def test_a_button_works_only_in_its_own_group(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    other = seminar.world.add_group("別班")
    teacher = seminar.world.person("陳老師")
    seminar.world.joins(teacher, chat=other)
    await seminar.settle()
    await seminar.says("陳老師", "/help", chat=other)
    (opened,) = seminar.store.rounds.of(1)
    await seminar.presses("陳老師", f"stance:{opened.id}:4", on=seminar.last, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"
    assert seminar.store.stances.of(opened.id) == []


async def test_an_anonymous_admin_may_steer(seminar: Seminar) -> None:
    seminar.world.promotes("陳老師", "小敏", anonymous=True)
    await seminar.settle()
    await seminar.says("小敏", OWN, anonymous=True)
    seminar.expects("第 1 輪討論")


async def test_a_press_of_an_anonymous_admin_is_one_of_an_admin_in_their_group_only(seminar: Seminar) -> None:
    seminar.world._numbers["person"] = count(ChatID.ANONYMOUS_ADMIN)  # Telegram's own account for them
    account = seminar.world.add_person("Group")
    await seminar.says("陳老師", OWN)
    await seminar.presses("小安", "結束")
    assert seminar.store.rounds.of(1)[0].closed_at is None
    await seminar.presses("Group", "結束")
    assert seminar.store.rounds.of(1)[0].closed_at is not None
    seminar.world.add_person("鄰居", joins=(other := seminar.world.add_group("別的群組")))
    other.set_member(Membership(account.user, "member"))
    await seminar.says("鄰居", "/help", chat=other)
    await seminar.presses("Group", "export:1", on=seminar.last, forged=True)
    assert "只有那個群組的管理員" in str(seminar.toast)


async def test_a_new_admin_may_steer_within_seconds(seminar: Seminar) -> None:
    await seminar.says("小敏", OWN)
    seminar.expects("只有群組管理員")
    seminar.world.promotes("陳老師", "小敏")
    seminar.later(seconds=11)
    await seminar.says("小敏", OWN)
    seminar.expects("第 1 輪討論")


async def test_a_former_admin_may_steer_no_more_after_a_minute(seminar: Seminar) -> None:
    seminar.world.promotes("陳老師", "小敏")
    await seminar.says("小敏", "/discuss")
    seminar.expects("要討論什麼")
    seminar.world.demotes("陳老師", "小敏")
    seminar.later(seconds=61)
    await seminar.says("小敏", "/discuss")
    seminar.expects("只有群組管理員")


async def test_the_whole_class_costs_one_question_for_admins(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    asked = 0
    for student in ("小安", "小敏", "阿哲"):
        await seminar.presses(student, "⏹ 結束這一輪")
        asked += len(seminar.calls("getChatAdministrators"))
    assert asked <= 1


async def test_asking_again_turns_stances_into_after(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    card = seminar.last
    await seminar.presses("小安", "反對")
    await seminar.presses("小安", "🔁 收尾：再表態一次", on=card)
    assert "只有群組管理員" in seminar.toast
    await seminar.presses("陳老師", "🔁 收尾：再表態一次", on=card)
    assert seminar.toast == "已請大家再表態一次。"
    seminar.expects("再表態一次", "AI 能承載人文溫度嗎？")
    assert "聊完了" in card.text
    assert "🔁 收尾：再表態一次" not in [b.text for row in card.buttons for b in row]
    await seminar.presses("小安", "贊成")
    (opened,) = seminar.store.rounds.of(1)
    assert [(s.moment, s.step) for s in seminar.store.stances.of(opened.id)] == [("before", 2), ("after", 4)]


async def test_asking_again_twice_says_that_it_was_done(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    card = seminar.last
    await seminar.presses("陳老師", "🔁 收尾：再表態一次", on=card)
    await seminar.presses("陳老師", "again:1", on=card, forged=True)
    assert seminar.toast == "已經請大家再表態過了。"
    await seminar.says("陳老師", "/close")
    await seminar.presses("陳老師", "again:1", on=card, forged=True)
    assert seminar.toast == "這一輪已經結束了。"


async def test_rounds_of_two_topics_do_not_meddle(tmp_path: Path) -> None:
    world = a_class()
    async with holding(tmp_path, world=world) as seminar:
        world.becomes_forum()
        one = world.opens_topic("陳老師", "第一組")
        two = world.opens_topic("陳老師", "第二組")
        await seminar.settle()
        await seminar.says("陳老師", "/discuss 第一組的題目", thread=one.id)
        assert seminar.last.thread_id == one.id
        await seminar.says("陳老師", "/discuss 第二組的題目", thread=two.id)
        assert seminar.last.thread_id == two.id
        seminar.expects("第 1 輪討論", "第二組的題目")


async def test_a_card_that_was_lost_in_a_crash_is_posted_at_the_next_try(seminar: Seminar) -> None:
    seminar.world.faults.outage = True
    with seminar.failing():
        await seminar.says("陳老師", OWN)
    seminar.world.faults.clear()
    await seminar.says("陳老師", OWN)
    assert any("第 1 輪討論" in said for said in seminar.said())
    assert len(seminar.store.rounds.of(1)) == 1
