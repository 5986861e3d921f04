from bot.answering.engine import Engine
from bot.answering.turns import BESIDE, PREVIOUS, RELATED, Turn, context, names


def test_the_last_answer_gains_most_and_its_neighbours_more_than_what_stands_beside_it(tea: Engine) -> None:
    numbers = tea.matcher.numbers
    understood = tea._understood("焙火的好處")
    gained = context(tea.matcher, Turn(understood.question, (), (numbers["roasting"],)))
    assert gained[numbers["roasting"]] == PREVIOUS
    assert gained[numbers["roasting-risks"]] == RELATED > BESIDE
    assert numbers["baozhong"] not in gained


def test_a_nickname_of_a_question_names_nothing(tea: Engine) -> None:
    assert not names(tea._understood("茶葉為什麼要曬太陽").hits)
    assert names(tea._understood("坪林").hits)
