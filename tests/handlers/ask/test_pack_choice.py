"""Several readings: a group's admins choose with /pack, in private each is asked which; and /para."""

import pytest

from tests.dialogue import TEACHER, Seminar, our_packs

OTHER = our_packs().packs["lights-out"]
WHO = "塔可夫斯基是誰？"
OTHERS_QUESTION = OTHER.golden[0].question


async def test_admins_change_what_the_group_reads(seminar: Seminar) -> None:
    await seminar.says(TEACHER, "/pack")
    seminar.expects("代碼編織", "要換成哪一篇")
    await seminar.presses(TEACHER, OTHER.title[:8])
    seminar.expects("現在讀的是", OTHER.title)
    await seminar.says("小安", f"/ask {OTHERS_QUESTION}")
    seminar.expects("出處")
    found = seminar.store.seminars.by_id(1)
    assert found
    assert found.pack == "lights-out"


async def test_students_do_not(seminar: Seminar) -> None:
    await seminar.says("小安", "/pack")
    seminar.expects("只有群組管理員")
    await seminar.says(TEACHER, "/pack")
    await seminar.presses("小安", OTHER.title[:8])
    assert "只有群組管理員" in seminar.toast
    found = seminar.store.seminars.by_id(1)
    assert found
    assert found.pack == "ai-film"


async def test_not_while_a_round_is_running(seminar: Seminar) -> None:
    await seminar.says(TEACHER, "/pack")
    page = seminar.last
    await seminar.says(TEACHER, "/discuss AI 能有溫度嗎？")
    await seminar.presses(TEACHER, OTHER.title[:8], on=page)
    assert "討論進行中" in seminar.toast


async def test_in_private_a_stranger_is_asked_which_and_then_answered(seminar: Seminar) -> None:
    await seminar.says("小安", WHO, privately=True)
    seminar.expects("哪一篇")
    assert len(seminar.keyboard) == len(our_packs().packs)
    await seminar.presses("小安", "代碼編織", privately=True)
    seminar.expects("塔可夫斯基", "出處")
    assert "現在讀的是" in seminar.said()[-2]
    await seminar.says("小安", "/ask 車傳鋒是誰？", privately=True)
    seminar.expects("車傳鋒", "出處")


async def test_a_question_behind_ask_waits_as_well_and_other_commands_do_not(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}", privately=True)
    await seminar.presses("小安", "代碼編織", privately=True)
    seminar.expects("塔可夫斯基", "出處")
    await seminar.says("小安", "/pack", privately=True)
    await seminar.presses("小安", OTHER.title[:8], privately=True)
    seminar.expects("現在讀的是", OTHER.title)


async def test_the_choice_is_remembered_and_can_be_changed(seminar: Seminar) -> None:
    await seminar.says("小安", "/pack", privately=True)
    await seminar.presses("小安", OTHER.title[:8], privately=True)
    await seminar.says("小安", OTHERS_QUESTION, privately=True)
    seminar.expects("出處")
    await seminar.says("小安", "/topics", privately=True)
    seminar.expects(OTHER.title)
    await seminar.presses("小安", "📖 換一篇讀物", privately=True)
    await seminar.presses("小安", "代碼編織", privately=True)
    await seminar.says("小安", WHO, privately=True)
    seminar.expects("塔可夫斯基", "出處")
    assert seminar.store.one("SELECT count(*) FROM readings")[0] == 1


async def test_who_belongs_to_one_class_is_not_asked(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 影展有哪些短片？")
    await seminar.says("小安", WHO, privately=True)
    seminar.expects("塔可夫斯基", "出處")


@pytest.mark.parametrize("data", ["reading:0123456789ab", "reading:1:2", "para:0123456789ab:1", "para:x"])
async def test_made_up_buttons_are_answered(seminar: Seminar, data: str) -> None:
    await seminar.says("小安", "/topics", privately=True)
    await seminar.presses("小安", data, on=seminar.last, forged=True)
    assert "失效" in seminar.toast


async def other_reading(seminar: Seminar) -> None:
    await seminar.says(TEACHER, "/pack")
    await seminar.presses(TEACHER, OTHER.title[:8])


async def test_a_paragraph_is_shown_where_the_text_is_included(seminar: Seminar) -> None:
    await other_reading(seminar)
    await seminar.says("小安", "/para 2")
    seminar.expects("第 2 段", OTHER.paragraphs[1][:20])
    assert seminar.keyboard == [["📖 第 1 段", "📖 第 3 段"]]
    await seminar.presses("小安", "📖 第 3 段")
    seminar.expects(OTHER.paragraphs[2][:20])


async def test_p2_and_full_width_numbers_are_understood(seminar: Seminar) -> None:
    await other_reading(seminar)
    for written in ("P3", "p 4", "５"):
        await seminar.says("小安", f"/para {written}")
        seminar.expects("（共 ")


async def test_answers_have_buttons_to_their_paragraphs(seminar: Seminar) -> None:
    await other_reading(seminar)
    await seminar.says("小安", f"/ask {OTHERS_QUESTION}")
    (label, *_) = next(row for row in seminar.keyboard if row[0].startswith("📖 第"))
    await seminar.presses("小敏", label)
    seminar.expects(label.removeprefix("📖 "), "（共 ")
    posted = seminar.last
    await seminar.presses("阿哲", label, on=posted.reply_to)
    seminar.expects("剛剛貼過了")
    await seminar.presses("小安", label, on=posted.reply_to)
    seminar.expects_silence()


async def test_a_paragraph_of_a_reading_that_may_not_be_shown_is_not(seminar: Seminar) -> None:
    await seminar.says("小安", "/para 2")
    seminar.expects("授權不允許")
    await seminar.says("小安", f"/ask {WHO}")
    assert not any("📖" in label for row in seminar.keyboard for label in row)


@pytest.mark.parametrize("written", ["", "x", "12345", "-1", "1.5"])
async def test_what_is_no_number_gets_a_hint(seminar: Seminar, written: str) -> None:
    await other_reading(seminar)
    await seminar.says("小安", f"/para {written}".strip())
    seminar.expects("請寫段落的號碼")


@pytest.mark.parametrize("written", ["0", "9999"])
async def test_a_paragraph_that_is_not_there_is_said_so(seminar: Seminar, written: str) -> None:
    await other_reading(seminar)
    await seminar.says("小安", f"/para {written}")
    seminar.expects("沒有第", str(len(OTHER.paragraphs)))
