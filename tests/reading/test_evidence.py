import pytest

from bot.reading.engine import Engine


@pytest.mark.parametrize(
    "asked", ["席慕蓉的鄉愁", "小津安二郎的長鏡頭", "史丹佛的獎學金怎麼申請", "懷舊行銷的鄉愁牌餅乾"]
)
def test_somebody_elses_thing_of_a_known_name_is_declined(ai_film: Engine, asked: str) -> None:
    assert not ai_film.answer(asked).answered


@pytest.mark.parametrize(
    ("asked", "slug"),
    [
        ("畫面裡的人物長相每次都換來換去，這個麻煩後來是怎麼解決掉的", "seedream"),
        ("片子賣到別的國家去，各地規定不一樣，劉老師說要怎麼應付", "keep-learning"),
    ],
)
def test_a_long_question_may_say_more_than_any_snippet_does(ai_film: Engine, asked: str, slug: str) -> None:
    assert [snippet.slug for snippet in ai_film.answer(asked).snippets] == [slug]


@pytest.mark.parametrize("asked", ["鏡頭要人一個個挑再改", "作品到底歸誰，大家吵個不停"])
def test_what_the_tokenizer_guessed_to_be_a_word_is_freed_of_fillers(ai_film: Engine, asked: str) -> None:
    units = ai_film.matcher.question(asked).units
    assert not any(unit.text in {"挑再", "吵个", "再改"} for unit in units)
    assert ai_film.answer(asked).answered
