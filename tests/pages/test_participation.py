import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pages.charts.participation import ParticipationChart
from bot.seminar.equity import gini
from tests.pages.drawings import SVG, lines, parsed, texts
from tests.pages.samples import COUNTS, LOOKS, NAMES, PEOPLE

PAGE, PHONE = LOOKS["page-light-zh-Hant"], LOOKS["phone-light-zh-Hant"]


def test_gini_is_zero_when_all_speak_alike_and_nears_one_when_one_does() -> None:
    assert gini([3, 3, 3]) == pytest.approx(0)
    assert gini([0] * 99 + [10]) == pytest.approx(0.99)
    assert gini(COUNTS) == pytest.approx(0.40, abs=0.005)
    assert gini([]) == gini([0, 0]) == 0


@given(st.lists(st.integers(0, 500), min_size=1, max_size=60))
def test_gini_stays_within_bounds_and_knows_no_order(counts: list[int]) -> None:
    assert -1e-9 <= gini(counts) < 1
    assert gini(counts) == pytest.approx(gini(counts[::-1]))


def test_every_bar_has_its_name_and_number() -> None:
    shown = texts(ParticipationChart("發言分布", "", PEOPLE).svg(PAGE))
    assert set(NAMES) <= set(shown)
    assert {str(count) for count in COUNTS} <= set(shown)
    assert "0.40" in shown
    assert "平均每人 12.6 則" in shown


def test_numbers_keep_clear_of_the_mean() -> None:
    svg = ParticipationChart("發言分布", "", PEOPLE).svg(PAGE)
    (mean,) = [line for line in parsed(svg).iter(f"{SVG}line") if "stroke-dasharray" in line.attrib]
    at = float(mean.attrib["x1"])
    numbers = [line for line in lines(svg) if line.text.isdigit()]
    assert len(numbers) == 12
    assert all(not line.span[0] <= at <= line.span[1] for line in numbers)


def test_a_phone_sums_up_those_who_do_not_fit() -> None:
    people = tuple((f"化名{n}", 60 - n) for n in range(60))
    shown = texts(ParticipationChart("發言分布", "", people).svg(PHONE))
    assert "其餘 45 人" in shown
    assert f"{sum(60 - n for n in range(15, 60)):,} 則" in shown
    assert len([name for name in shown if name.startswith("化名")]) == 15


def test_the_table_has_everybody_most_remarks_first() -> None:
    people = tuple((f"化名{n}", n) for n in range(60))
    rows = ParticipationChart("", "", people).table(PAGE.labels).rows
    assert len(rows) == 60
    assert rows[0] == ("化名59", 59)
