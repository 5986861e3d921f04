"""Times in the database: UTC, ISO 8601, whole seconds, with the offset written out."""

from datetime import UTC, datetime
from functools import lru_cache


def utc_now() -> datetime:
    """Return the present as an aware datetime in UTC."""
    return datetime.now(UTC)


@lru_cache(maxsize=1024)  # a class that talks says much in one second
def written(moment: datetime) -> str:
    """Return the moment as it stands in the database, such as 2026-03-01T08:00:00+00:00."""
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).isoformat(timespec="seconds")


def maybe_written(moment: datetime | None) -> str | None:
    """Return the moment as it stands in the database, or None."""
    return None if moment is None else written(moment)


def read(text: str) -> datetime:
    """Return the moment that `written` wrote."""
    return datetime.fromisoformat(text)


def maybe(text: str | None) -> datetime | None:
    """Return the moment, or None where none is written."""
    return None if text is None else read(text)
