"""Backups: one zip with the database of one moment, what it is, and only if asked for the key."""

import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from db.core.errors import StoreError
from db.core.keys import LENGTH
from db.core.schema_version import damage, level
from db.core.scratch import scratch
from db.core.timestamps import written

DATABASE, ABOUT, KEY = "wendu.db", "about.json", "wendu.key"
WAITING = 5.0  # seconds for a lock
STEP = 1 << 20  # bytes copied at once
SMALL = 100_000  # bytes that what stands beside the database may have
COUNTED = ("seminars", "rounds", "remarks", "people", "questions")


@dataclass(frozen=True)
class About:
    """What a backup holds, as it says itself."""

    made_at: str  # UTC
    level: str  # the newest migration
    counts: dict[str, int]  # rows of the tables that people ask about
    sha256: str  # of the database inside
    key_mark: str  # tells one key from another, and nothing of the key
    with_key: bool


def back_up(database: Path, key: bytes, file: Path, *, now: datetime, with_key: bool = False) -> About:
    """Write a backup of the database as it is at one moment, also while the bot runs; return what it holds.

    It is opened and checked before it gets its name, and only its owner may read it.

    Raises:
        StoreError: the database cannot be read, or is damaged.
        OSError: the file cannot be written.
    """
    file.absolute().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with scratch(file.absolute().parent) as folder:
        copy = folder / DATABASE
        _copy(database, copy)
        found = examine(copy, database)
        about = About(
            made_at=written(now),
            level=found.level,
            counts=found.counts,
            sha256=_digest(copy),
            key_mark=key_mark(key),
            with_key=with_key,
        )
        packed = folder / "backup.zip"
        _pack(packed, copy, about, key if with_key else None)
        copy.unlink()
        unpack(packed, folder)  # what cannot be restored is no backup
        packed.replace(file)
    return about


@dataclass(frozen=True)
class Examined:
    """A database that is whole."""

    level: str
    counts: dict[str, int]
    refusals: int  # people known by their key's mark only, who said no


def examine(path: Path, called: Path) -> Examined:
    """Return what is in a database file, after checking every page of it; errors speak of it as `called`.

    Raises:
        StoreError: it is damaged, or not a database of this program.
    """
    with closing(Database(sqlite3.connect(path, isolation_level=None))) as db:
        fault = damage(db.conn)
        if fault:
            raise StoreError(f"{called} 已損壞：{fault}\n{called} is damaged: {fault}")
        found = level(db)
        if not found.applied:
            raise StoreError(f"{called} 不是溫度的資料庫。\n{called} is not a database of Wendu.")
        count = {name: int(db[name].count) for name in (*COUNTED, "refusals")}
        refusals = count.pop("refusals")
    return Examined(found.name, count, refusals)


def unpack(file: Path, folder: Path) -> tuple[Path, About | None, bytes | None]:
    """Return a backup's database as a checked file in that folder, what it says of itself, its key.

    A bare copy of a database is taken too; it says nothing about itself.

    Raises:
        StoreError: it is no backup, or damaged.
    """
    copy = folder / DATABASE
    about, key = None, None
    if zipfile.is_zipfile(file):
        about, key = _unpack(file, copy)
    else:
        _copy(file, copy)
    examine(copy, file)
    return copy, about, key


def key_mark(key: bytes) -> str:
    """Return a short name by which two keys can be told apart."""
    return hashlib.blake2b(b"wendu backup", digest_size=8, key=key[:64]).hexdigest()


def _copy(source: Path, target: Path) -> None:
    """Copy a database with SQLite's own means: one moment of it, whoever writes meanwhile."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with (
            closing(sqlite3.connect(source, timeout=WAITING)) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without companions
    except sqlite3.Error as error:
        raise StoreError(
            f"讀不到資料庫 {source}：{error}\nThe database {source} cannot be read: {error}"
        ) from error


def _pack(packed: Path, copy: Path, about: About, key: bytes | None) -> None:
    handle = os.open(packed, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(ABOUT, json.dumps(asdict(about), indent=2) + "\n")
            archive.write(copy, DATABASE)
            if key is not None:
                archive.writestr(KEY, key)
        file.flush()
        os.fsync(file.fileno())


def _unpack(file: Path, copy: Path) -> tuple[About, bytes | None]:
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_bombs(archive, file, copy.parent)
            about = About(**json.loads(archive.read(ABOUT)))
            with archive.open(DATABASE) as packed, copy.open("xb") as out:
                copy.chmod(0o600)
                while part := packed.read(STEP):
                    out.write(part)
            key = archive.read(KEY) if KEY in archive.namelist() else None
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError, RecursionError) as error:
        raise StoreError(f"{file} 不是完好的備份。\n{file} is not a whole backup.") from error
    if _digest(copy) != about.sha256 or (key is not None and not _is_key(key, about)):
        raise StoreError(f"{file} 的內容被改過。\nWhat is in {file} was changed.")
    return about, key


def _is_key(key: bytes, about: About) -> bool:
    """Return whether that is the whole key of the database: with another one, who said no is not known."""
    return len(key) >= LENGTH and key_mark(key) == about.key_mark


def _refuse_bombs(archive: zipfile.ZipFile, file: Path, folder: Path) -> None:
    """Look at what the file says of itself, before anything is unpacked: zipfile gives no more than that."""
    for name in {ABOUT, KEY} & set(archive.namelist()):
        if archive.getinfo(name).file_size > SMALL:
            raise StoreError(f"{file} 不是完好的備份。\n{file} is not a whole backup.")
    size, room = archive.getinfo(DATABASE).file_size, shutil.disk_usage(folder).free
    if size > room:
        raise StoreError(
            f"{file} 解開要 {size:,} 位元組，磁碟只剩 {room:,}，沒有動任何檔案。\n"
            f"{file} needs {size:,} bytes and the disk has {room:,} left; nothing was touched."
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
