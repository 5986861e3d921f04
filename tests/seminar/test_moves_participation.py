from tests.seminar.playing import Played

SAYS = "因為這裡還有一個例子，我們來看看"


def talking(minutes: int = 6, present: tuple[str, ...] = ("小敏", "阿哲")) -> Played:
    """Return a round in which 小安 and 思穎 talk, while the others are there and silent."""
    played = Played()
    for name in present:
        played.person(name)
    for number in range(minutes * 2):
        played.says("小安" if number % 2 else "思穎", f"{SAYS}，第{number}個")
        played.passes(seconds=30)
    return played


def test_the_quiet_are_invited_once_others_have_talked_for_a_while() -> None:
    played = talking(minutes=6)
    (move,) = played.made("invite")
    assert (move.state, move.audience, move.spotted.about) == ("posted", "students", "2")


def test_nobody_is_invited_in_the_first_minutes() -> None:
    assert talking(minutes=4).made("invite") == []


def test_nobody_is_invited_where_everybody_speaks() -> None:
    assert talking(minutes=6, present=()).made("invite") == []


def test_who_was_invited_is_not_invited_again() -> None:
    played = talking(minutes=6)
    played.invited = frozenset({played.person("小敏"), played.person("阿哲")})
    for number in range(20):
        played.says("小安", f"{SAYS}，又一個{number}")
        played.passes(seconds=30)
    assert len(played.made("invite")) == 1


def test_an_offered_invitation_is_dropped_when_they_speak_by_themselves() -> None:
    played = Played("quiet")
    played.person("小敏")
    for number in range(11):
        played.says("小安", f"{SAYS}，第{number}個")
        played.passes(seconds=30)
    assert played.made("invite")[0].state == "offered"
    played.says("小敏", "我也想說一個")
    played.passes(seconds=5)
    assert played.made("invite")[0].state == "cancelled"


def test_the_teacher_learns_when_one_of_four_says_most() -> None:
    played = Played()
    for name in ("小敏", "阿哲", "思穎"):
        played.says(name, SAYS)
    for number in range(7):
        played.says("小安", f"{SAYS}，第{number}個")
    played.passes(seconds=10)
    (move,) = played.made("slow")
    assert (move.audience, move.state) == ("teacher", "posted")
    assert 40 <= int(move.spotted.about) <= 80


def test_among_three_nobody_is_called_dominant() -> None:
    played = Played()
    for name in ("小敏", "阿哲"):
        played.says(name, SAYS)
    for number in range(9):
        played.says("小安", f"{SAYS}，第{number}個")
    assert played.passes(seconds=10).made("slow") == []


def test_the_teachers_own_talk_is_not_counted() -> None:
    played = Played()
    for name in ("小敏", "阿哲", "思穎", "小安"):
        played.says(name, SAYS)
    for number in range(20):
        played.says("老師", f"{SAYS}，第{number}個")
    assert played.passes(seconds=10).made("slow") == []
