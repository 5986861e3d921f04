"""The log as a zip that other tools open: tables, the discussion to read, and what each column means.

Aliases stand for people, in texts too, unless names are asked for. Rows are read and written one by one, over
a connection of its own, so that it may run in another thread while the class goes on.
"""

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlite_utils import Database

from db.cells import safe_cell
from db.dictionary import data_dictionary
from db.ground import Ground
from db.masking import seminar_masker
from db.tables import QUESTIONS, REMARKS, STANCES, VERSIONS, Column, Table
from db.transcript import transcript

_BOM = "\ufeff"  # without it, Excel reads UTF-8 as something else


@dataclass(frozen=True)
class Job:
    """An export under way: from where, of what, with which names."""

    ground: Ground
    seminar_id: int
    round_id: int | None
    names: bool
    timezone: tzinfo
    mask: Callable[[str], str]


def export_zip(  # noqa: PLR0913  what, where to, and how much of it
    store: Ground,
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
    with _reading(store) as ground:
        _check(ground, seminar_id, round_id)
        mask: Callable[[str], str] = str if names else seminar_masker(ground, seminar_id)
        job = Job(ground, seminar_id, round_id, names, timezone, mask)
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            for name, write in FILES.items():
                with (
                    archive.open(name, "w", force_zip64=True) as raw,
                    io.TextIOWrapper(raw, encoding="utf-8", newline="") as file,
                ):
                    write(job, file)
    return path


@contextmanager
def _reading(store: Ground) -> Iterator[Ground]:
    """Give a second connection that sees the log as it is now, however long the export takes."""
    address = f"{store.path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("BEGIN")
        yield Ground(Database(connection), store.path, store.key, store.clock)


def _check(ground: Ground, seminar_id: int, round_id: int | None) -> None:
    if ground.one("SELECT 1 FROM seminars WHERE id = ?", (seminar_id,)) is None:
        raise LookupError(f"there is no seminar {seminar_id}")
    sql = "SELECT 1 FROM rounds WHERE id = ? AND seminar_id = ?"
    if round_id is not None and ground.one(sql, (round_id, seminar_id)) is None:
        raise LookupError(f"seminar {seminar_id} has no round {round_id}")


def _columns(job: Job, table: Table) -> list[Column]:
    return [column for column in table.columns if job.names or not column.names_people]


def _rows(job: Job, table: Table) -> Iterator[dict[str, Any]]:
    """Yield the table's rows with the columns to be shown; names in what people said are replaced."""
    columns = _columns(job, table)
    for row in job.ground.rows(table.sql, {"seminar": job.seminar_id, "round": job.round_id}):
        yield {
            column.name: job.mask(row[column.name]) if column.said else row[column.name] for column in columns
        }


def _csv(table: Table) -> Callable[[Job, IO[str]], None]:
    def write(job: Job, file: IO[str]) -> None:
        file.write(_BOM)
        writer = csv.writer(file)
        writer.writerow([column.name for column in _columns(job, table)])
        for row in _rows(job, table):
            writer.writerow([safe_cell(value) for value in row.values()])

    return write


def _jsonl(table: Table) -> Callable[[Job, IO[str]], None]:
    def write(job: Job, file: IO[str]) -> None:
        for row in _rows(job, table):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")

    return write


def _discussion(job: Job, file: IO[str]) -> None:
    lines = transcript(
        job.ground, job.seminar_id, job.round_id, job.mask, names=job.names, timezone=job.timezone
    )
    for line in lines:
        file.write(line + "\n")


def _dictionary(job: Job, file: IO[str]) -> None:
    ground = job.ground
    (title,) = ground.one("SELECT title FROM seminars WHERE id = ?", (job.seminar_id,))
    rounds = "全部 / all"
    if job.round_id is not None:
        (number,) = ground.one("SELECT number FROM rounds WHERE id = ?", (job.round_id,))
        rounds = f"第 {number} 輪 / round {number}"
    file.write(data_dictionary(title=title, made_at=ground.clock(), rounds=rounds, names=job.names))


FILES: dict[str, Callable[[Job, IO[str]], None]] = {
    REMARKS.file: _csv(REMARKS),
    VERSIONS.file: _jsonl(VERSIONS),
    QUESTIONS.file: _csv(QUESTIONS),
    STANCES.file: _csv(STANCES),
    "discussion.md": _discussion,
    "data-dictionary.md": _dictionary,
}
