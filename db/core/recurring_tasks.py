"""Chores: what the house does at times, or still owes. Kept here, so that a restart changes nothing."""

from datetime import datetime

from db.core.database import Ground
from db.core.timestamps import written


def claim_chore(ground: Ground, name: str, *, now: datetime, before: datetime) -> bool:
    """Return whether the caller is to do the chore now: it was last begun earlier than `before`, or never.

    A chore begun in time to come was begun by a clock that has been set back since.
    """
    done = ground.run(
        "INSERT INTO chores (name, since) VALUES (?1, ?2)"
        " ON CONFLICT (name) DO UPDATE SET since = excluded.since WHERE since < ?3 OR since > ?2",
        (name, written(now), written(before)),
    )
    return bool(done.rowcount)


def owe(ground: Ground, name: str) -> None:
    """Note that the chore is owed until it is done."""
    ground.run("INSERT OR IGNORE INTO chores (name, since) VALUES (?, ?)", (name, written(ground.clock())))


def settled(ground: Ground, name: str) -> bool:
    """Return whether the chore is not owed."""
    return ground.one("SELECT 1 FROM chores WHERE name = ?", (name,)) is None
