from itertools import pairwise

from bot.pages.charts.timeline import Phase, TimelineChart, fitting_span, merged, moment
from tests.pages.drawings import lines, texts
from tests.pages.samples import LOOKS

PAGE, PHONE = LOOKS["page-light-zh-Hant"], LOOKS["phone-light-zh-Hant"]
PHASES = (Phase("暖身", 0, 8), Phase("細讀", 8, 30), Phase("交鋒", 30, 60))


def test_minutes_are_merged_until_numbers_have_room() -> None:
    minutes = tuple(1 + n % 9 for n in range(60))
    assert "每一格 1 分，數字是發言則數" in texts(TimelineChart("節奏", "", minutes).svg(PAGE))
    svg = TimelineChart("節奏", "", minutes).svg(PHONE)
    assert "每一格 5 分，數字是發言則數" in texts(svg)
    assert [line.text for line in lines(svg) if line.text.isdigit()] == [str(n) for n in merged(minutes, 5)]


def test_numbers_above_neighbouring_bars_do_not_touch() -> None:
    for look in (PAGE, PHONE):
        svg = TimelineChart("節奏", "", tuple(10 + n % 90 for n in range(600))).svg(look)
        spans = sorted(line.span for line in lines(svg) if line.text.replace(",", "").isdigit())
        assert all(left[1] < right[0] for left, right in pairwise(spans))


def test_phases_stand_above_the_bars() -> None:
    assert {"暖身", "細讀", "交鋒"} <= set(texts(TimelineChart("節奏", "", (1,) * 60, PHASES).svg(PAGE)))


def test_phases_too_narrow_for_their_names_get_marks() -> None:
    phases = (Phase("暖身投票", 0, 3), *PHASES[1:])
    shown = texts(TimelineChart("節奏", "", (1,) * 60, phases).svg(PHONE))
    assert {"①", "②", "③"} <= set(shown)
    assert "①暖身投票 ②細讀 ③交鋒" in shown


def test_long_discussions_are_told_in_hours_and_days() -> None:
    assert moment(90, PAGE.labels) == "90 分"
    assert moment(180, PAGE.labels) == "3 小時"
    assert moment(2880, PAGE.labels) == "2 天"
    assert fitting_span(60, 60) == 1
    assert fitting_span(61, 60) == 2
    assert fitting_span(40 * 1440, 60) == 1440
    assert fitting_span(10**7, 10) == 10**6


def test_the_table_leaves_out_silence_and_names_the_phase() -> None:
    rows = TimelineChart("", "", (0, 2, 0, 0, 0, 0, 0, 0, 3), PHASES).table(PAGE.labels).rows
    assert rows == (("1 分", "暖身", 2), ("8 分", "細讀", 3))


def test_nothing_is_lost_when_minutes_are_merged() -> None:
    minutes = tuple(range(500))
    rows = TimelineChart("", "", minutes).table(PAGE.labels).rows
    assert len(rows) <= 120
    assert sum(int(row[2]) for row in rows) == sum(minutes)
