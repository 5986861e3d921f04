"""A table as lines of text, CSV or JSON, as quickly as Python can.

A line is one format string: numbers, times and fixed terms need no care, only words of people, aliases and
slugs are quoted one by one.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from db.exports.cells import safe_text
from db.exports.job import Job
from db.exports.tables import Column, Table

_QUOTED = re.compile(r'[",\r\n]').search
_encode: Callable[[str], str] = json.encoder.encode_basestring  # keeps what is not ASCII as it is
_END = "\0"


@dataclass(frozen=True)
class Dialect:
    """How a line is put together."""

    start: str
    label: str  # before each value; {} is the column's name
    plain: Callable[[Column], str]  # SQL of a number or word, ready to stand in a line
    cell: Callable[[str], str]  # text as it stands in a line
    between: str
    end: str


def csv_cell(text: str) -> str:
    """Return the text as a CSV cell that no spreadsheet takes for a formula."""
    safe = text if text[:1].isalnum() else safe_text(text)  # most begin with a letter: nothing to look for
    return '"' + safe.replace('"', '""') + '"' if _QUOTED(safe) else safe


def _json_plain(column: Column) -> str:
    value = column.sql if column.kind == "number" else f"""'"' || {column.sql} || '"'"""
    return f"coalesce({value}, 'null')"


CSV = Dialect("", "", lambda column: f"coalesce({column.sql}, '')", csv_cell, ",", "\r\n")
JSON = Dialect("{", '"{}": ', _json_plain, _encode, ", ", "}\n")


def lines(job: Job, table: Table, dialect: Dialect, first: str = "") -> Iterator[str]:
    """Yield the table as text, many lines at once; `first` stands before the first value of each."""
    columns = job.columns(table)
    cells = [(at, _cells(job, one, dialect)) for at, one in enumerate(columns) if one.kind == "text"]
    sql = ", ".join(one.sql if one.kind == "text" else dialect.plain(one) for one in columns)
    labels = dialect.between.join(f"{dialect.label.format(column.name)}%s" for column in columns)
    line = (dialect.start + first + labels + dialect.end).__mod__
    for batch in job.batches(f"SELECT {sql}{table.source}"):
        values: list[Iterable[Any]] = list(zip(*batch, strict=True))  # column by column: no loop of ours
        for at, written in cells:
            values[at] = written(values[at])
        yield "".join(map(line, zip(*values, strict=True)))


def _cells(job: Job, column: Column, dialect: Dialect) -> Callable[[Iterable[str]], Iterable[str]]:
    """Return how a column of text is written; what comes again and again, such as an alias, is remembered."""
    if not column.said:
        known = _Remembered(dialect.cell)
        return lambda texts: map(known.__getitem__, texts)
    if job.names:
        return lambda texts: map(dialect.cell, texts)
    return lambda texts: map(dialect.cell, _masked(job, texts))


def _masked(job: Job, texts: Iterable[str]) -> Iterable[str]:
    """Return the texts with names replaced, all in one go: NUL, which no text has, is the end of any name."""
    together = _END.join(texts)
    masked = job.mask(together).split(_END)
    return masked if len(masked) == together.count(_END) + 1 else map(job.mask, together.split(_END))


class _Remembered(dict[str, str]):
    def __init__(self, cell: Callable[[str], str]) -> None:
        super().__init__()
        self.cell = cell

    def __missing__(self, text: str) -> str:
        found = self[text] = self.cell(text)
        return found
