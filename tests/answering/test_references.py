import pytest

from bot.answering import references
from bot.answering.engine import Engine


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("liu-shuming", "che-chuanfeng"),
        ("che-chuanfeng", "liu-shuming"),
        ("tarkovsky", "kentridge"),
        ("cixin-anchu", "guankan-tiankong"),
        ("warmth-for", "warmth-against"),
    ],
)
def test_a_counterpart_is_of_the_same_kind_and_declared_beside_it(
    ai_film: Engine, one: str, other: str
) -> None:
    numbers = ai_film.matcher.numbers
    assert references.counterpart(ai_film.matcher, numbers[one]) == numbers[other]


def test_what_has_no_counterpart_has_none(tea: Engine) -> None:
    assert references.counterpart(tea.matcher, tea.matcher.numbers["withering"]) is None


@pytest.mark.parametrize("asked", ["另一位呢", "and the other one?"])
def test_another_is_not_the_first(ai_film: Engine, asked: str) -> None:
    answer = ai_film.answer(asked, history=["車傳鋒是誰"])
    assert [snippet.slug for snippet in answer.snippets] == ["liu-shuming"]


def test_what_was_asked_of_one_is_asked_of_the_other(ai_film: Engine) -> None:
    answer = ai_film.answer("另一位專家呢", history=["劉姝銘怎麼看AI的情感"])
    assert answer.snippets[0].speaker == "車傳鋒"
