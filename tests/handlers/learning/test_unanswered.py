"""/unanswered: what had no answer, grouped, and taught; at once, for good, and undone again."""

from pathlib import Path

from bot.rehearsal.fake_telegram.chats import Membership, Post
from tests.dialogue import STUDENTS, TEACHER, Seminar, holding

NEW = "那台會飛的空拍機叫啥"
GROUP = 1


async def gap(seminar: Seminar, *wordings: str) -> None:
    """Let students ask in the group what the reading cannot answer."""
    for who, text in zip(("小安", "小敏", "阿哲"), wordings, strict=False):
        await seminar.says(who, f"/ask {text}")
        refused(seminar)


def refused(seminar: Seminar) -> None:
    """Assert that the reading does not say, be it that something near is offered."""
    assert any(no in seminar.last.text for no in ("沒有談到", "你想問的是哪一個")), seminar.last.text


async def opened(seminar: Seminar, label: str = "空拍機") -> Post:
    """Open the list in private, and one group of questions in it."""
    await seminar.says(TEACHER, "/unanswered", privately=True)
    await seminar.presses(TEACHER, label, privately=True)
    return seminar.last


async def test_from_the_group_a_link_leads_to_the_list_in_private(seminar: Seminar) -> None:
    await gap(seminar, NEW)
    await seminar.says(TEACHER, "/unanswered")
    await seminar.presses(TEACHER, "打開私訊")
    seminar.expects("沒有答到的問題 1 則", privately=TEACHER)
    assert seminar.keyboard == [[NEW]]


async def test_students_may_neither_open_it_nor_follow_the_link(seminar: Seminar) -> None:
    await gap(seminar, NEW)
    await seminar.says("小安", "/unanswered")
    seminar.expects("只有群組管理員")
    await seminar.starts("小安", f"unanswered_{GROUP}")
    seminar.expects("只有那個群組的管理員")
    await seminar.says("小安", "/unanswered", privately=True)
    seminar.expects("沒有等待答案的問題")
    for wrong in ("999", "x", "²", "-1"):
        await seminar.starts(TEACHER, f"unanswered_{wrong}")
        seminar.expects("只有那個群組的管理員")


async def test_like_questions_are_listed_once_with_their_number(seminar: Seminar) -> None:
    await gap(seminar, NEW, f"請問{NEW}？", "台北明天會下雨嗎")
    await seminar.says(TEACHER, "/unanswered", privately=True)
    seminar.expects("沒有答到的問題 3 則")
    assert seminar.keyboard[0] == [f"{NEW} ×2"]
    assert len(seminar.keyboard) == 2


async def test_a_wording_taught_is_answered_at_once(seminar: Seminar) -> None:
    await gap(seminar, NEW)
    await opened(seminar)
    label = seminar.keyboard[0][0]
    assert label.startswith("➕ ")
    await seminar.presses(TEACHER, label, privately=True)
    seminar.expects("記住了", NEW, label.removeprefix("➕ ")[:6])
    await seminar.says("小敏", f"/ask {NEW}？")
    seminar.expects(label.removeprefix("➕ ")[:6], "出處")
    await seminar.says(TEACHER, "/unanswered", privately=True)
    seminar.expects("沒有等待答案的問題")


async def test_what_was_taught_holds_after_a_restart_and_only_there(tmp_path: Path) -> None:
    async with holding(tmp_path) as seminar:
        await gap(seminar, NEW)
        await opened(seminar)
        await seminar.presses(TEACHER, seminar.keyboard[0][0], privately=True)
    async with holding(tmp_path) as seminar:
        seminar.later(hours=1)
        await seminar.says("小安", f"/ask {NEW}")
        seminar.expects("出處")
    async with holding(tmp_path / "another house") as seminar:
        await seminar.says("小安", f"/ask {NEW}")
        refused(seminar)


async def test_it_can_be_undone_once(seminar: Seminar) -> None:
    await gap(seminar, NEW)
    await opened(seminar)
    await seminar.presses(TEACHER, seminar.keyboard[0][0], privately=True)
    taught = seminar.last
    await seminar.presses(TEACHER, "↩︎ 復原", privately=True)
    seminar.expects("已經復原")
    await seminar.says("小安", f"/ask {NEW}")
    refused(seminar)
    await seminar.presses(TEACHER, "untaught:1:1", on=taught, forged=True)
    assert "失效" in seminar.toast
    await seminar.says(TEACHER, "/unanswered", privately=True)
    seminar.expects("沒有答到的問題 2 則")


async def test_any_snippet_can_be_chosen(seminar: Seminar) -> None:
    await gap(seminar, NEW)
    await opened(seminar)
    await seminar.presses(TEACHER, "🔍 其他摘解…", privately=True)
    await seminar.presses(TEACHER, "下一頁 ›", privately=True)
    label = seminar.keyboard[0][0]
    await seminar.presses(TEACHER, label, privately=True)
    seminar.expects("記住了", label.removeprefix("➕ ")[:6])


async def test_one_may_go_back_without_teaching(seminar: Seminar) -> None:
    await gap(seminar, NEW)
    await opened(seminar)
    await seminar.presses(TEACHER, "🔍 其他摘解…", privately=True)
    await seminar.presses(TEACHER, "‹ 回上一步", privately=True)
    seminar.expects("加到哪一則摘解")
    await seminar.presses(TEACHER, "‹ 回到列表", privately=True)
    seminar.expects("沒有答到的問題 1 則")


async def test_what_is_not_about_the_reading_is_let_lie(seminar: Seminar) -> None:
    await gap(seminar, "台北明天會下雨嗎", NEW)
    await opened(seminar, "下雨")
    await seminar.presses(TEACHER, "🗑 不是問文章，不用管", privately=True)
    assert "不再列出" in seminar.toast
    assert seminar.keyboard == [[NEW]]


async def test_what_did_not_help_is_listed_with_a_mark(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    await seminar.presses("小安", "👎 沒答到")
    await seminar.says(TEACHER, "/unanswered", privately=True)
    assert seminar.keyboard == [["👎 塔可夫斯基是誰？"]]
    seminar.expects("👎 是答了但沒有幫助", "點開一則")
    await seminar.presses(TEACHER, "塔可夫斯基", privately=True)
    seminar.expects("沒有幫助")


async def test_a_mark_that_is_not_in_the_list_is_not_explained(seminar: Seminar) -> None:
    await gap(seminar, NEW)
    await seminar.says(TEACHER, "/unanswered", privately=True)
    assert "👎" not in seminar.expects("點開一則").text


async def test_small_talk_and_private_questions_are_not_listed(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 你好")
    await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    await seminar.says("小安", NEW, privately=True)
    await seminar.says(TEACHER, "/unanswered", privately=True)
    seminar.expects("沒有等待答案的問題")


async def test_of_several_groups_the_teacher_chooses_and_sees_only_their_own(seminar: Seminar) -> None:
    second, others = seminar.world.add_group("二班"), seminar.world.add_group("別人的班")
    seminar.world.add_person("小華", joins=second)
    seminar.world.add_person("小莉", joins=others)
    second.set_member(Membership(seminar.world.person(TEACHER).user, "creator"))
    await gap(seminar, NEW)
    await seminar.says("小華", "/ask 台北明天會下雨嗎", chat=second)
    await seminar.says("小莉", "/ask 高雄明天會下雨嗎", chat=others)
    await seminar.says(TEACHER, "/unanswered", privately=True)
    seminar.expects("哪一個群組")
    assert sorted(label for row in seminar.keyboard for label in row) == ["二班", "人文溫度讀書會"]
    await seminar.presses(TEACHER, "二班", privately=True)
    assert seminar.keyboard == [["台北明天會下雨嗎"]]


async def test_who_is_no_admin_any_more_can_press_nothing(seminar: Seminar) -> None:
    await gap(seminar, NEW)
    page = await opened(seminar)
    seminar.world.demotes(TEACHER, TEACHER)
    await seminar.settle()
    seminar.later(minutes=2)
    for row in page.buttons:
        await seminar.presses(TEACHER, str(row[0].callback_data), on=page, forged=True)
        assert "只有那個群組的管理員" in seminar.toast
    assert seminar.store.learned.all() == {}


async def test_made_up_buttons_are_answered(seminar: Seminar) -> None:
    await gap(seminar, NEW)
    page = await opened(seminar)
    for data in ("gap:1:999", "teach:1:1:0123456789ab", "teach:a:b:c", "teach:1:²:c", "aside:9:1", "unmet:1"):
        await seminar.presses(TEACHER, data, on=page, forged=True)
        assert seminar.toast
    assert seminar.store.learned.all() == {}
    await seminar.presses("小安", "teach:1:1:x", on=seminar.last_in(seminar.world.group), forged=True)
    assert "只有那個群組的管理員" in seminar.toast


async def test_two_teachers_at_once_both_teach(seminar: Seminar) -> None:
    other = "圖書館在哪一層樓"
    await gap(seminar, NEW, other)
    seminar.world.promotes(TEACHER, "阿哲")
    await seminar.settle()
    first = await opened(seminar)
    await seminar.says("阿哲", "/unanswered", privately=True)
    await seminar.presses("阿哲", "圖書館", privately=True)
    second = seminar.last
    seminar.world.presses(TEACHER, first, first.buttons[0][0].text)
    seminar.world.presses("阿哲", second, second.buttons[0][0].text)
    await seminar.settle()
    for wording in (NEW, other):
        seminar.later(minutes=2)
        await seminar.says("小安", f"/ask {wording}")
        seminar.expects("出處")


async def test_the_list_has_pages(seminar: Seminar) -> None:
    asked = ["雨", "颱風", "地震", "捷運", "火鍋", "籃球", "股票", "簽證"]
    for number, what in enumerate(asked):
        await seminar.says(STUDENTS[number % 3], f"/ask {what}{number}{what}明天如何進行安排")
    await seminar.says(TEACHER, "/unanswered", privately=True)
    seminar.expects("第 1／2 頁")
    await seminar.presses(TEACHER, "下一頁 ›", privately=True)
    seminar.expects("第 2／2 頁")
