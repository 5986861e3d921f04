"""How late it surely is: what is removed for its age is judged by this, never by this computer's clock alone.

A clock that is far ahead for an hour (a laptop set to 2030, then put right) would make everything look old,
and what is purged does not come back. Three things bound the clock:

- Telegram's dates. Each mark in the journal begins with when its update was sent. If our clock was ahead of
  the newest of them when it arrived, it is ahead by that much still.
- Where Telegram is silent, a night counts as `NIGHT` at most: a house that runs through a summer without a
  word purges on time, a clock that is ahead for one such night purges a day early at most, and a house that
  was off for months is late until its first update.
- A clock that is behind is believed: it only makes the purge late.
"""

from datetime import UTC, datetime, timedelta

from db.core.database import OpenDatabase
from db.core.timestamps import read, written

NIGHT = timedelta(days=2)  # more than one day: a laptop may miss a night, and catches up
_MARK = 20  # bytes of a mark that says when its update was sent (db/updates/journal.py)


class TrustedClock:
    """The time that what was seen supports."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def earliest(self, now: datetime) -> datetime:
        """Return how late it is at least, by what was seen; keep it for the next night."""
        last = self._db.one("SELECT since FROM chores WHERE name = 'time'")
        sent, ahead = self._dated(now)
        known = [moment for moment in (sent, read(last["since"]) if last else None) if moment]
        if known:
            now = min(now - ahead, max(known) + NIGHT)
        self._db.run(
            "INSERT INTO chores (name, since) VALUES ('time', ?)"
            " ON CONFLICT (name) DO UPDATE SET since = excluded.since",
            (written(now),),
        )
        return now

    def _dated(self, now: datetime) -> tuple[datetime | None, timedelta]:
        """Return the newest date that Telegram gave, and how far our clock was ahead of it."""
        newest = self._db.one(
            "SELECT mark, received_at FROM journal WHERE length(mark) = ? AND mark >= ? AND mark < ?"
            " ORDER BY mark DESC LIMIT 1",
            (_MARK, _as_mark(1), _as_mark(int(now.timestamp()) + 1)),
        )
        if newest is None:
            return None, timedelta()
        sent = datetime.fromtimestamp(int.from_bytes(newest["mark"][:4]), UTC)
        received = read(newest["received_at"])
        put_right = received > now  # our clock has been set back since
        return sent, timedelta() if put_right else max(received - sent, timedelta())


def _as_mark(seconds: int) -> bytes:
    return min(max(seconds, 0), 2**32 - 1).to_bytes(4)
