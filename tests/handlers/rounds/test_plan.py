"""/plan: an order of prompts, which the menu, the summary and the schedule follow."""

import pytest

from tests.dialogue import Seminar


async def planned(seminar: Seminar, words: str = "warm-film、main-question") -> None:
    await seminar.says("陳老師", f"/plan {words}")


async def test_without_a_plan_it_says_how(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/plan")
    seminar.expects("還沒有計畫")
    assert seminar.keyboard == [["➕ 加一題"]]


@pytest.mark.parametrize(
    "words",
    [
        "warm-film main-question",
        "warm-film、AI電影能承載人文溫度嗎",
        "一部讓你感到溫度\nAI電影能承載",
        "warm-film, main-question",
        "A film that felt warm; Can AI film carry human warmth?",
    ],
)
async def test_a_plan_may_be_written_by_slugs_or_titles(seminar: Seminar, words: str) -> None:
    await planned(seminar, words)
    seminar.expects("1. 一部讓你感到溫度的電影", "2. AI電影能承載人文溫度嗎")
    assert seminar.store.plans.of(1) == ["warm-film", "main-question"]


@pytest.mark.parametrize("words", ["nothing-like-it", "warm-film、沒有這一題", "AI"])
async def test_a_prompt_that_is_not_there_or_not_the_only_one_is_asked_for(
    seminar: Seminar, words: str
) -> None:
    await planned(seminar, words)
    seminar.expects("找不到「", "這一題，或者不只一題")
    assert seminar.store.plans.of(1) == []


async def test_a_plan_is_put_together_with_buttons(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/plan")
    card = seminar.last
    await seminar.presses("陳老師", "➕ 加一題")
    assert "細讀" in [each for row in seminar.keyboard for each in row]
    await seminar.presses("陳老師", "一個詞形容AI電影")
    assert "1. 一個詞形容AI電影" in card.text
    await seminar.presses("陳老師", "➕ 加一題")
    await seminar.presses("陳老師", "細讀")
    await seminar.presses("陳老師", "下一頁 ›")
    await seminar.presses("陳老師", "‹ 回到計畫")
    await seminar.presses("陳老師", "➕ 加一題")
    await seminar.presses("陳老師", "一個詞形容AI電影")
    assert seminar.toast == "這一題已經在計畫裡了。"
    await seminar.presses("陳老師", "‹ 回到計畫")
    await seminar.presses("陳老師", "✕ 一個詞形容AI電影")
    assert "還沒有計畫" in card.text
    assert seminar.store.plans.of(1) == []


async def test_a_student_may_not_touch_the_plan(seminar: Seminar) -> None:
    await seminar.says("小安", "/plan warm-film")
    seminar.expects("只有群組管理員")
    await planned(seminar)
    for label in ("➕ 加一題", seminar.keyboard[0][0]):
        await seminar.presses("小安", label)
        assert "只有群組管理員" in seminar.toast
    assert len(seminar.store.plans.of(1)) == 2


async def test_a_full_plan_takes_no_more(seminar: Seminar) -> None:
    slugs = [prompt.slug for prompt in seminar.house.bot_data.library.packs["ai-film"].prompts]
    await planned(seminar, " ".join(slugs[1:22]))
    assert len(seminar.store.plans.of(1)) == 20
    await seminar.presses("陳老師", "➕ 加一題")
    await seminar.presses("陳老師", seminar.keyboard[0][0])
    assert seminar.toast == "計畫已經滿了，先拿掉一些吧。"


async def test_the_menu_the_summary_and_the_list_follow_the_plan(seminar: Seminar) -> None:
    await planned(seminar)
    await seminar.says("陳老師", "/discuss")
    await seminar.presses("陳老師", "📋 計畫：一部讓你感到溫度的電影")
    await seminar.presses("陳老師", "▶ 開始")
    await seminar.says("陳老師", "/close")
    assert seminar.keyboard[0] == ["AI電影能承載人文溫度嗎"]
    assert len(seminar.keyboard) == 2
    await seminar.says("陳老師", "/discuss")
    assert seminar.keyboard[0] == ["📋 計畫：AI電影能承載人文溫度嗎"]
    await seminar.says("陳老師", "/plan")
    seminar.expects("1. 一部讓你感到溫度的電影　✓", "2. AI電影能承載人文溫度嗎")
