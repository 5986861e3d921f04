import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.core.errors import StoreError
from db.core.migrations import migrations
from db.core.schema_version import damage, known, level
from db.store import Store
from tests.db.classroom import SOME_CLASS
from tests.db.conftest import KEY


def of_level(path: Path, migration: str) -> Path:
    """Write a database as the release whose newest migration that was would have left it."""
    with closing(Database(path)) as old:
        migrations.apply(old, stop_before=known()[known().index(migration) + 1 :])
        old.executescript(SOME_CLASS)
    return path


def print_of(path: Path) -> dict[str, str]:
    return {
        found.name: hashlib.sha256(found.read_bytes()).hexdigest()
        for found in path.parent.iterdir()
        if found.suffix != ".key"
    }


def structure(path: Path) -> set[tuple[str, str]]:
    with closing(Database(path)) as db:
        return {
            (table, column)
            for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
            for _, column, *_ in db.execute(f"PRAGMA table_info([{table}])")
        }


@pytest.mark.parametrize("migration", known())
def test_a_database_of_every_past_schema_opens_migrates_and_keeps_its_log(
    tmp_path: Path, migration: str
) -> None:
    path = of_level(tmp_path / "wendu.db", migration)
    store = Store.open(path, key=KEY)
    log = store.all("SELECT alias, text FROM discussion_log")
    assert [tuple(row) for row in log] == [("青鳥", "有溫度")]
    assert level(store.sqlite).applied == known()
    store.close()
    Store.open(tmp_path / "new.db", key=KEY).close()
    assert structure(path) == structure(tmp_path / "new.db")


def test_a_database_of_a_newer_version_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "wendu.db"
    Store.open(path, key=KEY).close()
    with closing(Database(path)) as newer, newer.conn:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('wendu', '9999_of_tomorrow', '2030-01-01')"
        )
    was = print_of(path)
    with pytest.raises(StoreError, match=r"較新的版本寫的（9999_of_tomorrow）"):
        Store.open(path, key=KEY)
    assert print_of(path) == was


def test_a_damaged_database_that_needs_migrating_is_left_untouched(tmp_path: Path) -> None:
    path = of_level(tmp_path / "wendu.db", known()[0])
    spoilt = bytearray(path.read_bytes())
    for page in range(len(spoilt) // 4096 - 3, len(spoilt) // 4096):
        spoilt[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    path.write_bytes(spoilt)
    was = print_of(path)
    with pytest.raises(StoreError, match="需要升級，但檔案已損壞"):
        Store.open(path, key=KEY)
    assert print_of(path) == was


def test_a_class_with_a_plan_is_not_taken_for_damaged(tmp_path: Path) -> None:
    path = of_level(tmp_path / "wendu.db", known()[-2])
    with closing(sqlite3.connect(path)) as old, old:
        old.execute("INSERT INTO plans VALUES (1, 0, 'main-question')")
    Store.open(path, key=KEY).close()
    with closing(sqlite3.connect(path)) as db:
        assert damage(db) == damage(db, quick=True) == ""


def test_a_null_where_none_may_be_is_damage(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "wendu.db", isolation_level=None)) as db:
        db.executescript("CREATE TABLE plans (slug TEXT); INSERT INTO plans VALUES (NULL);")
        db.executescript(
            "PRAGMA writable_schema = ON;"
            "UPDATE sqlite_master SET sql = 'CREATE TABLE plans (slug TEXT NOT NULL)';"
        )
    with closing(sqlite3.connect(tmp_path / "wendu.db")) as db:
        assert damage(db) == "NULL value in plans.slug"


def test_another_programs_database_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE books (title TEXT)")
    was = print_of(path)
    with pytest.raises(StoreError, match="別的程式的資料庫"):
        Store.open(path, key=KEY)
    assert print_of(path) == was


def test_an_upgrade_that_fails_half_way_leaves_the_schema_as_it_was(tmp_path: Path) -> None:
    """A table in the way of the third migration: the second must not stay behind either."""
    path = of_level(tmp_path / "wendu.db", known()[0])
    with closing(Database(path)) as old:
        old.execute("CREATE TABLE outbox (mine TEXT)")
    was = structure(path)
    with pytest.raises(StoreError, match="outbox"):
        Store.open(path, key=KEY)
    assert structure(path) == was
    with closing(Database(path)) as old:
        assert level(old).applied == known()[:1]
