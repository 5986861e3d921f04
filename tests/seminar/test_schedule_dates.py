from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.seminar.schedule_dates import NotUnderstood, next_weekly, parse_wanted_time

TAIPEI, BERLIN = ZoneInfo("Asia/Taipei"), ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # a Monday, nine in the morning in Taipei


@pytest.mark.parametrize(
    ("text", "due", "weekday", "minutes", "prompt"),
    [
        ("2026-12-01 09:00 warm-film", "2026-12-01 01:00", None, 0, "warm-film"),
        ("2026/12/1 9:05", "2026-12-01 01:05", None, 0, ""),
        ("12月1日 晚上8點", "2026-12-01 12:00", None, 0, ""),
        ("3/1 09:00", "2027-03-01 01:00", None, 0, ""),
        ("明天 20:00 3天 AI 能嗎？", "2026-03-03 12:00", None, 4320, "AI 能嗎？"),
        ("後天 下午3點半 20分", "2026-03-04 07:30", None, 20, ""),
        ("10:30", "2026-03-02 02:30", None, 0, ""),
        ("週三 10:00", "2026-03-04 02:00", None, 0, ""),
        ("週一 10:00", "2026-03-09 02:00", None, 0, ""),
        ("下週三 10:00", "2026-03-11 02:00", None, 0, ""),
        ("每週三 10:00", "2026-03-04 02:00", 2, 0, ""),
        ("每周三10:00", "2026-03-04 02:00", 2, 0, ""),
        ("每星期日 10:00 2小時 main-question", "2026-03-08 02:00", 6, 120, "main-question"),
        ("每週一 08:00", "2026-03-09 00:00", 0, 0, ""),
        ("每週一 10:00", "2026-03-02 02:00", 0, 0, ""),
        ("every Wed 10:00 45min", "2026-03-04 02:00", 2, 45, ""),
        ("tomorrow 3:30pm", "2026-03-03 07:30", None, 0, ""),
        ("Friday 9:00", "2026-03-06 01:00", None, 0, ""),
        ("２０２６－１２－０１　０９：００", "2026-12-01 01:00", None, 0, ""),
        ("明天 上午12:00", "2026-03-02 16:00", None, 0, ""),
        ("明天 9:00 20世紀的電影", "2026-03-03 01:00", None, 0, "20世紀的電影"),
    ],
)
def test_what_a_teacher_writes_is_understood(
    text: str, due: str, weekday: int | None, minutes: int, prompt: str
) -> None:
    wish = parse_wanted_time(text, NOW, TAIPEI)
    assert f"{wish.due_at:%Y-%m-%d %H:%M}" == due
    assert (wish.weekday, wish.minutes, wish.prompt) == (weekday, minutes, prompt)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "when"),
        ("有空的時候", "when"),
        ("2026-13-01 09:00", "date"),
        ("2026-12-01", "clock"),
        ("每週三", "clock"),
        ("明天 24:00", "clock"),
        ("明天 9:60", "clock"),
        ("今天 08:59", "past"),
        ("2025-12-01 09:00", "past"),
        ("明天 9:00 40天", "length"),
    ],
)
def test_what_is_wrong_is_named(text: str, what: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse_wanted_time(text, NOW, TAIPEI)
    assert caught.value.what == what


def test_ten_o_clock_stays_ten_o_clock_when_summer_time_begins() -> None:
    saturday = datetime(
        2026, 3, 25, 9, 0, tzinfo=UTC
    )  # a Wednesday, ten in Berlin; summer time is on the 29th
    after = next_weekly(2, time(10), saturday, BERLIN)
    assert after == datetime(2026, 4, 1, 8, 0, tzinfo=UTC)


@given(st.text(max_size=40))
def test_whatever_is_written_is_understood_or_refused(text: str) -> None:
    try:
        wish = parse_wanted_time(text, NOW, TAIPEI)
    except NotUnderstood:
        return
    assert wish.due_at > NOW
