"""Putting a backup in the place of the database, which is kept aside."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.backup.archive import About, examine, key_mark, unpack
from db.core.database import only_bot
from db.core.errors import StoreError
from db.core.schema_version import admit
from db.core.scratch import scratch

COMPANIONS = ("", "-wal", "-shm")


@dataclass(frozen=True)
class Restored:
    """What was put in place, and what was kept aside."""

    about: About | None
    counts: dict[str, int]
    aside: tuple[Path, ...]


def restore(  # noqa: PLR0913  what may be chosen
    file: Path,
    database: Path,
    key_file: Path,
    *,
    now: datetime,
    force: bool = False,
    without_key: bool = False,
) -> Restored:
    """Put the backup in the place of the database; what was there is kept aside.

    `force`: also over a database that is there. `without_key`: also where its key is neither in it nor there.

    Raises:
        StoreError: another program holds the database, one is there, the key is missing, or it is no backup.
        OSError: a file cannot be written.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    there = database.exists() and database.stat().st_size > 0
    if there and not force:
        raise StoreError(
            f"{database} 已經存在，沒有動它。確定要換掉就加 --force（舊的會留在旁邊）。\n"
            f"There is a database at {database}; it was left alone. With --force it is kept aside."
        )
    with scratch(database.parent) as folder:
        copy, about, key = unpack(file, folder)
        admit(copy)  # a backup of a newer version is said now, not at the next start
        found = examine(copy, file)
        if found.refusals and not without_key:
            _want_key(about, key, key_file)
        name = f".before-{now:%Y%m%dT%H%M%SZ}"
        aside: list[Path] = []
        with only_bot(database), _held(database):
            if key is not None:  # first: who is killed in between must not be given a key that knows nobody
                aside += _put_key(key, key_file, name)
            aside += _put(copy, database, name)
    return Restored(about, found.counts, tuple(aside))


def _want_key(about: About | None, key: bytes | None, key_file: Path) -> None:
    """Nobody who said no may be logged because the key by which they are known was left behind."""
    own = key or (key_file.read_bytes() if key_file.exists() else b"")
    if own and (about is None or key_mark(own) == about.key_mark):
        return
    raise StoreError(
        f"這份備份裡有人說過「不要記錄我」，要有原來的金鑰才認得出他們。請把原來的金鑰放到 {key_file}，"
        "或加 --without-key（他們要再說一次）。\n"
        "This backup knows people who said no, by marks that only its key can read. "
        f"Put that key at {key_file}, or add --without-key (they will have to say no again)."
    )


@contextmanager
def _held(database: Path) -> Iterator[None]:
    """Hold the database that is there, so that nobody opens it meanwhile; its log is folded into it."""
    if not database.exists():
        yield
        return
    with closing(connect_alone(database)):
        yield


def connect_alone(database: Path) -> sqlite3.Connection:
    """Return a connection that no other process has beside it; a damaged file is held by nobody.

    Raises:
        StoreError: another process has the database open.
    """
    held = sqlite3.connect(database, timeout=0.0, isolation_level=None)
    try:
        held.execute("PRAGMA locking_mode = EXCLUSIVE")
        held.execute("PRAGMA journal_mode = DELETE")
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        held.close()
        raise StoreError(
            f"另一個程式正在用資料庫 {database}（{error}）。請先停下機器人。\n"
            f"Another program has the database {database} open. Stop the bot first."
        ) from error
    except sqlite3.DatabaseError:  # damaged: it is moved aside as it is
        held.execute("PRAGMA locking_mode = NORMAL")
    return held


def _put(copy: Path, database: Path, name: str) -> list[Path]:
    """Put the copy in place in one step, so that there is a database at every moment; keep the old one."""
    aside = []
    for suffix in COMPANIONS:
        old = database.with_name(database.name + suffix)
        if old.exists() and old.stat().st_size:
            aside.append(_kept(old, database.with_name(f"{database.name}{name}{suffix}")))
        if suffix:  # never beside the new one, which would take it for its own
            old.unlink(missing_ok=True)
    copy.replace(database)
    _settle(database.parent)
    return aside


def _put_key(key: bytes, key_file: Path, name: str) -> list[Path]:
    aside = []
    if key_file.exists():
        if key_file.read_bytes() == key:
            return []
        aside.append(_kept(key_file, key_file.with_name(key_file.name + name)))
    key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with scratch(key_file.parent) as folder:
        handle = os.open(folder / "key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(key)
            out.flush()
            os.fsync(out.fileno())
        (folder / "key").replace(key_file)
    return aside


def _kept(old: Path, aside: Path) -> Path:
    """Give what is there a second name, without taking it away."""
    if aside.exists() and aside.samefile(old):
        return aside  # a killed restore came so far
    try:
        os.link(old, aside)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no second names, such as a memory stick's
        shutil.copy2(old, aside)
    return aside


def _settle(folder: Path) -> None:
    """Have the new name on the disk before it is said that the backup is in place."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
