"""The formats of an export: one plain table of functions of one shape, each in a module of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from db.exports import (
    as_bundle,
    as_csv,
    as_jsonl,
    as_markdown,
    as_qdpx,
    as_sqlite,
    as_telegram,
    as_xapi,
    as_xlsx,
)
from db.exports.job import Job
from db.exports.tables import ALL, BUNDLED, QUESTIONS, REMARKS, ROUNDS, SHEETS, STANCES, Table

Write = Callable[[Job, IO[bytes]], None]


@dataclass(frozen=True)
class Format:
    """One way to write the log: bit by bit, to a file or a pipe."""

    write: Write
    suffix: str  # of the file, with its dot
    reads: tuple[Table, ...]  # what it walks through, for a progress bar
    can_name: bool = True  # whether it may carry real names


FORMATS: dict[str, Format] = {
    "bundle": Format(as_bundle.write, ".zip", (*BUNDLED, REMARKS)),
    "csv": Format(as_csv.write, ".zip", SHEETS),
    "xlsx": Format(as_xlsx.write, ".xlsx", (*SHEETS, STANCES)),
    "jsonl": Format(as_jsonl.write, ".jsonl", ALL),
    "md": Format(as_markdown.write, ".md", (REMARKS,)),
    "telegram": Format(as_telegram.write, ".json", (REMARKS, ROUNDS)),
    "qdpx": Format(as_qdpx.write, ".qdpx", (REMARKS, STANCES, STANCES)),
    "xapi": Format(as_xapi.write, ".zip", (ROUNDS, REMARKS, QUESTIONS, STANCES)),
    "sqlite": Format(as_sqlite.write, ".zip", ALL, can_name=False),
}
DEFAULT = "bundle"
