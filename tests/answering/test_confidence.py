import pytest

from bot.answering.candidates import Candidate
from bot.answering.confidence import Knowledge
from bot.answering.engine import Engine


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
    units = ai_film.matcher.asked(asked).units
    assert not any(unit.text in {"挑再", "吵个", "再改"} for unit in units)
    assert ai_film.answer(asked).answered


def test_words_tell_for_the_snippet_whose_own_they_are(ai_film: Engine) -> None:
    """猶豫 stands in several snippets; it is the title of one."""
    matcher = ai_film.matcher
    known = Knowledge(matcher.index, matcher.asked("犹豫"))
    own, other = (Candidate(matcher.numbers[slug]) for slug in ("kentridge-hesitation", "warmth-against"))
    assert known.coverage(own) == known.coverage(other) == (1.0, 1.0)
    assert known.telling(own) > 2 * known.telling(other) > 0


def test_a_name_with_a_slip_tells_as_much_as_it_is_alike(ai_film: Engine) -> None:
    asked, answer = ai_film.consider("Kentrige是誰")
    assert [snippet.slug for snippet in answer.snippets] == ["kentridge"]
    assert asked.found[0].telling == pytest.approx(asked.hits[0].likeness)


@pytest.mark.parametrize("asked", ["大夢跟畬戰", "豆包跟火山引擎的用途差在哪"])
def test_a_name_beside_the_best_snippets_own_is_of_the_reading_too(ai_film: Engine, asked: str) -> None:
    assert len(ai_film.answer(asked).snippets) == 2
