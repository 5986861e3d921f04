import pytest

from bot.answering.engine import Engine
from tests.answering.saying import slugs


@pytest.mark.parametrize(
    "asked", ["焙火的優點和缺點", "凍頂烏龍和文山包種茶有什麼不同", "凍頂烏龍跟文山包種"]
)
def test_two_things_asked_are_answered_together(tea: Engine, asked: str) -> None:
    assert len(slugs(tea.answer(asked))) == 2


@pytest.mark.parametrize(
    "asked", ["陳阿水是誰", "焙火有什麼好處", "為什麼要讓葉子失去水分", "陳阿水覺得焙火的優點是什麼"]
)
def test_one_thing_asked_gets_one_snippet(tea: Engine, asked: str) -> None:
    assert len(slugs(tea.answer(asked))) == 1
