from datetime import timedelta

from bot.seminar.records import Facilitation
from tests.seminar.playing import Played

SAYS = "因為這裡還有一個例子"


def begun(facilitation: Facilitation = "lively", prompt: str = "main-question") -> Played:
    """Return a round in which somebody has taken a stance."""
    played = Played(facilitation, prompt).passes(seconds=5)
    played.stands(4)
    return played


def test_a_class_that_falls_silent_gets_a_further_question() -> None:
    played = begun()
    played.says("小安", SAYS)
    played.passes(minutes=3, seconds=55)
    assert played.made("wake") == []
    played.passes(seconds=10)
    (move,) = played.made("wake", state="posted")
    assert move.spotted.about == "0", "the prompt's first further question"


def test_a_class_that_never_began_may_be_reading_and_is_left_alone() -> None:
    assert Played().passes(minutes=30).moves == []


def test_a_class_that_stays_silent_is_asked_twice_and_then_left_alone() -> None:
    played = begun().passes(minutes=60)
    assert [move.spotted.about for move in played.made("wake")] == ["0", "1"]


def test_a_question_to_the_bot_or_a_stance_is_a_sign_of_life() -> None:
    played = begun().passes(minutes=3)
    played.stands(4)
    assert played.passes(minutes=3).made("wake") == []


def test_a_suggestion_to_wake_is_dropped_when_somebody_speaks() -> None:
    played = begun("quiet").passes(minutes=4, seconds=10)
    assert played.made("wake")[0].state == "offered"
    played.says("小安", SAYS)
    played.passes(seconds=5)
    assert [(move.state, move.why) for move in played.made("wake")] == [("cancelled", "did_it")]


def test_a_deserted_room_is_left_alone() -> None:
    played = begun("off").passes(minutes=25)
    played.facilitation = "lively"
    assert played.passes(minutes=30).moves == []


def test_a_prompt_without_further_questions_wakes_with_a_plain_one() -> None:
    (move,) = begun(prompt="teachers-own-words").passes(minutes=5).made("wake")
    assert move.spotted.about == ""


def test_last_words_are_called_for_before_the_end() -> None:
    played = Played(ends_after=timedelta(minutes=10))
    for _ in range(4):
        played.says("小安", SAYS)
        played.passes(minutes=2)
    (move,) = played.passes(seconds=5).made("wrap_up")
    assert (move.state, move.spotted.about) == ("posted", "2")


def test_no_last_words_where_stances_are_asked_for_at_the_end() -> None:
    played = Played(ends_after=timedelta(minutes=10), settings={"stances_at_end": True})
    for _ in range(5):
        played.says("小安", SAYS)
        played.passes(minutes=2)
    assert played.made("wrap_up") == []


def test_no_last_words_when_the_teacher_wraps_up_first() -> None:
    played = Played(ends_after=timedelta(minutes=10))
    for _ in range(4):
        played.says("小安", SAYS)
        played.passes(seconds=115)
    played.says("老師", "時間差不多了，每人說一句")
    assert played.passes(minutes=1).made("wrap_up") == []
