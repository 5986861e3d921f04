from datetime import UTC, datetime

import pytest

from bot.seminar.records import STEPS, Moment, Round, Stance
from bot.seminar.stances import Moved, counted, moment_of, moved, read_stance, reason_of
from bot.speech import load_speech

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def stance(person: int, moment: Moment, step: int) -> Stance:
    return Stance(1, person, f"青鳥{person}", moment, step, NOON)


def test_a_stance_is_before_until_the_teacher_asks_again() -> None:
    opened = Round(1, 1, "", "題目", NOON)
    assert moment_of(opened) == "before"
    assert moment_of(Round(1, 1, "", "題目", NOON, asked_again_at=NOON)) == "after"


def test_all_five_steps_are_counted_even_the_empty_ones() -> None:
    stances = [stance(1, "before", 2), stance(2, "before", 2), stance(1, "after", 5)]
    assert counted(stances, "before") == {1: 0, 2: 2, 3: 0, 4: 0, 5: 0}
    assert counted(stances, "after") == {1: 0, 2: 0, 3: 0, 4: 0, 5: 1}


def test_only_those_who_chose_twice_have_moved() -> None:
    stances = [
        stance(1, "before", 2),
        stance(1, "after", 4),
        stance(2, "before", 5),
        stance(2, "after", 1),
        stance(3, "before", 3),
        stance(3, "after", 3),
        stance(4, "before", 1),  # left early
        stance(5, "after", 5),  # came late
    ]
    assert moved(stances) == Moved(pairs=3, up=1, down=1, same=1)


@pytest.mark.parametrize(
    ("words", "step", "reason"),
    [
        ("4 因為感人", 4, "因為感人"),
        ("因為感人 4", None, "因為感人 4"),
        ("5", 5, ""),
        ("5 因為", 5, ""),
        ("5 因为……", 5, ""),
        ("５ 理由是：", 5, ""),
        ("5 Because...", 5, ""),
        ("5 the reason is", 5, ""),
        ("5 因為 because", 5, ""),
        ("5 。", 5, ""),
        ("因為", None, ""),
        ("5 因為愛", 5, "因為愛"),
        ("5 because art", 5, "because art"),
        ("5 因果", 5, "因果"),
        ("5 causes", 5, "causes"),
        ("4因為光線很暖", 4, "因為光線很暖"),
        ("5，因為音樂", 5, "因為音樂"),
        ("5。", 5, ""),
        ("同意 因為有溫度", 4, "因為有溫度"),
        ("非常不同意：沒有靈魂", 1, "沒有靈魂"),
        ("强烈赞成", 5, ""),
        ("Strongly agree, because it moved me", 5, "because it moved me"),
        ("不同意因為太假", 2, "因為太假"),
        ("4個理由", None, ""),
        ("反對者說得對", None, ""),
        ("44", None, "44"),
        ("6", None, "6"),
        ("²", None, "²"),
        ("/x", None, "/x"),
        ("", None, ""),
    ],
)
def test_a_written_stance_has_a_step_a_reason_or_both(words: str, step: int | None, reason: str) -> None:
    assert read_stance(words) == (step, reason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("/stance 4 因為感人", "因為感人"),
        ("/stance@wendu_bot 因為感人", "因為感人"),
        ("因為感人", "因為感人"),
        ("/stance 5", ""),
        ("/stance", ""),
    ],
)
def test_a_reason_stands_behind_command_and_step(text: str, reason: str) -> None:
    assert reason_of(text) == reason


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_every_step_may_be_written_as_its_button_calls_it(language: str) -> None:
    speech = load_speech()
    for step in STEPS:
        assert read_stance(speech.plain(language, f"step.{step}")) == (step, "")
