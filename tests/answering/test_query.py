from bot.answering.engine import Engine
from bot.answering.query import content_words
from bot.text.folding import fold


def units(engine: Engine, asked: str) -> list[str]:
    return [unit.text for unit in engine.matcher.asked(fold(asked)).units]


def test_an_english_word_may_be_called_what_it_is_in_chinese(ai_film: Engine) -> None:
    (unit,) = ai_film.matcher.asked("journalists").units
    assert fold("記者") in unit.others


def test_an_english_word_finds_what_is_written_in_chinese(ai_film: Engine) -> None:
    asked, _ = ai_film.consider("the journalists")
    assert ai_film.matcher.snippets[asked.found[0].number].slug == "article-author"
    assert asked.found[0].coverage > 0.5


def test_no_word_goes_across_a_break(tea: Engine) -> None:
    cutter, text = tea.matcher.cutter, fold("苦力活動腦")
    assert ("活动", 2) in list(content_words(text, cutter))
    assert ("活动", 2) not in list(content_words(text, cutter, [3]))


def test_a_guessed_word_is_one_only_when_guesses_are_asked_for(tea: Engine) -> None:
    cutter, text = tea.matcher.cutter, fold("決策變準")
    assert [word for word, _ in content_words(text, cutter, guess=True)] == ["决策", "变准"]
    assert [word for word, _ in content_words(text, cutter)] == ["决策", "变", "准"]


def test_a_word_with_a_filler_behind_it_is_the_commoner_word_before(ai_film: Engine) -> None:
    assert units(ai_film, "AI和XR結合能做到什麼")[:3] == ["ai", "xr", "结合"]
    assert units(ai_film, "人工智能") == ["人工智能"]  # 人工智 is no word
