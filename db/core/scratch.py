"""Half-made copies of what a class said, in folders that a killed program leaves and the next one removes."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp

PREFIX, LOCK = ".wendu-", "lock"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock in a file that nothing else is in; the system lets it go when this program is killed.

    Raises:
        sqlite3.OperationalError: another program holds it ("locked"), or there can be no such file.
    """
    with closing(sqlite3.connect(path, timeout=0.0, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def scratch(near: Path | None = None) -> Iterator[Path]:
    """Give a folder in `near`, or where the system has such, for its owner only, that is gone afterwards."""
    clean(near)
    folder = Path(mkdtemp(dir=near, prefix=PREFIX))
    try:
        with locked(folder / LOCK):
            yield folder
    finally:
        with suppress(FileNotFoundError):
            _remove(folder)


def leftovers(near: Path | None = None) -> list[Path]:
    """Return the folders in there that killed programs left."""
    near = near or Path(gettempdir())
    return [folder for folder in near.glob(f"{PREFIX}*") if _let_go(folder)]


def clean(near: Path | None = None) -> None:
    """Remove what killed programs left in there; what cannot be removed, `wendu doctor` names."""
    for folder in leftovers(near):
        with suppress(OSError):
            _remove(folder)


def _remove(folder: Path) -> None:
    """Remove the lock last: what is left when this is killed is known by it."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name == LOCK):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    folder.rmdir()


def _let_go(folder: Path) -> bool:
    try:
        if not (folder / LOCK).is_file():
            return False  # being made this very moment
        with locked(folder / LOCK):
            return True
    except (sqlite3.Error, OSError):
        return False
