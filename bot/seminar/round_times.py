"""When a round ends, reveals and asks again. Stated rules, as pure functions over its terms and times."""

from datetime import datetime, timedelta

from bot.seminar.records import Round, Terms

SHORTEST_WRAP_UP, LONGEST_WRAP_UP = timedelta(minutes=2), timedelta(hours=6)
SHARE_TO_WRAP_UP = 5  # a fifth of a round's length is left for a second thought
TOO_LATE = timedelta(hours=3)  # what could not be posted for so long is not posted any more
OLD_ROUND = timedelta(hours=12)  # a scheduled prompt ends a round this old, and waits for a younger one


def ends_at(terms: Terms, opened: datetime) -> datetime | None:
    """Return when a round on these terms ends by itself; None when somebody must close it."""
    return opened + timedelta(minutes=terms.minutes) if terms.minutes else None


def reveal_at(terms: Terms, opened: datetime) -> datetime | None:
    """Return when collected answers are shown: half of the time is for writing, half for talking."""
    if terms.visibility != "post_first" or not terms.minutes:
        return None
    return opened + timedelta(minutes=terms.minutes) / 2


def asks_again_at(shown: Round) -> datetime | None:
    """Return when stances are asked for once more; None where there is no end or no stance."""
    if shown.ends_at is None or not shown.stance_on:
        return None
    length = shown.ends_at - shown.opened_at
    return shown.ends_at - min(max(length / SHARE_TO_WRAP_UP, SHORTEST_WRAP_UP), LONGEST_WRAP_UP)


def lately(moment: datetime, now: datetime, span: timedelta) -> bool:
    """Return whether the moment is less than `span` ago; one to come is not: the clock was set back."""
    return timedelta() <= now - moment < span


def left(until: datetime, now: datetime) -> tuple[str, int]:
    """Return how much time is left, coarse enough to stay true for a while: unit and number.

    Units are `days`, `hours`, `minutes` and `now`. Up to ten, minutes are rounded up, so that the last one is
    not called none; beyond, what is nearest is told: of minutes, the nearest five.
    """
    minutes = -(-(until - now).total_seconds() // 60)
    if minutes <= 0:
        return "now", 0
    if minutes >= 2 * 24 * 60:
        return "days", _nearest(minutes, 24 * 60)
    if minutes >= 2 * 60:
        return "hours", _nearest(minutes, 60)
    return "minutes", int(minutes) if minutes <= 10 else _nearest(minutes, 5) * 5  # noqa: PLR2004  as said above


def _nearest(minutes: float, unit: int) -> int:
    return int((minutes + unit / 2) // unit)
