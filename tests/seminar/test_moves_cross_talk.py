from tests.seminar.playing import Played, numbers

FIRST = "因為膠卷有刮痕，放映機的聲音讓人想起外婆的客廳"
ANSWER = "可是外婆的客廳跟放映機無關，是你自己加上去的"
BETWEEN = "我先去倒水，等等回來"


def test_two_who_answer_each_other_from_afar_are_linked() -> None:
    played = Played().passes(minutes=2)
    first = played.says("小安", FIRST)
    played.says("小敏", BETWEEN)
    answer = played.says("阿哲", ANSWER)
    played.passes(seconds=50)
    (move,) = played.made("link", state="posted")
    assert numbers([move]) == [answer]
    assert move.spotted.about == str(first)


def test_who_replies_needs_no_link() -> None:
    played = Played().passes(minutes=2)
    first = played.says("小安", FIRST)
    played.says("小敏", BETWEEN)
    played.says("阿哲", ANSWER, to=first)
    assert played.passes(minutes=1).made("link") == []


def test_what_answers_the_line_right_above_needs_no_link() -> None:
    played = Played().passes(minutes=2)
    played.says("小安", FIRST)
    played.says("阿哲", ANSWER)
    assert played.passes(minutes=1).made("link") == []


def test_no_link_when_they_find_each_other_first() -> None:
    played = Played().passes(minutes=2)
    played.says("小安", FIRST)
    played.says("小敏", BETWEEN)
    answer = played.says("阿哲", ANSWER)
    played.passes(seconds=20)
    played.says("小安", "不是加上去的，是本來就在", to=answer)
    played.passes(seconds=60)
    assert [(move.state, move.why) for move in played.made("link")] == [("cancelled", "did_it")]


def test_words_that_everybody_uses_link_nobody() -> None:
    played = Played().passes(minutes=2)
    for who in ("小安", "小敏", "阿哲", "思穎", "大維"):
        played.says(who, f"因為外婆的客廳有放映機，這是{who}說的")
        played.says("老師", "請說")
    assert played.passes(minutes=1).made("link") == []


def test_ones_own_earlier_words_are_not_linked() -> None:
    played = Played().passes(minutes=2)
    played.says("小安", FIRST)
    played.says("小敏", BETWEEN)
    played.says("小安", ANSWER)
    assert played.passes(minutes=1).made("link") == []
