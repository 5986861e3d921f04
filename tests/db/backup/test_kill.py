"""A backup, an export and a restore, each killed at every step that it takes on the disk."""

import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from bot.cli.shared import written_whole
from db.backup.archive import back_up
from db.backup.restore import restore
from db.core.scratch import clean, leftovers
from db.exports.export import Job, reading, write_export
from db.store import Store
from tests.db.classroom import Classroom
from tests.db.conftest import KEY, NOON

STEPS = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.chmod", "os.rmdir", "sqlite3.connect", "open"}
WORDS = "只有這堂課說過的話".encode()


def killed(step: int, work: Callable[[], object]) -> bool:
    """Do the work in a process that is killed at that step; return whether it got so far."""
    if child := os.fork():
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    try:
        steps = count(1)

        def watch(event: str, _: tuple[object, ...]) -> None:
            if event in STEPS and next(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        work()
    finally:
        os._exit(0)


def saying(folder: Path) -> Path:
    """Return a database in which somebody said something."""
    classroom = Classroom(Store.open(folder / "wendu.db", key=KEY, clock=lambda: NOON), NOON)
    classroom.opens()
    classroom.says(classroom.student(1, "葉清秋"), WORDS.decode())
    classroom.store.close()
    return folder / "wendu.db"


def export(database: Path, file: Path) -> None:
    with (
        closing(Store.open(database, key=KEY)) as store,
        reading(Job(store, 1)) as job,
        written_whole(file) as out,
    ):
        write_export(job, "csv", out)


def people_in(database: Path) -> int:
    with closing(sqlite3.connect(database)) as found:
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(found.execute("SELECT count(*) FROM people").fetchone()[0])


@pytest.mark.parametrize("command", ["backup", "export"])
def test_a_killed_command_leaves_no_file_and_what_it_leaves_the_next_one_removes(
    tmp_path: Path, command: str
) -> None:
    database, made = saying(tmp_path), tmp_path / "made"
    work = (
        (lambda: export(database, made))
        if command == "export"
        else lambda: back_up(database, KEY, made, now=NOON)
    )
    left = 0
    for step in count(1):
        if not killed(step, work):
            break
        left += bool(leftovers(tmp_path))
        clean(tmp_path)
        left_behind = (path for folder in tmp_path.glob(".*") for path in folder.rglob("*"))
        assert list(left_behind) == [], "nothing that was half-made"
        made.unlink(missing_ok=True)
    assert left > 1


def test_while_a_backup_is_put_in_place_there_is_a_whole_database_at_every_moment(tmp_path: Path) -> None:
    database, file = saying(tmp_path / "old"), tmp_path / "class.backup"
    other = saying(tmp_path / "new")
    with closing(Store.open(other, key=KEY)) as store:
        store.people.meet(2, "林知遠")
    back_up(other, KEY, file, now=NOON, with_key=True)
    before = people_in(database)
    key, seen = database.with_suffix(".key"), set()
    key.write_bytes(bytes(range(1, 33)))
    for step in count(1):
        was_killed = killed(step, lambda: restore(file, database, key, now=NOON, force=True))
        seen.add(people_in(database))
        assert people_in(database) == before or key.read_bytes() == KEY, "the new database has its key"
        if not was_killed:
            break
    clean(database.parent)
    assert seen == {before, before + 1}
    assert [path for folder in database.parent.glob(".*") for path in folder.iterdir()] == []
    assert len(key.read_bytes()) == 32
