"""An open database: one connection, opened the same careful way everywhere."""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from db.core.errors import StoreError
from db.core.keys import read_key
from db.core.migrations import migrations
from db.core.records import Record, from_row
from db.core.schema_version import admit
from db.core.scratch import locked
from db.core.speaker_cache import Places
from db.core.timestamps import utc_now

Parameters = tuple[Any, ...] | dict[str, Any]
_Files = tuple[tuple[int, int] | None, tuple[int, int] | None]
BUSY_SECONDS = 5.0
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "wal_autocheckpoint = 4000",  # pages, 16 MB: a page that is written often is folded in a quarter as often
    "temp_store = MEMORY",  # VACUUM must not leave words in a temporary file
)
PATIENCE_MS = 20  # for what must hold up nobody: the class waits meanwhile
ENOUGH = 16 * 1024 * 1024  # bytes free, below which writing is about to fail


class OpenDatabase:
    """An open database, its key and its clock. The parts of the store read and write in it."""

    def __init__(self, db: Database, path: Path, key: bytes, clock: Callable[[], datetime]) -> None:
        self.sqlite = db
        self.conn: sqlite3.Connection = db.conn
        self.path = path
        self.key = key
        self.clock = clock
        self.terms: frozenset[str] = (
            frozenset()
        )  # words of the readings, nobody's name (db/privacy/pseudonyms.py)
        self.unname: Callable[[str], str] = str  # what SQL's unnamed() does
        self.relaxed = False  # see `relax`
        self.needs_checkpoint = False  # words that should be gone may still stand in the write-ahead log
        self.pruned_at: datetime | None = None  # when old journal rows were last removed
        self.speakers = Places(db.conn)
        self._found: _Files | None = None  # which files they were when it was opened

    @classmethod
    def open(cls, path: Path, *, key: bytes | None = None, clock: Callable[[], datetime] = utc_now) -> Self:
        """Return the store in that file, made or migrated where needed, readable by its owner only.

        Without `key`, the file of the same name that ends in `.key` is read or made.

        Raises:
            StoreError: the file cannot be used; the message says what to do.
        """
        path = Path(path)
        try:
            _make_private(path)
            own_key = key if key is not None else read_key(path.with_suffix(".key"))
            db = _migrated(path)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(_advice(path, error)) from error
        db.conn.row_factory = sqlite3.Row
        opened = cls(db, path, own_key, clock)
        db.conn.create_function("unnamed", 1, lambda text: opened.unname(text))  # noqa: PLW0108  it is exchanged
        opened.checkpoint()
        _make_private(path)
        opened._found = _files(path)
        return opened

    def close(self) -> None:
        """Close the connection; the write-ahead log is folded into the file."""
        self.sqlite.close()

    def one(self, sql: str, parameters: Parameters = ()) -> Any:
        """Return the first row, or None."""
        return self.conn.execute(sql, parameters).fetchone()

    def all(self, sql: str, parameters: Parameters = ()) -> list[Any]:
        """Return all rows."""
        return self.conn.execute(sql, parameters).fetchall()

    def record(self, kind: type[Record], sql: str, parameters: Parameters = ()) -> Record | None:
        """Return the first row as a record of that kind, or None."""
        row = self.one(sql, parameters)
        return None if row is None else from_row(kind, row)

    def records(self, kind: type[Record], sql: str, parameters: Parameters = ()) -> list[Record]:
        """Return all rows as records of that kind."""
        return [from_row(kind, row) for row in self.all(sql, parameters)]

    def run(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Execute a statement that writes; return its cursor (`rowcount`, `lastrowid`)."""
        return self.conn.execute(sql, parameters)

    def run_each(self, sql: str, rows: Sequence[Parameters]) -> int:
        """Execute a statement that writes once for each; return how many rows it wrote."""
        return self.conn.executemany(sql, rows).rowcount

    def relax(self) -> None:
        """From now on wait for the disk only in transactions that ask: where a journal makes up for it.

        SQLite's log is written in order, so a power cut takes the newest transactions and none before them.
        What handling an update has written goes together with the mark that it is done: it is handled again.
        """
        self.relaxed = True
        self.run("PRAGMA synchronous = NORMAL")

    @contextmanager
    def writing(self, *, durably: bool = False) -> Iterator[None]:
        """Make a block one transaction that holds the right to write from its start; nested: part of it.

        `durably`: when it ends, it and all before it are on the disk, even in a relaxed house.
        """
        if self.conn.in_transaction:
            yield
            return
        if durably and self.relaxed:
            self.run("PRAGMA synchronous = FULL")
            try:
                with self.writing():
                    yield
            finally:
                self.run("PRAGMA synchronous = NORMAL")
            return
        self.check_place()
        self.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._undo()
            raise
        try:
            self.conn.execute("COMMIT")
        except BaseException:
            self._undo()
            raise

    def check_place(self) -> None:
        """Do nothing where the files are those that were opened: SQLite would write on into what is gone.

        Raises:
            sqlite3.OperationalError: they were moved, removed or replaced; SQLite's own code says so.
        """
        if self._found is not None and _files(self.path) != self._found:
            error = sqlite3.OperationalError("the file was moved, removed or replaced")
            error.sqlite_errorcode = sqlite3.SQLITE_READONLY_DBMOVED
            error.sqlite_errorname = "SQLITE_READONLY_DBMOVED"
            raise error

    def _undo(self) -> None:
        self.speakers.forget()
        self.sqlite.rollback()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Make a block inside a transaction undo itself, and nothing else, when it raises."""
        try:
            with self.sqlite.atomic():
                yield
        except BaseException:
            self.speakers.forget()
            raise

    def mark(self, *parts: object) -> bytes:
        """Return 16 bytes that stand for the parts without telling them to who lacks the key."""
        text = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
        return blake2b(text, digest_size=16, key=self.key[:64]).digest()

    def reference(self, chat_id: int) -> str:
        """Return eight letters by which the log speaks of a chat; who lacks the key cannot tell which."""
        return self.mark("chat in the log", chat_id).hex()[:8]

    def fault(self) -> str:
        """Return what keeps the database from being written, in a word; empty: nothing."""
        if self.conn.in_transaction:
            return ""
        try:
            space = os.statvfs(self.path.parent)
            self._try_to_write()
        except sqlite3.Error as error:
            return str(error)
        except OSError as error:
            return error.strerror or "unreachable"
        return "" if space.f_bavail * space.f_frsize >= ENOUGH else "the disk is nearly full"

    def _try_to_write(self) -> None:
        """Take and give back the right to write, or raise at once what keeps us from it."""
        with self._patience(PATIENCE_MS), self.writing():
            self.run("DELETE FROM posted WHERE chat_id IS NULL")  # there is none: only the right to write

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file and cut it to nothing: what was deleted stands nowhere."""
        with self._patience(PATIENCE_MS):
            busy = self.one("PRAGMA wal_checkpoint(TRUNCATE)")[0]
        self.needs_checkpoint = bool(busy)  # an export is reading: tried again after the next update

    @contextmanager
    def _patience(self, milliseconds: int) -> Iterator[None]:
        """Make a block wait for locks no longer than that."""
        self.run(f"PRAGMA busy_timeout = {milliseconds}")
        try:
            yield
        finally:
            self.run(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")


@contextmanager
def only_bot(path: Path) -> Iterator[None]:
    """Hold the database for one bot meanwhile: two would answer everything twice. A killed one holds nothing.

    Exports, backups and imports beside it are welcome: the lock is on a file of its own.

    Raises:
        StoreError: another bot runs on this database, or no file can be made beside it.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(path.with_name(f"{path.name}-bot")):
            yield
    except (sqlite3.OperationalError, OSError) as error:
        raise StoreError(_advice(path, error)) from error


def _migrated(path: Path) -> Database:
    admit(path)
    db = connect(path)
    try:
        with db.atomic():  # all of them or none: an upgrade that fails leaves the file as it was
            migrations.apply(db)
    except BaseException:
        db.close()
        raise
    return db


def connect(path: Path) -> Database:
    """Return a connection with the settings that durability and forgetting rest on."""
    db = Database(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None))
    try:
        for pragma in _PRAGMAS:
            db.conn.execute(f"PRAGMA {pragma}")
    except BaseException:
        db.close()
        raise
    return db


def _files(path: Path) -> _Files:
    """Return which files stand for the database now: the disk's own numbers for it and for its log."""
    return _number(path), _number(path.with_name(f"{path.name}-wal"))


def _number(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _make_private(path: Path) -> None:
    """Make folder and file where missing; let nobody but the owner read the file and its companions.

    A file that is there is never opened: closing it would drop, behind SQLite's back, all locks that this
    process holds on it, and the next program to close the database would take the log away from under us.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    for suffix in ("", "-wal", "-shm"):
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            companion.chmod(0o600)


def _advice(path: Path, error: Exception) -> str:
    """Return what to tell a person whose database cannot be used."""
    text = str(error)
    if "not a database" in text or "malformed" in text:
        return (
            f"資料庫 {path} 已損壞，或不是資料庫。請把它移到別處保存，換回備份再啟動。\n"
            f"The database {path} is damaged or not a database. Move it aside and put a backup in its place."
        )
    if "readonly" in text or "unable to open" in text or isinstance(error, OSError):
        return (
            f"無法寫入資料庫 {path}（{text}）。請檢查資料夾的權限，或用 WENDU_DATABASE 指定別的位置。\n"
            f"The database {path} cannot be written. Check the folder's permissions, or set WENDU_DATABASE."
        )
    if "full" in text:
        return (
            f"磁碟已滿，無法開啟 {path}。請清出空間後再啟動。\nThe disk is full: make room, then start again."
        )
    if "locked" in text:
        return (
            f"另一個程式正佔用資料庫 {path}。請先關閉它。\n"
            f"Another program holds the database {path}. Close it first."
        )
    return f"無法使用資料庫 {path}：{text}\nThe database {path} cannot be used."
