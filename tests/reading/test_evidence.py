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
