"""A table as lines of text, CSV or JSON, as quickly as Python can.

A line is one format string: numbers, times and fixed terms need no care, only words of people, aliases and
slugs are quoted one by one.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from db.exports.job import Job
from db.exports.spreadsheet_cells import safe_text
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
    cells: Callable[[Iterable[str]], list[str]]  # texts as they stand in lines
    between: str
    end: str


def _csv_cells(texts: Iterable[str]) -> list[str]:
    """Return the texts as CSV cells that no spreadsheet takes for formulas.

    Most begin with a letter: those are written without a call of ours.
    """
    return [
        _csv_cell(text) if not text[:1].isalnum() else _quoted(text) if _QUOTED(text) else text
        for text in texts
    ]


def _csv_cell(text: str) -> str:
    safe = safe_text(text)
    return _quoted(safe) if _QUOTED(safe) else safe


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _json_cells(texts: Iterable[str]) -> list[str]:
    return list(map(_encode, texts))


def _json_plain(column: Column) -> str:
    value = column.sql if column.kind == "number" else f"""'"' || {column.sql} || '"'"""
    return f"coalesce({value}, 'null')"


CSV = Dialect("", "", lambda column: f"coalesce({column.sql}, '')", _csv_cells, ",", "\r\n")
JSON = Dialect("{", '"{}": ', _json_plain, _json_cells, ", ", "}\n")


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
        known = _Remembered(dialect)
        return lambda texts: map(known.__getitem__, texts)
    if job.names:
        return dialect.cells
    return lambda texts: dialect.cells(_masked(job, texts))


def _masked(job: Job, texts: Iterable[str]) -> Iterable[str]:
    """Return the texts with names replaced, all in one go: NUL, which hardly any text has, ends any name."""
    each = list(texts)
    masked = job.mask(_END.join(each)).split(_END)
    return masked if len(masked) == len(each) else map(job.mask, each)


class _Remembered(dict[str, str]):
    def __init__(self, dialect: Dialect) -> None:
        super().__init__()
        self.dialect = dialect

    def __missing__(self, text: str) -> str:
        (found,) = self.dialect.cells([text])
        self[text] = found
        return found
