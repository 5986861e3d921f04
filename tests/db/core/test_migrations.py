import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.core.errors import StoreError
from db.core.keys import read_key
from db.core.migrations import migrations
from db.store import Store
from tests.db.classroom import SOME_CLASS
from tests.db.conftest import KEY

DICTIONARY = Path(__file__).resolve().parents[3] / "db" / "README.md"


def test_a_new_file_gets_every_migration_and_a_second_start_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "wendu.db"
    Store.open(path, key=KEY).close()
    with closing(Database(path)) as before:
        schema, applied = before.schema, migrations.applied(before)
    Store.open(path, key=KEY).close()
    with closing(Database(path)) as after:
        assert after.schema == schema
        assert migrations.applied(after) == applied
        assert [each.name for each in applied] == [each.name for each in migrations._migrations]


def test_a_file_of_an_earlier_version_keeps_its_log_when_it_is_migrated(tmp_path: Path) -> None:
    """Whatever migrations are added, a log written by the first release must come through them all."""
    path = tmp_path / "wendu.db"
    with closing(Database(path)) as old:
        first = next(iter(migrations._migrations)).name
        later = [each.name for each in migrations._migrations[1:]]
        migrations.apply(old, stop_before=later)
        assert [each.name for each in migrations.applied(old)] == [first]
        old.executescript(SOME_CLASS)
    store = Store.open(path, key=KEY)
    assert [tuple(row) for row in store.all("SELECT * FROM discussion_log")] == [
        (-100, 7, 1, 1, "青鳥", "2026-03-02T12:00:01+00:00", "有溫度", None)
    ]
    store.close()


def test_the_view_that_others_rely_on_has_exactly_its_columns(store: Store) -> None:
    columns = [row["name"] for row in store.all("PRAGMA table_info(discussion_log)")]
    assert columns == [
        "chat_id",
        "message_id",
        "version",
        "round_id",
        "alias",
        "sent_at",
        "text",
        "reply_to_message_id",
    ]


def test_the_data_dictionary_names_every_table_view_and_column(store: Store) -> None:
    written: dict[str, list[str]] = {}
    for part in re.split(r"^### ", DICTIONARY.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, body = part.partition("\n")
        written[name] = re.findall(r"^\| (\w+) \|", body, flags=re.MULTILINE)[1:]
    there = {
        row["name"]: [column["name"] for column in store.all(f"PRAGMA table_info({row['name']})")]
        for row in store.all("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        if not row["name"].startswith(("sqlite_", "_sqlite_"))
    }
    assert written == there


def test_telegram_ids_of_people_stand_in_one_column_only(store: Store) -> None:
    columns = {
        (table["name"], column["name"])
        for table in store.all("SELECT name FROM sqlite_master WHERE type = 'table'")
        for column in store.all(f"PRAGMA table_info({table['name']})")
    }
    assert {place for place in columns if "telegram" in place[1]} == {("people", "telegram_id")}


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("busy_timeout", 5000),
    ],
)
def test_the_connection_is_set_for_durability_and_forgetting(
    store: Store, pragma: str, value: object
) -> None:
    assert store.one(f"PRAGMA {pragma}")[0] == value


def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "wendu.db"
    store = Store.open(path)
    store.people.meet(1, "小安")
    modes = {found.name: found.stat().st_mode & 0o777 for found in path.parent.iterdir()}
    assert modes == dict.fromkeys(("wendu.db", "wendu.db-wal", "wendu.db-shm", "wendu.key"), 0o600)
    store.close()


def test_a_file_that_everyone_could_read_is_closed_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "wendu.db"
    Store.open(path, key=KEY).close()
    path.chmod(0o644)
    Store.open(path, key=KEY).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_key_that_everyone_could_read_is_closed_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "wendu.key"
    path.write_bytes(bytes(32))
    path.chmod(0o666)
    assert read_key(path) == bytes(32)
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_folder_is_for_its_owner_only_whatever_the_shell_lets_through(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Store.open(tmp_path / "data" / "wendu.db").close()
    finally:
        os.umask(before)
    made = [tmp_path / "data", *(tmp_path / "data").iterdir()]
    assert {path.name: path.stat().st_mode & 0o077 for path in made} == {path.name: 0 for path in made}


def test_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "wendu.db"
    path.write_text("這不是資料庫，" * 100)
    with pytest.raises(StoreError, match="移到別處"):
        Store.open(path, key=KEY)
    assert path.read_text().startswith("這不是資料庫"), "it must be left as it was"


def test_a_folder_that_cannot_be_written_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="WENDU_DATABASE"):
        Store.open(tmp_path / "file" / "wendu.db", key=KEY)


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    def fails() -> None:
        with store.writing():
            store.people.meet(1, "小安")
            store.run("INSERT INTO consents VALUES (99, 99, 'no', '')")

    with pytest.raises(sqlite3.IntegrityError):
        fails()
    assert store.all("SELECT * FROM people") == []
