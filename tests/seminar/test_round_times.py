from datetime import UTC, datetime, timedelta

import pytest

from bot.seminar.records import Round, Terms
from bot.seminar.round_times import asks_again_at, ends_at, left, reveal_at

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def a_round(minutes: int, *, stance_on: bool = True) -> Round:
    return Round(1, 1, "", "題目", NOON, ends_at=ends_at(Terms(minutes=minutes), NOON), stance_on=stance_on)


@pytest.mark.parametrize(("minutes", "before"), [(10, 2), (20, 4), (45, 9), (5, 2), (3 * 24 * 60, 360)])
def test_a_fifth_of_the_time_is_left_for_a_second_thought_within_bounds(minutes: int, before: int) -> None:
    asked = asks_again_at(a_round(minutes))
    assert asked == NOON + timedelta(minutes=minutes - before)


def test_without_end_or_stance_nobody_is_asked_again() -> None:
    assert asks_again_at(a_round(0)) is None
    assert asks_again_at(a_round(10, stance_on=False)) is None


def test_answers_are_shown_at_half_time_and_only_where_they_are_collected() -> None:
    assert reveal_at(Terms(minutes=20, visibility="post_first"), NOON) == NOON + timedelta(minutes=10)
    assert reveal_at(Terms(minutes=20), NOON) is None
    assert reveal_at(Terms(visibility="post_first"), NOON) is None


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (-5, ("now", 0)),
        (1, ("minutes", 1)),
        (10 * 60, ("minutes", 10)),
        (11 * 60, ("minutes", 10)),
        (13 * 60, ("minutes", 15)),
        (18 * 60, ("minutes", 20)),
        (119 * 60, ("minutes", 120)),
        (120 * 60, ("hours", 2)),
        (25 * 3600, ("hours", 25)),
        (2 * 3600 + 60, ("hours", 2)),
        (49 * 3600, ("days", 2)),
        (60 * 3600, ("days", 3)),
    ],
)
def test_time_left_is_told_coarsely(seconds: int, shown: tuple[str, int]) -> None:
    assert left(NOON + timedelta(seconds=seconds), NOON) == shown
