"""The log in a format that other tools open.

Aliases stand for people, in texts too, unless names are asked for. Rows are read and written one by one, over
a connection of its own, so that it may run in another thread while the class goes on.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, tzinfo
from pathlib import Path
from typing import IO

from sqlite_utils import Database

from db.exports import DEFAULT, FORMATS
from db.exports.job import Evidence, Filters, Job
from db.exports.tables import Table
from db.store import Store

__all__ = ["DEFAULT", "FORMATS", "Evidence", "Filters", "Job", "export_zip"]  # they pass through here


def export_zip(  # noqa: PLR0913  what, where to, and how much of it
    store: Store,
    seminar_id: int,
    path: Path,
    *,
    round_id: int | None = None,
    names: bool = False,
    timezone: tzinfo = UTC,
) -> Path:
    """Write the seminar's log into a zip at `path` and return it; `round_id` None: all rounds.

    `timezone` is that of discussion.md; tables are in UTC.

    Raises:
        LookupError: there is no such seminar, or the round is not one of its own.
    """
    wanted = Job(store, seminar_id, Filters(round_id), names=names, timezone=timezone)
    with reading(wanted) as job, path.open("wb") as file:
        write_export(job, DEFAULT, file)
    return path


def write_export(job: Job, name: str, file: IO[bytes]) -> None:
    """Write the job in the format of that name; `file` may be a pipe.

    Raises:
        ValueError: names are asked for in a format that never has them.
    """
    chosen = FORMATS[name]
    if job.names and not chosen.can_name:
        raise ValueError(f"{name} never carries names")
    chosen.write(job, file)


@contextmanager
def reading(wanted: Job) -> Iterator[Job]:
    """Give the job on a second connection, which sees the log as it is now, however long the export takes.

    Raises:
        LookupError: there is no such seminar, or the round is not one of its own.
    """
    store = wanted.store
    address = f"{store.path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("BEGIN")
        store = Store(Database(connection), store.path, store.key, store.clock)
        store.terms = store.terms
        _check(store, wanted.seminar_id, wanted.filters.round_id)
        mask = str if wanted.names else store.pseudonyms.masker(wanted.seminar_id)
        yield replace(wanted, store=store, mask=mask)


def appears(job: Job, alias: str) -> bool:
    """Return whether somebody in the seminar appears under that alias or mask."""
    found = job.store.one(
        "SELECT 1 FROM aliases WHERE seminar_id = :seminar AND alias = :alias UNION ALL"
        " SELECT 1 FROM masks m JOIN rounds o ON o.id = m.round_id"
        " WHERE o.seminar_id = :seminar AND m.alias = :alias",
        {"seminar": job.seminar_id, "alias": alias},
    )
    return found is not None


def total(job: Job, name: str) -> int:
    """Return how many rows the format of that name will go through."""
    return sum(_count(job, table) for table in FORMATS[name].reads)


def _count(job: Job, table: Table) -> int:
    source = table.source.rpartition(" ORDER BY ")[0]
    (rows,) = job.store.one(f"SELECT count(*){source}", job.parameters)
    return int(rows)


def _check(store: Store, seminar_id: int, round_id: int | None) -> None:
    if store.one("SELECT 1 FROM seminars WHERE id = ?", (seminar_id,)) is None:
        raise LookupError(f"there is no seminar {seminar_id}")
    sql = "SELECT 1 FROM rounds WHERE id = ? AND seminar_id = ?"
    if round_id is not None and store.one(sql, (round_id, seminar_id)) is None:
        raise LookupError(f"seminar {seminar_id} has no round {round_id}")
