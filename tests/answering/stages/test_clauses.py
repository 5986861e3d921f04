import pytest

from bot.answering.engine import Engine
from tests.answering.saying import lead, slugs


@pytest.mark.parametrize(
    "typed",
    [
        "陳阿水是誰，老師等一下要抽問我",
        "我昨天請假，陳阿水是誰",
        "陳阿水是誰 聽都沒聽過",
        "who is Chen Ashui, my teacher will call on me",
    ],
)
def test_the_clause_that_asks_is_the_question(tea: Engine, typed: str) -> None:
    assert slugs(tea.answer(typed)) == ["chen-ashui"]


def test_a_half_that_the_reading_does_not_have_is_named(tea: Engine) -> None:
    answer = tea.answer("陳阿水是誰，比特幣一枚多少錢")
    assert slugs(answer) == ["chen-ashui"]
    assert lead(answer) == "「比特幣一枚多少錢」文章沒有談到；另一半是："
