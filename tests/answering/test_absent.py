import pytest

from bot.answering.engine import Engine


@pytest.mark.parametrize(
    ("asked", "lead"),
    [
        ("陳阿水今年幾歲", "文章沒有提到「陳阿水」的年齡。"),
        ("陳師傅的電話", "文章沒有提到「陳師傅」的聯絡方式。"),
        ("凍頂烏龍一斤多少錢", "文章沒有提到「凍頂烏龍」的價格。"),
        ("How old is Chen Ashui?", "The reading does not say that about 「陳阿水」."),
    ],
)
def test_what_the_reading_does_not_give_is_said(tea: Engine, asked: str, lead: str) -> None:
    answer = tea.answer(asked)
    assert (answer.tier, answer.lead) == ("absent", lead)
    assert answer.snippets


def test_a_film_is_named_in_title_marks(ai_film: Engine) -> None:
    assert ai_film.answer("此心安處的男主角是誰").lead == "文章沒有提到《此心安處》的男主角。"


def test_what_the_snippet_does_tell_is_answered(ai_film: Engine) -> None:
    answer = ai_film.answer("此心安處的演員怎麼從年輕變老")
    assert answer.lead == ""
    assert [snippet.slug for snippet in answer.snippets] == ["cixin-anchu"]


def test_an_undeclared_attribute_is_not_denied(tea: Engine) -> None:
    assert tea.answer("包種茶的香氣").lead == ""


@pytest.mark.parametrize(
    ("asked", "slug", "lead"),
    [
        ("《大夢》是誰執導的", "dameng", "文章沒有提到《大夢》的導演。"),
        ("那部瑞典片的票房", "guankan-tiankong", "文章沒有提到《觀看天空》的票房。"),
        ("畬戰會不會有第二集", "shezhan", "文章沒有提到《畬戰》的續集。"),
    ],
)
def test_what_is_absent_is_said_of_the_thing_that_was_named(
    ai_film: Engine, asked: str, slug: str, lead: str
) -> None:
    answer = ai_film.answer(asked)
    assert [snippet.slug for snippet in answer.snippets] == [slug]
    assert answer.lead == lead


def test_the_price_of_something_else_is_not_said_to_be_absent(ai_film: Engine) -> None:
    assert ai_film.answer("史丹佛大學的學費要多少錢").tier != "absent"


def test_what_one_wants_to_buy_is_not_said_to_be_absent(ai_film: Engine) -> None:
    """Which number a pencil has is no date that the reading keeps to itself."""
    assert ai_film.answer("想買炭筆素描用的紙，要看幾號的").tier != "absent"
