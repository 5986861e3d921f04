from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.seminar.equity import dominant, gini, quiet, talk_of
from bot.seminar.equity import gini as drawn_gini
from bot.seminar.records import Remark

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def remark(person: int, text: str = "有溫度") -> Remark:
    return Remark(-100, 1, 1, 1, person, "青鳥", NOON, text)


def test_who_is_there_and_silent_is_counted_with_nothing() -> None:
    talks = talk_of([remark(1), remark(1), remark(2)], present=(3,))
    assert [(talk.person_id, talk.remarks) for talk in talks] == [(1, 2), (2, 1), (3, 0)]
    assert quiet(talks) == {3}


def test_neither_many_short_lines_nor_one_long_one_make_somebody_dominant() -> None:
    chatty = [remark(1, "嗯")] * 8 + [remark(2, "很長的一段話" * 20)] + [remark(3, "另一段話" * 5)]
    assert dominant(talk_of(chatty), share=0.4, remarks=6) is None
    both = [remark(1, "說了很多話")] * 8 + [remark(2, "說了一句話"), remark(3, "說了一句話")]
    loud = dominant(talk_of(both), share=0.4, remarks=6)
    assert loud is not None
    assert loud.person_id == 1
    assert loud.share == pytest.approx(0.8)


def test_an_empty_round_has_no_shares() -> None:
    assert talk_of([]) == []
    assert [talk.share for talk in talk_of([], present=(1, 2))] == [0.0, 0.0]
    assert dominant([], share=0.4, remarks=1) is None


def test_gini_is_zero_for_equal_talk_and_nears_one_when_one_says_all() -> None:
    assert gini([4, 4, 4]) == pytest.approx(0)
    assert gini([0] * 99 + [7]) == pytest.approx(0.99)
    assert gini([]) == gini([0, 0]) == 0


@given(st.lists(st.integers(0, 400), max_size=40))
def test_the_chart_and_the_rules_mean_the_same_by_gini(counts: list[int]) -> None:
    assert gini(counts) == pytest.approx(drawn_gini(counts))
