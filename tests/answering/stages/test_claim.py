import pytest

from bot.answering.engine import Engine
from tests.answering.saying import lead, slugs


@pytest.mark.parametrize(
    ("claim", "slug", "said"),
    [
        ("凍頂烏龍產在鹿谷對吧", "dongding", "對，"),
        ("陳阿水焙茶四十年，沒錯吧", "chen-ashui", "對，"),
        ("陳阿水焙茶六十年對嗎", "chen-ashui", "不是「六十年」，文章寫的是「四十年」"),
        ("凍頂烏龍產在日本嗎", "dongding", "文章沒有提到「日本」；它寫的是："),
        ("萎凋是在月光下吧", "withering", "文章沒有提到「月光」；它寫的是："),
    ],
)
def test_a_claim_is_confirmed_or_corrected(tea: Engine, claim: str, slug: str, said: str) -> None:
    answer = tea.answer(claim)
    assert slugs(answer)[0] == slug
    assert lead(answer).startswith(said)


def test_the_opposite_is_said_to_be_the_opposite(ai_film: Engine) -> None:
    answer = ai_film.answer("影視基地的使用率上升了對吧")
    assert slugs(answer) == ["film-bases"]
    assert "剛好相反" in lead(answer)


@pytest.mark.parametrize("claim", ["陳阿水住在日本對吧", "凍頂烏龍是紅茶嗎", "Is Chen Ashui from Japan?"])
def test_the_subject_that_the_reading_has_is_never_denied(tea: Engine, claim: str) -> None:
    answer = tea.answer(claim)
    assert answer.answered
    assert not any(name in lead(answer) for name in ("陳阿水", "凍頂", "Chen Ashui"))


def test_a_claim_in_english_is_answered_in_english(tea: Engine) -> None:
    answer = tea.answer("Chen Ashui is from Japan, right?")
    assert lead(answer, "en") == "The reading does not mention “Japan”. What it says:"


@pytest.mark.parametrize("asked", ["陳阿水是誰", "焙火有什麼好處呢", "為什麼要焙火"])
def test_a_question_with_a_question_word_claims_nothing(tea: Engine, asked: str) -> None:
    assert not lead(tea.answer(asked))
