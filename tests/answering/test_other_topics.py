"""Names of the world and errands tell that a question is about something else."""

import pytest

from bot.answering import other_topics
from bot.answering.engine import Engine
from bot.text.folding import fold


def strange(engine: Engine, text: str) -> int:
    return other_topics.strange_names(engine.matcher.index, fold(text), ())


def test_a_name_of_the_world_is_strange_unless_the_pack_has_it(ai_film: Engine) -> None:
    assert strange(ai_film, "宮崎駿怎麼看AI動畫") == 1
    assert strange(ai_film, "Netflix跟HBO怎麼選") == 2
    assert strange(ai_film, "塔可夫斯基怎麼拍長鏡頭") == 0


def test_latin_names_are_whole_words(ai_film: Engine) -> None:
    assert strange(ai_film, "用sora拍片") == 1
    assert strange(ai_film, "soraya") == 0


def test_an_errand_counts_unless_the_snippet_has_it_or_a_name_covers_it(ai_film: Engine) -> None:
    index, numbers = ai_film.matcher.index, ai_film.matcher.numbers
    folded = fold("炭筆哪裡買")
    assert other_topics.errands(index, folded, (), numbers["kentridge"]) == 1
    assert other_topics.errands(index, folded, [(0, len(folded))], numbers["kentridge"]) == 0
    assert other_topics.errands(index, fold("拍一部要多少錢"), (), numbers["qianru-menghai"]) == 0


@pytest.mark.parametrize("word", ["門票", "下載", "app", "上個月", "yesterday"])
def test_words_of_errands_are_known_as_such(word: str) -> None:
    assert other_topics.is_errand(fold(word))


def test_a_word_that_only_ends_beyond_the_text_is_not_in_it(ai_film: Engine) -> None:
    assert not other_topics.is_errand("门")
    assert strange(ai_film, "宮崎") == 0


@pytest.mark.parametrize(
    "text",
    [
        "宮崎駿怎麼看AI動畫",
        "作者怎麼看Netflix",
        "演唱會門票怎麼搶",
        "動畫系的學校排名",
        "蔡明亮的長鏡頭有什麼特色",
    ],
)
def test_what_only_shares_a_word_with_the_reading_is_declined(ai_film: Engine, text: str) -> None:
    assert not ai_film.answer(text).answered


@pytest.mark.parametrize(
    "text", ["文章有講怎樣才能學到提示詞嗎", "可以轉貼這篇文章嗎", "這篇文章分成幾個部分"]
)
def test_a_question_that_names_the_reading_is_believed(ai_film: Engine, text: str) -> None:
    assert ai_film.answer(text).answered


@pytest.mark.parametrize("asked", ["怎麼練發聲", "如何剪片", "how do I draw"])
def test_how_to_do_it_is_asked(asked: str) -> None:
    assert other_topics.asks_how(fold(asked))


@pytest.mark.parametrize("asked", ["老師怎麼看", "怎麼會這樣", "how old is he", "如何評價"])
def test_what_is_thought_of_it_is_not_how_to_do_it(asked: str) -> None:
    assert not other_topics.asks_how(fold(asked))


@pytest.mark.parametrize("asked", ["實驗報告怎麼寫", "特效化妝怎麼學", "怎麼檢舉假消息"])
def test_how_to_do_what_is_beside_the_subject_is_declined(ai_film: Engine, asked: str) -> None:
    assert not ai_film.answer(asked).answered


def test_how_it_is_done_within_the_subject_is_answered(ai_film: Engine) -> None:
    assert ai_film.answer("小公司怎麼靠AI出頭").answered


def test_a_word_of_the_day_does_not_refuse_what_is_surely_answered(ai_film: Engine) -> None:
    """Sights are asked of the world, but not of film bases that have fewer visitors."""
    answer = ai_film.answer("拍戲的景點遊客變少，是實景沒人用了嗎")
    assert [snippet.slug for snippet in answer.snippets] == ["film-bases"]
    assert not ai_film.answer("南非有什麼景點").answered


@pytest.mark.parametrize("asked", ["哪裡可以買到炭筆", "推薦我一部懸疑片"])
def test_what_is_bought_or_recommended_is_of_the_world(ai_film: Engine, asked: str) -> None:
    assert not ai_film.answer(asked).answered
