import pytest

from bot.answering import combine
from bot.answering.engine import Engine


@pytest.mark.parametrize(
    ("asked", "slugs"),
    [
        ("潛入夢海vs大夢", {"qianru-menghai", "dameng"}),
        ("畬戰 珍貴的髒", {"shezhan", "zhengui-de-zang"}),
        ("豆包跟火山引擎的用途差在哪", {"seedream", "huoshan-yinqing"}),
        ("國內跟國外的例子各有哪些", {"domestic-examples", "foreign-examples"}),
    ],
)
def test_both_sides_are_answered(ai_film: Engine, asked: str, slugs: set[str]) -> None:
    assert {snippet.slug for snippet in ai_film.answer(asked).snippets} == slugs


def test_who_says_it_is_no_second_thing_that_is_asked(ai_film: Engine) -> None:
    answer = ai_film.answer("各國規定不一樣，劉老師說要怎麼辦")
    assert [snippet.slug for snippet in answer.snippets] == ["keep-learning"]


def test_a_close_second_is_shown_too_unless_an_alias_is_near(ai_film: Engine) -> None:
    asked, answer = ai_film.consider("老闆為什麼喜歡用機器")
    best, second = asked.found[:2]
    assert best.alike < combine.FAR
    assert second.score >= combine.CLOSE * best.score
    assert len(answer.snippets) == 2
