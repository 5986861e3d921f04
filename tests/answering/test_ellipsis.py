import pytest

from bot.answering import ellipsis
from bot.answering.engine import Engine


@pytest.mark.parametrize("asked", ["這件事為什麼重要", "為什麼說這句話", "那部片得獎了"])
def test_a_demonstrative_points_at_what_was_said(ai_film: Engine, asked: str) -> None:
    assert ellipsis.points(ai_film._understood(asked).question)


@pytest.mark.parametrize("asked", ["瑞典那部片是什麼", "成龍那部被批評", "用炭筆的那位"])
def test_a_demonstrative_after_its_description_points_at_nothing(ai_film: Engine, asked: str) -> None:
    assert not ellipsis.points(ai_film._understood(asked).question)


@pytest.mark.parametrize("asked", ["好處呢", "這件事", "後來呢", "這個說法是什麼意思"])
def test_what_only_points_or_asks_has_no_content(ai_film: Engine, asked: str) -> None:
    assert not ellipsis.bare(ai_film._understood(asked).question).units


def test_an_attribute_is_known_by_any_word_of_its_family(ai_film: Engine) -> None:
    film = ai_film.pack.by_slug["guankan-tiankong"]
    assert ellipsis.attribute(film, "谁拍的") == "谁拍的"
    assert not ellipsis.attribute(film, "用了什么技术")
