"""How far a database has come: which migrations it has had, and whether this program may take it further."""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from db.core.errors import StoreError
from db.core.migrations import migrations

WAITING = 5.0  # seconds for a lock that another process holds
NULL_SAID = re.compile(r"NULL value in (\w+)\.(\w+)")


@dataclass(frozen=True)
class SchemaVersion:
    """The migrations that a database has had, and those this program does not know."""

    applied: tuple[str, ...]
    unknown: tuple[str, ...]
    foreign: bool  # it has tables, and none of them is ours

    @property
    def name(self) -> str:
        """The newest migration; empty for a file with nothing in it."""
        return self.applied[-1] if self.applied else ""


def known() -> tuple[str, ...]:
    """Return the names of this program's migrations, oldest first."""
    return tuple(each.name for each in migrations._migrations)  # noqa: SLF001  the library has no other way


def level(db: Database) -> SchemaVersion:
    """Return how far the database has come. Nothing is written."""
    applied = tuple(each.name for each in migrations.applied(db))
    foreign = not applied and bool(set(db.table_names()) - {migrations.migrations_table})
    return SchemaVersion(applied, tuple(name for name in applied if name not in known()), foreign)


def admit(path: Path) -> None:
    """Look before anything is written whether this program may open, and migrate, the file.

    Raises:
        StoreError: it was made by a newer version or another program, or is damaged; it is left as it was.
        sqlite3.Error: it cannot be read at all.
    """
    with closing(Database(sqlite3.connect(path, timeout=WAITING, isolation_level=None))) as db:
        found = level(db)
        if found.unknown:
            raise StoreError(_newer(path, found))
        if found.foreign:
            raise StoreError(
                f"{path} 是別的程式的資料庫，沒有動它。請用 WENDU_DATABASE 指定別的檔名。\n"
                f"{path} is another program's database, left alone. Set WENDU_DATABASE to another file."
            )
        if found.applied and found.applied != known():
            fault = damage(db.conn, quick=True)
            if fault:
                raise StoreError(
                    f"資料庫 {path} 需要升級，但檔案已損壞（{fault}），所以沒有動它。請換回備份再啟動。\n"
                    f"The database {path} needs migrating but is damaged, so it was left alone. "
                    "Restore a backup, then start again."
                )


def damage(connection: sqlite3.Connection, *, quick: bool = False) -> str:
    """Return what is wrong inside a database, its first fault; empty: it is whole.

    `quick` leaves out comparing indexes with their tables.
    """
    check = "quick_check" if quick else "integrity_check"
    try:
        found = (str(row[0]) for row in connection.execute(f"PRAGMA {check}(1000000)"))
        fault = next((said for said in found if said != "ok" and not _refuted(connection, said)), "")
        if fault:
            return fault
        dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if dangling is None else f"a row of {dangling[0]} refers to nothing"


def _refuted(connection: sqlite3.Connection, said: str) -> bool:
    """Return whether a column that is said to hold a NULL holds none.

    SQLite 3.40, which Debian 12 has, looks into the wrong column of a table WITHOUT ROWID whose key does not
    come first, such as ours of plans: every class with a plan would be called damaged.
    """
    claim = NULL_SAID.fullmatch(said)
    if claim is None:
        return False
    table, column = claim.groups()
    looking = f"SELECT 1 FROM [{table}] WHERE typeof([{column}]) = 'null' LIMIT 1"  # noqa: S608  two words
    return connection.execute(looking).fetchone() is None


def _newer(path: Path, found: SchemaVersion) -> str:
    return (
        f"資料庫 {path} 是較新的版本寫的（{found.unknown[-1]}），這個版本看不懂，沒有動它。"
        "請更新溫度，或換回這個版本的備份。\n"
        f"The database {path} was written by a newer version ({found.unknown[-1]}); it was left alone. "
        "Update Wendu, or restore a backup of this version."
    )
