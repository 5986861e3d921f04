"""/why: why an answer is as it is, in words that a teacher can follow."""

import pytest

from bot.pack.model import Tier
from bot.speech import load_speech
from tests.dialogue import Seminar

WHO = "塔可夫斯基是誰？"


async def test_as_a_reply_to_an_answer_it_says_what_decided(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    answer = seminar.last
    await seminar.says("小敏", "/ask 影展有哪些短片？")
    await seminar.replies("陳老師", "/why", to=answer)
    seminar.expects(f"為什麼這樣回答「{WHO}」", "塔可夫斯基", "比過的摘解", "分，認得 100%")


async def test_as_a_reply_to_the_question_too(seminar: Seminar) -> None:
    question = await seminar.says("小安", f"/ask {WHO}")
    await seminar.replies("小敏", "/why", to=question)
    seminar.expects(f"「{WHO}」")


async def test_alone_it_is_about_ones_last_question(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    await seminar.says("小敏", "/ask 影展有哪些短片？")
    await seminar.says("小安", "/why")
    seminar.expects(f"「{WHO}」")


async def test_a_question_behind_it_is_explained_and_not_kept(seminar: Seminar) -> None:
    await seminar.says("小安", "/why 車傳鋒是誰？")
    seminar.expects("「車傳鋒是誰？」", "聽到名稱", "車傳鋒")
    assert seminar.store.questions.of(1) == []


async def test_what_the_stages_saw_is_said(seminar: Seminar) -> None:
    await seminar.says("小安", "/why 塔可夫斯基是誰，老師等一下要抽問我")
    seminar.expects("其他是旁邊說的")


async def test_no_answer_is_explained_as_well(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 台北明天會下雨嗎？")
    await seminar.replies("小安", "/why")
    seminar.expects("不亂猜")


async def test_small_talk_is_explained_in_a_line(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 你好")
    await seminar.replies("小安", "/why")
    seminar.expects("寒暄")
    assert "分" not in seminar.last.text


async def test_where_points_decide_it_says_how_sure_that_was(seminar: Seminar) -> None:
    await seminar.says("小安", "/why 塔可夫斯基有什麼缺點")
    seminar.expects("把握 ", "過半才回答")


async def test_a_follow_up_is_explained_with_what_it_followed(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    await seminar.says("小安", "/ask 那他的創作方法呢？")
    answer = seminar.last
    seminar.later(minutes=30)
    await seminar.says("小安", "/ask 影展有哪些短片？")
    await seminar.replies("小敏", "/why", to=answer)
    assert "接續" in seminar.last.text
    assert "教材或別名後來改過" not in seminar.last.text


async def test_it_says_so_when_the_pack_has_changed_since(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    answer = seminar.last
    seminar.store.run("UPDATE questions SET snippets = '[\"gone\"]'")
    await seminar.replies("小安", "/why", to=answer)
    seminar.expects("教材或別名後來改過")


async def test_nothing_is_told_of_what_somebody_else_asked_in_private(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 影展有哪些短片？")
    await seminar.says("小安", WHO, privately=True)
    await seminar.says("小敏", "/why", privately=True)
    seminar.expects("我不記得這一題")
    await seminar.says("小安", "/why", privately=True)
    seminar.expects(f"「{WHO}」")
    await seminar.says("小安", "/why")
    seminar.expects("影展有哪些短片")


async def test_of_who_is_not_logged_nothing_is_known(seminar: Seminar) -> None:
    await seminar.says("小安", "/privacy")
    await seminar.presses("小安", "🙈 不要記錄我")
    await seminar.says("小安", f"/ask {WHO}")
    await seminar.replies("小敏", "/why")
    seminar.expects("我不記得這一題", "/why")


async def test_a_reply_to_something_else_is_not_guessed_at(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    await seminar.says("小安", "/help")
    await seminar.replies("小安", "/why")
    seminar.expects("我不記得這一題")


async def test_it_speaks_the_languages_of_the_place(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    answer = seminar.last
    seminar.store.seminars.configure(1, language="en")
    await seminar.replies("小安", "/why", to=answer)
    seminar.expects("was answered so", "Snippets compared")
    seminar.store.seminars.configure(1, language="zh-Hans")
    await seminar.replies("小安", "/why", to=answer)
    seminar.expects("为什么这样回答", "比过的摘解")


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_every_stage_that_decides_has_a_sentence(language: str) -> None:
    phrases = load_speech().phrases[language]
    assert {f"because.tier_{tier.value.replace('-', '_')}" for tier in Tier} <= phrases.keys()
