from pathlib import Path

import pytest

from bot.answering.engine import Engine
from bot.answering.stages.paragraph import named_paragraphs
from bot.pack.load import load_pack
from bot.text.dialects import heard
from tests.answering.saying import lead, slugs

READING = Path(__file__).parents[3] / "prompts" / "lights-out"


@pytest.fixture(scope="module")
def lights_out() -> Engine:
    return Engine(load_pack(READING))


@pytest.mark.parametrize(
    "asked", ["第7段在講什麼", "P7", "第七段", "p7 重點是啥", "paragraph 7", "What is paragraph 7 about?"]
)
def test_without_the_text_a_paragraph_is_told_by_what_rests_on_it(tea: Engine, asked: str) -> None:
    answer = tea.answer(asked)
    assert answer.tier == "paragraph"
    assert "withering" in slugs(answer)


@pytest.mark.parametrize("asked", ["第4段在講什麼", "P4", "第四段", "paragraph 4"])
def test_where_the_text_is_included_it_is_shown(lights_out: Engine, asked: str) -> None:
    answer = lights_out.answer(asked)
    assert [one.text for one in answer.snippets] == [lights_out.pack.paragraphs[3]]
    assert answer.suggestions


def test_the_last_paragraph_is_known(lights_out: Engine) -> None:
    assert lights_out.answer("最後一段在說什麼").snippets[0].text == lights_out.pack.paragraphs[-1]


def test_a_paragraph_that_is_not_there_is_said_to_be_missing(tea: Engine) -> None:
    answer = tea.answer("第99段在講什麼")
    assert not answer.answered
    assert lead(answer) == "沒有第99段：這篇文章只有12段。"
    assert lead(answer, "en") == "There is no paragraph 99: the reading has 12."


def test_who_asks_for_the_number_gets_it_first(tea: Engine) -> None:
    answer = tea.answer("萎凋在第幾段")
    assert (slugs(answer), lead(answer)) == (["withering"], "在第7段：")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("第十二段", {12}), ("P3 和 p5", {3, 5}), ("第二十段", {20}), ("段落", set()), ("mp3", set())],
)
def test_paragraphs_are_read_however_they_are_written(text: str, numbers: set[int]) -> None:
    assert named_paragraphs(heard(text)) == numbers
