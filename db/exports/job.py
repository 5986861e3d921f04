"""An export under way: from where, of what, with which names; and how its rows are read, in flat memory."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from db.core.timestamps import written
from db.exports.labels import say, told
from db.exports.tables import Column, Table
from db.store import Store

BATCH = 250  # rows read at once: they stay in the processor's cache


@dataclass(frozen=True)
class Filters:
    """Which part of a seminar is exported; None: all of it."""

    round_id: int | None = None
    since: datetime | None = None  # sent at or after
    until: datetime | None = None  # sent before
    person: str | None = None  # the alias or mask under which somebody appears


@dataclass(frozen=True)
class Evidence:
    """How remarks are coded with the evidence that they touch."""

    titles: Mapping[str, str]  # slug -> title
    touched: Callable[[str], Sequence[str]]  # the words of a remark -> slugs


def _nobody_watches(_rows: int) -> None:
    """Let progress go unseen."""


@dataclass(frozen=True)
class Job:
    """What a format gets; its rows are those of one moment, however long it takes."""

    store: Store
    seminar_id: int
    filters: Filters = field(default_factory=Filters)
    names: bool = False
    timezone: tzinfo = UTC  # of what is to be read; tables are in UTC
    mask: Callable[[str], str] = str  # replaces names of participants in what others wrote
    evidence: Evidence | None = None
    prompts: Mapping[str, str] = field(default_factory=dict)  # what the pack's are called, by slug
    progress: Callable[[int], None] = _nobody_watches  # told after each batch how many rows were written

    @property
    def parameters(self) -> dict[str, Any]:
        """Return what the tables' SQL takes."""
        chosen = self.filters
        return {
            "seminar": self.seminar_id,
            "round": chosen.round_id,
            "since": None if chosen.since is None else written(chosen.since),
            "until": None if chosen.until is None else written(chosen.until),
            "person": chosen.person,
        }

    @property
    def title(self) -> str:
        """Return the title of the group; names in it are replaced like in what people wrote."""
        (title,) = self.store.one("SELECT title FROM seminars WHERE id = ?", (self.seminar_id,))
        return self.mask(" ".join(str(title).split()))

    @cached_property
    def language(self) -> str:
        """The seminar's language: that of what is to be read."""
        (language,) = self.store.one("SELECT language FROM seminars WHERE id = ?", (self.seminar_id,))
        return str(language)

    def say(self, key: str, **fields: object) -> str:
        """Return a phrase in the seminar's language."""
        return say(self.language, key, **fields)

    def told(self, text: str) -> str:
        """Return a text that is written in Chinese and English as the seminar's people read it."""
        return told(text, self.language)

    def columns(self, table: Table) -> list[Column]:
        """Return the table's columns that are shown."""
        return [column for column in table.columns if self.names or not column.names_people]

    def rows(self, table: Table, text: Callable[[str], Any] = str) -> Iterator[Sequence[Any]]:
        """Yield the table's rows; what people wrote is masked, and it and names then go through `text`."""
        columns = self.columns(table)
        fixes = [
            (place, self._fix(column, text))
            for place, column in enumerate(columns)
            if column.said or column.names_people
        ]
        sql = f"SELECT {', '.join(f'{column.sql} AS {column.name}' for column in columns)}{table.source}"
        for row in self.select(sql):
            cells = list(row)
            for place, fix in fixes:
                cells[place] = fix(cells[place])
            yield cells

    def dicts(self, table: Table) -> Iterator[dict[str, Any]]:
        """Yield the table's rows by column name."""
        names = [column.name for column in self.columns(table)]
        for row in self.rows(table):
            yield dict(zip(names, row, strict=True))

    def select(self, sql: str, **more: Any) -> Iterator[Any]:
        """Yield plain tuples."""
        for batch in self.batches(sql, **more):
            yield from batch

    def batches(self, sql: str, **more: Any) -> Iterator[list[Any]]:
        """Yield plain tuples, many at once, telling whoever watches."""
        cursor = self.store.conn.cursor()
        cursor.row_factory = None
        cursor.execute(sql, self.parameters | more)
        while batch := cursor.fetchmany(BATCH):
            yield batch
            self.progress(len(batch))

    def _fix(self, column: Column, text: Callable[[str], Any]) -> Callable[[str], Any]:
        if not column.said or self.names:
            return text
        mask = self.mask
        return mask if text is str else lambda words: text(mask(words))

    def about(self) -> dict[str, Any]:
        """Return what an export says of itself: program, version, when, of what, filters, names."""
        chosen = self.parameters
        number = None
        if self.filters.round_id is not None:
            (number,) = self.store.one("SELECT number FROM rounds WHERE id = ?", (self.filters.round_id,))
        return {
            "program": "Wendu",
            "version": program_version(),
            "made_at": written(self.store.clock()),
            "seminar": self.title,
            "filters": {
                "seminar": self.seminar_id,
                "round": number,
                "since": chosen["since"],
                "until": chosen["until"],
                "person": chosen["person"],
            },
            "names": self.names,
        }


def program_version() -> str:
    """Return the version of Wendu, ? where it is not installed."""
    try:
        return version("wendu")
    except PackageNotFoundError:
        return "?"
