"""The log in a format that other tools open.

Aliases stand for people, in texts too, unless names are asked for. Rows are read and written one by one, over
a connection of its own, so that it may run in another thread while the class goes on.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import tzinfo
from typing import IO

from sqlite_utils import Database

from bot.answering.library import Library
from bot.pack.topics import title_in
from bot.seminar.coverage import read_remark
from bot.seminar.prompts import title_of
from bot.seminar.records import Seminar
from db.exports import DEFAULT, FORMATS
from db.exports.job import Evidence, Filters, Job
from db.exports.tables import Table
from db.store import Store

__all__ = ["DEFAULT", "FORMATS", "Evidence", "Filters", "Job", "job_of"]  # they pass through here


def job_of(store: Store, library: Library, seminar: Seminar, timezone: tzinfo) -> Job:
    """Return the job of exporting all of a seminar under aliases, with what its reading adds.

    Remarks are coded with the evidence that they touch, which takes some milliseconds each; an export in
    English shows the prompts' titles above the reading's own words.
    """
    job, pack = Job(store, seminar.id, timezone=timezone), library.packs.get(seminar.pack)
    if pack is None:
        return job
    language = seminar.language
    return replace(
        job,
        evidence=Evidence(
            {snippet.slug: title_in(snippet, language) for snippet in pack.snippets if not snippet.draft},
            lambda words: read_remark(library.engine(pack.slug), words).touched,
        ),
        prompts={one.slug: title_of(one, language) for one in pack.prompts if one.gloss and language == "en"},
    )


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
        now = Store(Database(connection), store.path, store.key, store.clock)
        now.terms = store.terms
        _check(now, wanted.seminar_id, wanted.filters.round_id)
        mask = str if wanted.names else now.pseudonyms.masker(wanted.seminar_id)
        yield replace(wanted, store=now, mask=mask)


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
