import pytest

from bot.seminar.moves.sources import AGAINST, FOR, leaning
from tests.seminar.playing import Played, engine

CHAT = ("嗯這個好難決定喔", "我再想想看", "我們組還沒有結論", "剛剛那個說法我聽不太懂")


def talked(remarks: int = 8, prompt: str = "main-question") -> Played:
    """Return a round in which students talked for some minutes, away from the reading."""
    played = Played(prompt=prompt).passes(minutes=2)
    for number in range(remarks):
        played.says(f"甲{number % 4}", f"{CHAT[number % 4]}，第{number}次")
        played.passes(seconds=25)
    return played


def test_evidence_nobody_mentioned_is_brought_in_after_a_while() -> None:
    played = talked().passes(seconds=60)
    (move,) = played.made("evidence", state="posted")
    prompt = engine().pack.prompt("main-question")
    assert prompt is not None
    assert move.spotted.about in (*prompt.evidence_for, *prompt.evidence_against)


def test_no_evidence_is_brought_in_early() -> None:
    assert talked(remarks=6).made("evidence") == []


def test_no_evidence_is_brought_in_while_they_are_at_the_reading() -> None:
    played = talked(remarks=6)
    played.says("甲1", "第9段車傳鋒說那叫「符號拼貼」")
    played.says("甲2", "第9段那個符號拼貼我有畫線")
    assert played.passes(seconds=60).made("evidence") == []


def test_no_evidence_is_brought_in_when_a_student_does_it_first() -> None:
    played = talked()
    assert [move.state for move in played.made("evidence")] == ["waiting"]
    played.says("甲1", "第9段車傳鋒說那叫「符號拼貼」")
    played.passes(seconds=60)
    assert [move.state for move in played.made("evidence")] == ["cancelled"]


def test_a_prompt_without_evidence_brings_in_none() -> None:
    assert talked(prompt="teachers-own-words").passes(minutes=1).made("evidence", "counter") == []


@pytest.mark.parametrize(
    ("steps", "side"),
    [
        ((5, 4, 4, 5), FOR),
        ((1, 2, 2, 3), AGAINST),
        ((5, 4, 2, 1), None),
        ((5, 5, 5), None),
        ((3, 3, 3, 3, 5), None),
        ((), None),
    ],
)
def test_stances_lean_when_three_of_four_are_on_one_side(steps: tuple[int, ...], side: int | None) -> None:
    played = Played()
    played.stands(*steps)
    assert leaning(played.scene()) == side


def test_where_stances_lean_the_other_side_gets_evidence() -> None:
    played = Played()
    played.stands(5, 4, 4, 5)
    played.passes(minutes=2)
    for number in range(6):
        played.says(f"甲{number % 4}", f"{CHAT[number % 4]}，第{number}次")
        played.passes(seconds=15)
    played.passes(seconds=60)
    (move,) = played.made("counter", state="posted")
    prompt = engine().pack.prompt("main-question")
    assert prompt is not None
    assert move.spotted.about in prompt.evidence_against


def test_no_counter_evidence_when_somebody_brings_it_first() -> None:
    played = Played()
    played.stands(5, 4, 4, 5)
    played.passes(minutes=2)
    for number in range(6):
        played.says(f"甲{number % 4}", f"{CHAT[number % 4]}，第{number}次")
    played.passes(seconds=10)
    played.says("甲0", "可是文章說情感會「系統性的失真」")
    played.passes(seconds=60)
    assert [move.state for move in played.made("counter")] == ["cancelled"]


def test_no_counter_evidence_when_they_change_their_minds() -> None:
    played = Played()
    played.stands(5, 4, 4, 5)
    played.passes(minutes=2)
    for number in range(6):
        played.says(f"甲{number % 4}", f"{CHAT[number % 4]}，第{number}次")
    played.passes(seconds=10)
    played.stances.clear()
    played.stands(1, 2, 4, 5)
    played.passes(seconds=60)
    assert [move.state for move in played.made("counter")] == ["cancelled"]
