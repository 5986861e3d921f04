import pytest

from bot.answering.engine import Engine
from bot.pack.model import Kind


@pytest.mark.parametrize(
    "text", ["", "　", "。。。", "😂😂", "早安", "哈哈哈哈哈哈", "謝謝老師", "hello", "測試測試", "XD"]
)
def test_small_talk_gets_a_friendly_word(tea: Engine, text: str) -> None:
    assert tea.answer(text).kind is Kind.SMALLTALK


@pytest.mark.parametrize("text", ["1+1=?", "12 × 3", "3.5 - 2 ="])
def test_a_sum_is_no_question_to_a_reading(tea: Engine, text: str) -> None:
    answer = tea.answer(text)
    assert (answer.kind, answer.tier) == (Kind.REFUSAL, "no-question")


def test_a_name_of_the_pack_is_a_question_whatever_it_sounds_like(tea: Engine) -> None:
    assert tea.answer("焙火").answered
