"""Chores: what the house does at times, or still owes. Kept here, so that a restart changes nothing."""

from datetime import datetime

from db.core.database import OpenDatabase
from db.core.timestamps import written


class RecurringTasks:
    """What is done at times, or still owed."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def claim(self, name: str, *, now: datetime, before: datetime) -> bool:
        """Return whether the caller is to do the chore now: it was last begun before `before`, or never.

        A chore begun in time to come was begun by a clock that has been set back since.
        """
        done = self._db.run(
            "INSERT INTO chores (name, since) VALUES (?1, ?2)"
            " ON CONFLICT (name) DO UPDATE SET since = excluded.since WHERE since < ?3 OR since > ?2",
            (name, written(now), written(before)),
        )
        return bool(done.rowcount)

    def owe(self, name: str) -> None:
        """Note that the chore is owed until it is done."""
        self._db.run(
            "INSERT OR IGNORE INTO chores (name, since) VALUES (?, ?)", (name, written(self._db.clock()))
        )

    def settled(self, name: str) -> bool:
        """Return whether the chore is not owed."""
        return self._db.one("SELECT 1 FROM chores WHERE name = ?", (name,)) is None
