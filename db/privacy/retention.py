"""What is older than its seminar keeps it goes, down to the bytes; and people of whom nothing is left.

By night, age is judged by what db/core/trusted_clock.py is sure of: a clock that is ahead must cost nobody
a word.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from db.core.database import OpenDatabase
from db.core.recurring_tasks import RecurringTasks
from db.core.timestamps import written
from db.core.trusted_clock import TrustedClock
from db.privacy.data_inventory import INVENTORY
from db.privacy.erasure import VACUUM, Erasure

IDENTITY_DAYS = 180  # how long somebody is known who has left nothing, and said neither yes nor no


class Retention:
    """Removing what has been kept long enough."""

    def __init__(self, db: OpenDatabase, erasure: Erasure) -> None:
        """Read and write in that database."""
        self._db = db
        self._erasure = erasure
        self._tasks = RecurringTasks(db)
        self._clock = TrustedClock(db)

    def purge(self, now: datetime) -> int:
        """Remove what has been kept long enough at that time; return how many rows went."""
        with self._db.writing():
            gone = self._purge(now)
        self._erasure.vacuum()
        return gone

    def purge_daily(self, now: datetime, *, night: datetime) -> int:
        """Purge unless that was done since `night`, over restarts too; return how many rows went."""
        gone = 0
        with self._db.writing():
            if self._tasks.claim("purge", now=now, before=night):
                gone = self._purge(self._clock.earliest(now))
        if gone:
            self._erasure.vacuum()
        return gone

    def _purge(self, now: datetime) -> int:
        gone = sum(self._each(now))
        if gone:
            self._tasks.owe(VACUUM)
        return gone

    def _each(self, now: datetime) -> Iterator[int]:
        """Yield how many rows went, table by table."""
        for row in self._db.all("SELECT id, retention_days FROM seminars"):
            age = timedelta(days=row["retention_days"])
            for table, holding in INVENTORY.items():
                if holding.aged:
                    yield self._delete(table, holding.aged, now - age, row["id"])
        for table, holding in INVENTORY.items():
            for condition, age in holding.spent.items():
                yield self._delete(table, condition, now - age)
        yield self._delete("people", unneeded(), now - timedelta(days=IDENTITY_DAYS))

    def _delete(self, table: str, condition: str, before: datetime, seminar_id: int | None = None) -> int:
        return self._db.run(
            f"DELETE FROM {table} WHERE {condition}",  # noqa: S608  our own words
            {"seminar": seminar_id, "before": written(before)},
        ).rowcount


def unneeded() -> str:
    """Return the condition for people whom no other row refers to, and who never answered."""
    elsewhere = (
        f"id NOT IN (SELECT {column} FROM {table} WHERE {column} IS NOT NULL)"  # noqa: S608  our own words
        for table, holding in INVENTORY.items()
        for column in (holding.owner, *holding.unset)
        if column and table != "people"
    )
    return " AND ".join(["consent IS NULL", "met_at < :before", *elsewhere])
