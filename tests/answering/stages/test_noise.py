import pytest

from bot.answering.engine import Engine
from bot.answering.stages.noise import without_noise
from bot.text.folding import fold


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("笑死 陳阿水是誰啦 XD", "陳阿水是誰"),
        ("求解！焙火有什麼好處 拜託", "焙火有什麼好處"),
        ("欸欸焙火是什麼喔😂", "焙火是什麼"),
        ("那包種茶ㄋ", "那包種茶"),
        ("lol who is Chen Ashui though", "who is chen ashui"),
        ("哈哈", ""),
    ],
)
def test_noise_is_taken_out(typed: str, left: str) -> None:
    assert without_noise(typed) == fold(left)


@pytest.mark.parametrize("typed", ["笑死 陳阿水是誰啦 XD", "救命 陳阿水是誰", "陳阿水是誰 yyds 😭😭"])
def test_noise_changes_no_answer(tea: Engine, typed: str) -> None:
    assert tea.answer(typed).snippets == tea.answer("陳阿水是誰").snippets


def test_letters_inside_a_word_are_no_noise() -> None:
    assert without_noise("what is the plot of lolita") == "what is the plot of lolita"
