"""What only shows between processes: SQLite's locks belong to a process, and go when it closes the file."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.backup.archive import back_up
from db.backup.restore import restore
from db.core.errors import StoreError
from db.store import Store
from tests.db.conftest import KEY, NOON

ROOT = Path(__file__).resolve().parents[3]
HOLDS = """
import sys
from pathlib import Path
from db.store import Store
store = Store.open(Path(sys.argv[1]), key=bytes(range(32)))
store.people.meet(1, "小安")
again = Store.open(Path(sys.argv[1]), key=bytes(range(32)))  # as an export in the same process does
again.close()
print("open", flush=True)
for line in sys.stdin:
    store.people.meet(int(line), "後來的人")
    print("written", flush=True)
store.conn.execute("PRAGMA wal_checkpoint")
"""


class Bot:
    """Another process that has the database open, and writes when told."""

    def __init__(self, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDS, str(path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._hear("open")

    def writes(self, telegram_id: int) -> None:
        assert self.process.stdin
        print(telegram_id, file=self.process.stdin, flush=True)
        self._hear("written")

    def _hear(self, word: str) -> None:
        assert self.process.stdout
        assert self.process.stdout.readline().strip() == word


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "wendu.db"


@pytest.fixture
def bot(path: Path) -> Iterator[Bot]:
    running = Bot(path)
    yield running
    running.process.communicate()


def test_a_database_that_another_process_has_open_is_not_replaced(bot: Bot, path: Path) -> None:
    file = path.with_name("class.backup")
    assert back_up(path, KEY, file, now=NOON).counts["people"] == 1
    with pytest.raises(StoreError, match="另一個程式正在用"):
        restore(file, path, path.with_suffix(".key"), now=NOON, force=True)
    bot.writes(2)
    bot.process.communicate()
    restore(file, path, path.with_suffix(".key"), now=NOON, force=True)


def test_what_is_written_after_another_process_came_and_went_is_not_lost(bot: Bot, path: Path) -> None:
    Store.open(path, key=KEY).close()
    assert path.with_name("wendu.db-wal").exists(), "the log that the other process writes to"
    bot.writes(2)
    bot.process.kill()
    with closing(sqlite3.connect(path)) as after:
        assert after.execute("SELECT count(*) FROM people").fetchone() == (2,)
