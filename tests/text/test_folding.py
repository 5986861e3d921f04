import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.folding import fold, is_english, to_simplified, to_traditional


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("《大夢》", "大夢"),
        ("大夢", "大梦"),
        ("ＡＩ電影", "ai电影"),
        ("安德烈·塔可夫斯基", "安德烈塔可夫斯基"),
        ("AI 成龍", "AI成龍"),
        ("Seedream 4.0", "seedream4.0"),
        ("即夢靑年", "即夢青年"),
        ("想像著什麼", "想象着什么"),
        ("Chen  Ashui", "chen ashui"),
    ],
)
def test_spellings_of_one_thing_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_words_stay_apart() -> None:
    assert fold("William·Kentridge") == "william kentridge"


@given(st.text(st.characters(exclude_categories=())))
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text("後台裡面著乾髒臟佈於麼為週徵AIai１２ ·，。計劃畫", max_size=40))
def test_both_scripts_fold_alike(text: str) -> None:
    assert fold(to_simplified(text)) == fold(text)


def test_conversion_survives_lone_surrogates() -> None:
    assert to_simplified("電\ud800影") == "电?影"
    assert to_traditional("后台") == "後臺"


def test_conversion_keeps_what_is_behind_a_nul() -> None:
    assert to_simplified("電\0影\0") == "电\0影\0"
    assert to_traditional("\0") == "\0"


def test_a_question_in_english_is_told_from_a_mixed_one() -> None:
    assert is_english("Who is 塔可夫斯基?")
    assert not is_english("AI 對 dubbing 的影響")
