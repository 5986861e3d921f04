"""Looking at a database from outside, as `wendu doctor` does: nothing is written, made or migrated."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from db.core.schema_version import WAITING, admit, damage, known, level
from db.core.timestamps import maybe, written


@dataclass(frozen=True)
class Inspection:
    """What was found in a database that this program may open."""

    damage: str  # the first fault inside; empty: whole
    unwritable: str  # why it cannot be written; empty: it can
    behind: int  # migrations that the next start will apply
    waiting: int  # updates that were received and not handled yet
    scheduled: int  # prompts that are to be posted by themselves
    next_due: datetime | None
    overdue: int  # of these, how many should have been posted before `since`


def inspect(path: Path, *, since: datetime) -> Inspection:
    """Return what is to be said of the database in that file.

    Raises:
        StoreError: this program may not open it: newer, another program's, or damaged.
        sqlite3.Error: it cannot be read at all.
    """
    admit(path)
    with closing(Database(sqlite3.connect(path, timeout=WAITING, isolation_level=None))) as db:
        behind = len(known()) - len(level(db).applied)
        waiting = scheduled = overdue = 0
        due: str | None = None
        if not behind:
            (waiting,) = db.execute("SELECT count(*) FROM waiting").fetchone()
            scheduled, due, overdue = db.execute(
                "SELECT count(*), min(due_at), count(*) FILTER (WHERE due_at < ?) FROM schedules",
                (written(since),),
            ).fetchone()
        return Inspection(
            damage=damage(db.conn),
            unwritable=_unwritable(db.conn),
            behind=behind,
            waiting=waiting,
            scheduled=scheduled,
            next_due=maybe(due),
            overdue=overdue,
        )


def _unwritable(connection: sqlite3.Connection) -> str:
    """Return why the right to write cannot be had; it is given back at once."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        return str(error)
    return ""
