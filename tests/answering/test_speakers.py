import pytest

from bot.answering import speakers
from bot.answering.engine import Engine
from bot.answering.turns import Turn
from bot.text.dialects import heard


def turn(engine: Engine, asked: str) -> Turn:
    understood = engine._understood(asked)
    return Turn(understood.question, tuple(understood.hits), (understood.found[0].number,))


@pytest.mark.parametrize(
    "asked", ["誰說的", "這句話出自哪一段？誰講的", "原文在哪裡", "which paragraph?", "邊個講"]
)
def test_a_question_for_the_source_asks_for_nothing_else(asked: str) -> None:
    assert speakers.asks_for_source(heard(asked))


@pytest.mark.parametrize("asked", ["誰說地球是平的", "來源可靠嗎", "the source of the river", "這篇在講什麼"])
def test_a_question_that_asks_more_is_none_for_the_source(asked: str) -> None:
    assert not speakers.asks_for_source(heard(asked))


def test_who_says_something_or_has_an_age_is_a_person(tea: Engine) -> None:
    assert speakers.is_person(tea.matcher, tea.matcher.numbers["chen-ashui"])
    assert not speakers.is_person(tea.matcher, tea.matcher.numbers["dongding"])


def test_a_snippet_about_several_people_is_no_person(ai_film: Engine) -> None:
    assert not speakers.is_person(ai_film.matcher, ai_film.matcher.numbers["two-experts"])


@pytest.mark.parametrize("asked", ["說這話的人是做什麼的", "提出的人是誰", "他是做什麼的"])
def test_the_one_who_said_so_is_the_declared_speaker(tea: Engine, asked: str) -> None:
    said = speakers.restated(tea.matcher, heard(asked), turn(tea, "焙火有什麼缺點"))
    assert said is not None
    assert said.number == tea.matcher.numbers["chen-ashui"]
    assert heard(said.restated).startswith("陈阿水")


@pytest.mark.parametrize("asked", ["他是做什麼的", "說這話的人是誰"])
def test_nobody_is_meant_where_the_pack_declares_no_speaker(tea: Engine, asked: str) -> None:
    assert speakers.restated(tea.matcher, heard(asked), turn(tea, "萎凋")) is None
