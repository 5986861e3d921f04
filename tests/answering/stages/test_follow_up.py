import pytest

from bot.answering.engine import Engine
from tests.answering.saying import lead, slugs


@pytest.mark.parametrize(
    ("before", "asked", "slug"),
    [
        ("陳阿水是誰", "他焙茶多久了", "chen-ashui"),
        ("焙火有什麼好處", "那壞處呢", "roasting-risks"),
        ("凍頂烏龍產在哪裡", "那文山包種呢", "baozhong"),
        ("萎凋是什麼", "為什麼？", "withering"),
        ("Who is Chen Ashui?", "how long has he been roasting?", "chen-ashui"),
    ],
)
def test_a_question_leans_on_the_one_before(tea: Engine, before: str, asked: str, slug: str) -> None:
    answer = tea.answer(asked, history=[before])
    assert slugs(answer)[0] == slug


@pytest.mark.parametrize("asked", ["誰說的", "這是誰說的", "who said that?"])
def test_who_said_so_is_answered_with_the_speaker(tea: Engine, asked: str) -> None:
    answer = tea.answer(asked, history=["焙火有什麼好處"])
    assert slugs(answer) == ["roasting"]
    assert "陳阿水" in lead(answer)


@pytest.mark.parametrize("asked", ["總統是誰", "明天會下雨嗎", "那比特幣呢", "今天幾號"])
def test_what_the_reading_has_nothing_of_leans_on_nothing(tea: Engine, asked: str) -> None:
    assert not tea.answer(asked, history=["焙火有什麼好處"]).answered


def test_a_full_question_stands_on_its_own(tea: Engine) -> None:
    assert slugs(tea.answer("文山包種茶為什麼叫包種", history=["陳阿水是誰"])) == ["baozhong"]


def test_what_was_only_said_in_between_is_passed_over(tea: Engine) -> None:
    assert slugs(tea.answer("他焙茶多久了", history=["陳阿水是誰", "謝謝"])) == ["chen-ashui"]


def test_one_may_count_to_what_the_answer_lists(ai_film: Engine) -> None:
    assert slugs(ai_film.answer("第二位是誰", history=["兩位專家"])) == ["che-chuanfeng"]
    assert slugs(ai_film.answer("另一位呢", history=["車傳鋒是誰"])) == ["liu-shuming"]
