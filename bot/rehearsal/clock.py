"""The rehearsal's clock: runs with the machine or stands still, and can be moved forward."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def _machine() -> datetime:
    return datetime.now(tz=UTC)


class Clock:
    """A callable that returns the time in UTC: the machine's, or with `start` one that stands still there."""

    def __init__(self, start: datetime | None = None) -> None:
        self._base: Callable[[], datetime] = _machine if start is None else lambda: start
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        """Return the time."""
        return self._base() + self._ahead

    def forward(self, by: timedelta) -> datetime:
        """Move on by that much and return the new time."""
        self._ahead += by
        return self()

    @property
    def ahead(self) -> timedelta:
        """How far it has been moved."""
        return self._ahead
