"""A table as lines of text, CSV or JSON, as quickly as Python can.

A line is one format string: numbers, times and fixed terms need no care, only words of people, aliases and
slugs are quoted one by one.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from db.exports.cells import safe_text
from db.exports.job import Job
from db.exports.tables import Column, Table

_QUOTED = re.compile(r'[",\r\n]').search
_encode: Callable[[str], str] = json.encoder.encode_basestring  # keeps what is not ASCII as it is
BATCH = 500  # lines written at once


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
    safe = safe_text(text)
    return '"' + safe.replace('"', '""') + '"' if _QUOTED(safe) else safe


def _json_plain(column: Column) -> str:
    value = column.sql if column.kind == "number" else f"""'"' || {column.sql} || '"'"""
    return f"coalesce({value}, 'null')"


CSV = Dialect("", "", lambda column: f"coalesce({column.sql}, '')", csv_cell, ",", "\r\n")
JSON = Dialect("{", '"{}": ', _json_plain, _encode, ", ", "}\n")


def lines(job: Job, table: Table, dialect: Dialect, first: str = "") -> Iterator[str]:
    """Yield the table as text, many lines at once; `first` stands before the first value of each."""
    columns = job.columns(table)
    cells = [(at, _cell(job, one, dialect)) for at, one in enumerate(columns) if one.kind == "text"]
    sql = ", ".join(one.sql if one.kind == "text" else dialect.plain(one) for one in columns)
    labels = dialect.between.join(f"{dialect.label.format(column.name)}%s" for column in columns)
    shape = dialect.start + first + labels + dialect.end
    held: list[str] = []
    for row in job.select(f"SELECT {sql}{table.source}"):
        parts = list(row)
        for at, cell in cells:
            parts[at] = cell(parts[at])
        held.append(shape % tuple(parts))
        if len(held) == BATCH:
            yield "".join(held)
            held.clear()
    yield "".join(held)


def _cell(job: Job, column: Column, dialect: Dialect) -> Callable[[str], str]:
    """Return how a column's text is written; what comes again and again, such as an alias, is remembered."""
    cell = dialect.cell
    if not column.said:
        return _Remembered(cell).__getitem__
    if job.names:
        return cell
    mask = job.mask
    return lambda words: cell(mask(words))


class _Remembered(dict[str, str]):
    def __init__(self, cell: Callable[[str], str]) -> None:
        super().__init__()
        self.cell = cell

    def __missing__(self, text: str) -> str:
        found = self[text] = self.cell(text)
        return found
