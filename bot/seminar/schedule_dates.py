"""When a teacher wants a prompt posted, as they write it: 2026-12-01 09:00, 明天 9:00, 每週三 10:00."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)
IGNORE = re.IGNORECASE
# Character by character, so that what follows the time can be given back as it was written.
NARROW = str.maketrans("０１２３４５６７８９：－／．　", "0123456789:-/. ")
_DAYS = {name: at for at, names in enumerate(["一", "二", "三", "四", "五", "六", "日"]) for name in names}
_DAYS |= {"天": 6, **{str(at + 1): at for at in range(7)}}
_DAYS |= {name: at for at, name in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])}
_ENGLISH = r"(?:mon|tue|wed|thu|fri|sat|sun)"
_WEEKLY = re.compile(
    rf"(?:每(?:週|周|星期|禮拜)\s*([一二三四五六日天1-7])|every\s+({_ENGLISH})[a-z]*)\s*", IGNORE
)
_WEEKDAY = re.compile(rf"(?:(下)?(?:週|周|星期|禮拜)\s*([一二三四五六日天])|({_ENGLISH})[a-z]*)\s+", IGNORE)
_NEAR = re.compile(r"(今天|明天|後天|today|tomorrow)\s*", IGNORE)
_NEAR_DAYS = {"今天": 0, "today": 0, "明天": 1, "tomorrow": 1, "後天": 2}
_DATE = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*")
_CLOCK = re.compile(
    r"(?:(上午|早上|中午|下午|晚上|am|pm)\s*)?(\d{1,2})(?:\s*:\s*(\d{2})|\s*點\s*(?:(\d{1,2})\s*分?|(半))?)\s*(am|pm)?",
    IGNORE,
)
_LENGTH = re.compile(r"^(\d{1,3})\s*(分鐘|分|小時|天|min(?:utes)?|m|hours?|h|days?|d)(?=\s|$)\s*", IGNORE)
_UNITS = {"分": 1, "m": 1, "小": 60, "h": 60, "天": 24 * 60, "d": 24 * 60}
LONGEST_MINUTES = 31 * 24 * 60


class NotUnderstood(ValueError):  # noqa: N818  it says what is the case
    """What is wrong: `when`, `clock`, `date`, `past` or `length`."""

    def __init__(self, what: str) -> None:
        """Name what could not be read."""
        super().__init__(what)
        self.what = what


@dataclass(frozen=True)
class WantedTime:
    """When a prompt is wanted: at `due_at` (UTC), from then on weekly where `weekday` is set."""

    due_at: datetime
    clock: str
    weekday: int | None
    minutes: int
    prompt: str  # what else was written: a slug, a title, own words; empty: the next of the plan


def parse_wanted_time(text: str, now: datetime, zone: ZoneInfo) -> WantedTime:
    """Return what was asked for.

    Raises:
        NotUnderstood: the day or the time cannot be read, does not exist, or is over.
    """
    written = text.strip()
    text = written.translate(NARROW)
    local = now.astimezone(zone)
    weekday, day, rest = _day(text, local.date())
    clock, rest = _clock(rest)
    if weekday is not None and day is None:
        due = next_weekly(weekday, clock, now, zone)
        return WantedTime(due, f"{clock:%H:%M}", weekday, *_length(rest, written))
    due = _moment(day or local.date(), clock, zone)
    if due <= now:
        raise NotUnderstood("past")
    return WantedTime(due, f"{clock:%H:%M}", None, *_length(rest, written))


def next_weekly(weekday: int, clock: time, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment after `after` when it is that weekday and time in the zone, in UTC.

    It is the wall clock that counts: 10:00 stays 10:00 when summer time begins.
    """
    day = after.astimezone(zone).date()
    day += timedelta(days=(weekday - day.weekday()) % 7)
    due = _moment(day, clock, zone)
    return due if due > after else _moment(day + WEEK, clock, zone)


def read_clock(text: str) -> time:
    """Return the time that stands in the store as 09:00."""
    return time.fromisoformat(text)


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _day(text: str, today: date) -> tuple[int | None, date | None, str]:
    """Return the weekday (of a weekly wish), the date (of one for once), and what follows."""
    if found := _WEEKLY.match(text):
        return _DAYS[(found[1] or found[2]).lower()], None, text[found.end() :]
    if found := _NEAR.match(text):
        return None, today + timedelta(days=_NEAR_DAYS[found[1].lower()]), text[found.end() :]
    if found := _WEEKDAY.match(text):
        wanted = _DAYS[(found[2] or found[3]).lower()]
        ahead = (wanted - today.weekday()) % 7 or 7
        if found[1]:  # 下週三 is the Wednesday of the week that begins next Monday
            ahead = 7 - today.weekday() + wanted
        return None, today + timedelta(days=ahead), text[found.end() :]
    if found := _DATE.match(text):
        return None, _date(found, today), text[found.end() :]
    if _CLOCK.match(text):
        return None, today, text
    raise NotUnderstood("when")


def _date(found: re.Match[str], today: date) -> date:
    year, month, day = int(found[1] or today.year), int(found[2]), int(found[3])
    try:
        made = date(year, month, day)
        return made if found[1] or made >= today else date(year + 1, month, day)
    except ValueError:
        raise NotUnderstood("date") from None


def _clock(text: str) -> tuple[time, str]:
    found = _CLOCK.match(text)
    if found is None:
        raise NotUnderstood("clock")
    part = (found[1] or found[6] or "").lower()
    hour, minute = int(found[2]), 30 if found[5] else int(found[3] or found[4] or 0)
    noon = 12
    if part in {"下午", "晚上", "pm"} and hour < noon:
        hour += noon
    elif part in {"上午", "早上", "am"} and hour == noon:
        hour = 0
    try:
        return time(hour, minute), text[found.end() :].strip()
    except ValueError:
        raise NotUnderstood("clock") from None


def _length(text: str, written: str) -> tuple[int, str]:
    """Return the minutes of a length such as 20分 or 3天 (0: none), and the rest as it was written."""
    found = _LENGTH.match(text)
    if found is None:
        return 0, written[len(written) - len(text) :]
    minutes = int(found[1]) * _UNITS[found[2][0].lower()]
    if not 0 < minutes <= LONGEST_MINUTES:
        raise NotUnderstood("length")
    rest = text[found.end() :].strip()
    return minutes, written[len(written) - len(rest) :]
