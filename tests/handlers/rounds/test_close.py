from tests.dialogue import Seminar

OWN = "/discuss AI 能承載人文溫度嗎？"


async def test_a_student_may_not_close(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "/close")
    seminar.expects("只有群組管理員")
    await seminar.presses("小安", "⏹ 結束這一輪")
    assert "只有群組管理員" in seminar.toast
    (opened,) = seminar.store.rounds.of(1)
    assert opened.closed_at is None


async def test_a_summary_tells_who_took_part_where_they_stand_and_what_was_said(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    card = seminar.last
    await seminar.presses("小安", "反對", on=card)
    await seminar.presses("小敏", "反對", on=card)
    await seminar.says("小安", "我覺得溫度來自生命經驗，機器沒有生命經驗")
    await seminar.says("小敏", "但是觀眾感覺到的溫度也算溫度吧")
    await seminar.says("小安", "觀眾的溫度是自己帶來的")
    await seminar.presses("陳老師", "🔁 收尾：再表態一次", on=card)
    await seminar.presses("小安", "贊成", on=card)
    await seminar.presses("小敏", "反對", on=card)
    await seminar.presses("阿哲", "中立", on=card)
    await seminar.says("陳老師", "/close")
    summary = seminar.expects(
        "第 1 輪總結",
        "2 人發言，共 3 則",
        "討論前（2 人）",
        "討論後（3 人）",
        "兩次都表態的有 2 人：更贊成 1 人，更反對 0 人，不變 1 人",
        "溫度 4",
        "接下來可以討論",
    )
    assert "小安" not in summary.text
    assert len(summary.buttons) == 2
    assert "這一輪結束了，有 3 人表態" in card.text
    assert "按下面的按鈕" not in card.text  # it is gone
    assert [[b.text for b in row] for row in card.buttons] == [["📝 看總結"]]


async def test_a_proposed_prompt_opens_the_next_round_and_the_summary_stays(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("陳老師", "/close")
    summary, label = seminar.last, seminar.keyboard[0][0]
    await seminar.presses("小安", label, on=summary)
    assert "只有群組管理員" in seminar.toast
    await seminar.presses("陳老師", label, on=summary)
    await seminar.presses("陳老師", "▶ 開始")
    seminar.expects("第 2 輪討論", label)
    assert "第 1 輪總結" in summary.text
    await seminar.presses("陳老師", summary.buttons[1][0].text, on=summary)
    assert seminar.toast == "已經有一輪在進行了。"


async def test_an_empty_round_is_summed_up_without_reproach(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("陳老師", "/close")
    text = seminar.expects("第 1 輪總結", "這一輪沒有人發言").text
    assert "討論前" not in text
    assert "說得最多" not in text


async def test_closing_without_a_round_says_so(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/close")
    seminar.expects("沒有進行中的討論")


async def test_closing_again_leads_to_the_summary(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("陳老師", "/close")
    await seminar.says("陳老師", "/close")
    seminar.expects("第 1 輪已經結束了")
    await seminar.presses("陳老師", "📝 看總結", on=seminar.last)
    seminar.expects("第 1 輪總結")


async def test_two_admins_close_at_once_and_both_get_the_right_answer(seminar: Seminar) -> None:
    seminar.world.add_person("林助教", admin=True)
    await seminar.says("陳老師", OWN)
    card = seminar.last
    seminar.world.presses("陳老師", card, "⏹ 結束這一輪")
    seminar.world.presses("林助教", card, "⏹ 結束這一輪")
    await seminar.settle()
    answers = [call for call in seminar.world.calls if call.method == "answercallbackquery"]
    assert [call.parameters["text"] for call in answers] == ["這一輪結束了。", "這一輪已經結束了。"]
    assert sum("第 1 輪總結" in said for said in seminar.said()) == 1


async def test_a_student_may_not_call_up_the_summary(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("陳老師", "/close")
    await seminar.presses("小安", "📝 看總結")
    assert "只有群組管理員" in seminar.toast


async def test_an_open_round_has_no_summary_yet(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.presses("陳老師", "summary:1", on=seminar.last, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"


async def test_who_said_no_is_not_in_the_summary(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.presses("小安", "🙈 不要記錄我")
    await seminar.says("小安", "我有話要說")
    await seminar.says("小敏", "我也有")
    await seminar.says("陳老師", "/close")
    seminar.expects("1 人發言，共 1 則")


async def test_a_card_that_an_admin_deleted_does_not_hinder_closing(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    seminar.world.deletes("陳老師", seminar.last)
    await seminar.says("陳老師", "/close")
    seminar.expects("第 1 輪總結")
