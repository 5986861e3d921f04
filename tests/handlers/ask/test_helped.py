"""👍 and 👎 below an answer, what 👎 offers, and what did-you-mean leads to."""

import pytest

from bot.handlers.common.buttons import tag
from tests.dialogue import Seminar, our_packs

WHO = "塔可夫斯基是誰？"


async def test_a_thumb_is_kept_with_the_question(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    await seminar.presses("小安", "👍 有幫助")
    assert seminar.toast == "謝謝，記下了。"
    assert [question.helped for question in seminar.store.questions.of(1)] == [True]


async def test_a_thumb_down_offers_other_topics_below_the_same_answer(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    answer, before = seminar.last, seminar.keyboard
    await seminar.presses("小安", "👎 沒答到")
    assert seminar.alert
    assert "換一題" in seminar.toast
    assert seminar.last is answer
    assert seminar.keyboard != before
    assert seminar.keyboard[-2:] == [["📚 其他主題"], ["👍 有幫助", "👎 沒答到"]]
    assert 3 <= len(seminar.keyboard) <= 6
    assert [question.helped for question in seminar.store.questions.of(1)] == [False]


async def test_what_is_offered_instead_is_another_snippet_that_opens(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    title = seminar.last.text.splitlines()[0]
    await seminar.presses("小安", "👎 沒答到")
    label = seminar.keyboard[0][0]
    assert label != title
    await seminar.presses("小安", label)
    seminar.expects(label[:8], "出處")


async def test_all_topics_are_listed_below(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    await seminar.presses("小安", "👎 沒答到")
    await seminar.presses("小安", "📚 其他主題")
    seminar.expects("可以問我這些")


async def test_pressing_twice_does_no_harm_and_one_may_change_ones_mind(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    await seminar.presses("小安", "👎 沒答到")
    await seminar.presses("小安", "👎 沒答到")
    await seminar.presses("小安", "👍 有幫助")
    assert [question.helped for question in seminar.store.questions.of(1)] == [True]


@pytest.mark.parametrize("data", ["helped:1:2", "helped:1:7"])
async def test_a_rating_that_is_neither_is_not_taken(seminar: Seminar, data: str) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    await seminar.presses("小安", data, on=seminar.last, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"
    assert [question.helped for question in seminar.store.questions.of(1)] == [None]


async def test_somebody_elses_thumb_changes_neither_rating_nor_buttons(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    before = seminar.keyboard
    await seminar.presses("小敏", "👎 沒答到")
    assert "只有提問的人" in seminar.toast
    assert seminar.keyboard == before


async def ambiguous(seminar: Seminar, who: str = "小安") -> None:
    """Ask what is near several snippets and answers none for sure."""
    for question in (
        "/ask 成本的比較",
        "/ask 故事怎麼開始",
        "/ask 語言的問題",
        "/ask 電影的問題",
        "/ask 技術的本質",
    ):
        seminar.later(minutes=11)
        await seminar.says(who, question)
        if "你想問的是哪一個" in seminar.last.text:
            return
    pytest.fail("none of these is ambiguous any more")


async def test_an_ambiguous_question_offers_two_to_four_buttons_that_answer(seminar: Seminar) -> None:
    await ambiguous(seminar)
    assert 2 <= len(seminar.keyboard) <= 4
    label = seminar.keyboard[0][0]
    await seminar.presses("小安", label)
    seminar.expects(label[:6], "出處")


async def test_what_was_opened_by_a_button_is_what_the_next_question_leans_on(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    await seminar.says("小敏", "/ask 車傳鋒是誰？")
    asked = seminar.last.text
    seminar.later(minutes=11)
    await seminar.presses("小敏", "snippet:" + tag_of("tarkovsky"), on=seminar.last, forged=True)
    await seminar.says("小敏", "/ask 那他的創作方法呢？")
    seminar.expects("塔可夫斯基")
    assert seminar.last.text != asked


def tag_of(slug_part: str) -> str:
    pack = our_packs().packs["ai-film"]
    return tag(pack, next(s.slug for s in pack.snippets if slug_part in s.slug))


async def test_what_somebody_not_logged_opens_is_not_kept(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    answer = seminar.last
    await seminar.says("小敏", "/privacy")
    await seminar.presses("小敏", "🙈 不要記錄我")
    await seminar.presses("小敏", answer.buttons[0][0].text, on=answer)
    seminar.expects("出處")
    assert seminar.store.all("SELECT * FROM glances") == []
