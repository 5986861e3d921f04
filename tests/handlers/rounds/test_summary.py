"""The summary: pictures, what of the prompt's evidence was touched, and buttons that are too late."""

import pytest

from bot.seminar.summary import Outcome, Picture
from tests.dialogue import Seminar
from tests.handlers.rounds.test_round_options import choosing
from tests.handlers.rounds.test_time import timed

PNG = b"\x89PNG"


async def test_who_has_thrown_us_out_is_told_no_summary_again_and_again(seminar: Seminar) -> None:
    await timed(seminar, "20 分")
    await seminar.says("小安", "有溫度")
    seminar.world.removes_bot("陳老師")
    await seminar.settle()
    tries = 0
    for _ in range(6):
        await seminar.ticks(minutes=5)
        tries += len(seminar.calls("sendMessage", "sendPhoto"))
    assert 0 < tries < 6
    seminar.world.adds_bot("陳老師", admin=True)
    await seminar.settle()
    await seminar.says("陳老師", "/close")
    await seminar.presses("陳老師", "📝 看總結")
    seminar.expects("第 1 輪總結", "1 人發言")


async def test_the_summary_says_which_evidence_was_touched_and_which_was_not(seminar: Seminar) -> None:
    await choosing(seminar)
    await seminar.presses("陳老師", "▶ 開始")
    await seminar.says("小安", "第9段說情感是系統性的失真，不是偶爾出錯")
    await seminar.says("陳老師", "/close")
    text = seminar.expects("文章裡的證據", "談到了：", "還沒談到：").text
    touched, missed = text.partition("談到了：")[2].split("還沒談到：")
    assert "系統性的失真" in touched
    assert "系統性的失真" not in missed


async def test_for_own_words_only_what_was_touched_is_named(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/discuss 失真是什麼？")
    await seminar.says("小安", "第9段說情感是系統性的失真，不是偶爾出錯")
    await seminar.says("陳老師", "/close")
    text = seminar.expects("談到了：", "系統性的失真").text
    assert "還沒談到" not in text


async def test_no_classmate_is_among_the_words_said_most(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/discuss 失真是什麼？")
    seminar.world.add_person("Xiaoming")
    await seminar.says("Xiaoming", "機器會做夢")
    for _ in range(3):
        await seminar.says("小安", "Xiaoming 說機器會做夢，這很有意思")
    await seminar.says("陳老師", "/close")
    text = seminar.expects("說得最多的詞", "機器").text
    assert "Xiaoming" not in text
    assert not set(seminar.store.aliases.all(1).values()) & set(text.replace("・", " ").split())


async def test_pictures_of_stances_and_evidence_come_before_the_summary(seminar: Seminar) -> None:
    await choosing(seminar)
    await seminar.presses("陳老師", "▶ 開始")
    for student, step in (("小安", "贊成"), ("小敏", "反對"), ("阿哲", "中立")):
        await seminar.presses(student, step)
    await seminar.says("小安", "第9段說情感是系統性的失真")
    await seminar.says("陳老師", "/close")
    photos = [post for post in seminar.world.posts(by_bot=True) if "photo" in post.extra]
    assert [post.text for post in photos] == ["第 1 輪：立場的移動", "第 1 輪：談到的證據"]
    for post in photos:
        stored = seminar.world.files.by_id(post.extra["photo"][-1].file_id)
        assert stored is not None
        assert stored.data.startswith(PNG)
        assert post.id < seminar.last.id


async def test_who_moved_and_the_words_said_most_are_pictures_where_there_is_enough(seminar: Seminar) -> None:
    await choosing(seminar)
    await seminar.presses("陳老師", "▶ 開始")
    for student, step in (("小安", "贊成"), ("小敏", "反對"), ("阿哲", "中立")):
        await seminar.presses(student, step)
    for student in ("小安", "小敏"):
        await seminar.says(student, "導演、演員、觀眾、鏡頭、燈光、音樂、劇本、攝影機，都有溫度")
    await seminar.presses("陳老師", "再表態一次")
    for student in ("小安", "小敏", "阿哲"):
        await seminar.presses(student, "中立")
    await seminar.says("陳老師", "/close")
    photos = [post.text for post in seminar.world.posts(by_bot=True) if "photo" in post.extra]
    assert photos == [
        "第 1 輪：立場的移動",
        "第 1 輪：誰改變了立場",
        "第 1 輪：說得最多的詞",
        "第 1 輪：談到的證據",
    ]


async def test_where_there_is_nothing_to_see_no_picture_is_posted(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/discuss 沒人說話的一題")
    await seminar.presses("小安", "贊成")
    await seminar.says("陳老師", "/close")
    assert not [post for post in seminar.world.posts(by_bot=True) if "photo" in post.extra]


async def test_a_picture_that_fails_does_not_keep_the_summary_away(seminar: Seminar) -> None:
    def fails(_outcome: Outcome, _language: str) -> list[Picture]:
        raise ValueError("no picture today")

    seminar.house.bot_data.pictures = fails
    await seminar.says("陳老師", "/discuss 題目")
    await seminar.says("陳老師", "/close")
    seminar.expects("第 1 輪總結")


async def test_the_summary_asked_for_once_more_comes_without_pictures(seminar: Seminar) -> None:
    await choosing(seminar)
    await seminar.presses("陳老師", "▶ 開始")
    await seminar.says("小安", "我說了一句")
    await seminar.says("陳老師", "/close")
    before = len([post for post in seminar.world.posts(by_bot=True) if "photo" in post.extra])
    await seminar.presses("陳老師", "📝 看總結")
    assert len([post for post in seminar.world.posts(by_bot=True) if "photo" in post.extra]) == before
    seminar.expects("第 1 輪總結")


@pytest.mark.parametrize(
    ("data", "toast"),
    [
        ("stance:1:4", "這一輪已經結束了，這裡不能再表態。"),
        ("again:1", "這一輪已經結束了。"),
        ("reveal:1", "這一輪已經結束了。"),
        ("close:1", "這一輪已經結束了。"),
    ],
)
async def test_every_button_of_a_closed_round_says_that_it_is_over(
    seminar: Seminar, data: str, toast: str
) -> None:
    await timed(seminar, "先寫再看")
    card = seminar.last
    await seminar.says("陳老師", "/close")
    await seminar.presses("陳老師", data, on=card, forged=True)
    assert seminar.toast == toast


@pytest.mark.parametrize("data", ["again:1", "reveal:1", "close:1", "unmask:1", "summary:1", "own", "random"])
async def test_every_button_of_the_teacher_is_refused_to_a_student(seminar: Seminar, data: str) -> None:
    await timed(seminar, "先寫再看")
    await seminar.presses("小安", data, on=seminar.last, forged=True)
    assert "只有群組管理員" in seminar.toast
    assert seminar.alert
    assert seminar.store.rounds.open_of(1) is not None


async def test_two_admins_reveal_and_ask_again_at_once_and_both_are_answered(seminar: Seminar) -> None:
    seminar.world.add_person("林助教", admin=True)
    await timed(seminar, "先寫再看")
    card = seminar.last
    for label, told in (
        ("📬 公布大家的想法", ["公布了。", "已經公布過了。"]),
        ("🔁 收尾：再表態一次", ["已請大家再表態一次。", "已經請大家再表態過了。"]),
    ):
        seminar.world.presses("陳老師", card, label)
        seminar.world.presses("林助教", card, label)
        await seminar.settle()
        answers = [
            call.parameters.get("text")
            for call in seminar.world.calls
            if call.method == "answercallbackquery"
        ]
        assert answers[-2:] == told
