"""What is on this computer: database, key, disk, packs, fonts, schedule."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bot.checkup.findings import CheckResult, bad, better, fine, said
from bot.config import Settings, shown
from bot.pack.checks.check_pack import check_pack
from bot.pack.load import load_pack
from bot.pages.charts.canvas import to_png
from bot.pages.fonts import FAMILY, FILES, coverage
from db.core.errors import StoreError
from db.core.inspect import Inspection, inspect
from db.core.keys import FOR_OTHERS, LENGTH
from db.core.scratch import leftovers

SCARCE, LITTLE = 64 * 1024**2, 1024**3  # bytes free
LATE = timedelta(minutes=5)  # a prompt that is due is posted within one, while the bot runs
WRITING = 0o222
DRAWN = (
    f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
    f'<text y="16" font-size="16" font-family="{FAMILY}">溫</text></svg>'
)


def database(settings: Settings, language: str, now: datetime) -> Iterator[CheckResult]:
    """Yield whether the database is whole and can be written, and what is due in it."""
    path = settings.database
    if not path.exists():
        folder = _nearest(path)
        able = os.access(folder, os.W_OK | os.X_OK)
        yield fine("no_database", path=path) if able else bad("no_room", path=path, folder=folder)
        yield fine("nothing_scheduled")
        return
    try:
        found = inspect(path, since=now - LATE)
    except StoreError as error:
        yield bad("database", error=said(error, language))
        return
    except sqlite3.Error as error:
        yield bad("unreadable", path=path, error=error)
        return
    if found.damage:
        yield bad("damaged", path=path, error=found.damage)
    elif found.unwritable:
        yield bad("unwritable", path=path, error=found.unwritable)
    elif found.behind:
        yield better("behind", path=path, count=found.behind)
    else:
        yield fine("whole", path=path, size=f"{path.stat().st_size / 1e6:.1f}")
    yield from _due(found, settings)


def _due(found: Inspection, settings: Settings) -> Iterator[CheckResult]:
    if found.overdue:
        yield bad("overdue", count=found.overdue)
    elif found.next_due:
        at = f"{found.next_due.astimezone(settings.timezone):%Y-%m-%d %H:%M}"
        yield fine("scheduled", count=found.scheduled, at=at)
    else:
        yield fine("nothing_scheduled")
    if found.waiting:
        yield better("waiting", count=found.waiting)


def _nearest(path: Path) -> Path:
    """Return the folder in which the file is, or in which its own folders will be made."""
    return next(folder for folder in path.absolute().parents if folder.exists())


def key(settings: Settings) -> CheckResult:
    """Return whether the key is there, whole, and for its owner only."""
    path = settings.secret_key_file
    if not path.exists():
        return bad("key_gone", path=path) if settings.database.exists() else fine("no_key", path=path)
    if path.stat().st_mode & FOR_OTHERS:
        return bad("key_open", path=path)
    try:
        long_enough = len(path.read_bytes()) >= LENGTH
    except OSError as error:
        return bad("key_unreadable", path=path, error=error.strerror)
    return fine("key", path=path) if long_enough else bad("key_short", path=path)


def folder(settings: Settings) -> Iterator[CheckResult]:
    """Yield that others can put another file in the database's place, if they can."""
    place = settings.database.absolute().parent
    if place.exists() and place.stat().st_mode & (FOR_OTHERS & WRITING):
        yield bad("folder_open", path=place)


def left_copies(settings: Settings) -> Iterator[CheckResult]:
    """Yield where killed programs left copies of what a class said: beside the database, here, in /tmp."""
    beside = settings.database.absolute().parent
    places = {beside, Path.cwd(), *(path for path in beside.glob("*") if path.is_dir())}
    for path in (path for place in (*sorted(places), None) for path in leftovers(place)):
        yield bad("left_copy", path=path)


def secrets_file(path: Path) -> Iterator[CheckResult]:
    """Yield whether others can read the file with the token, if there is one."""
    if path.is_file():
        yield (
            better("dotenv_open", path=path)
            if path.stat().st_mode & FOR_OTHERS
            else fine("dotenv", path=path)
        )


def disk(settings: Settings) -> CheckResult:
    """Return whether there is room for a class's log."""
    folder = _nearest(settings.database)
    free = shutil.disk_usage(folder).free
    shown = f"{free / 1e9:.1f}"
    if free < SCARCE:
        return bad("disk_full", folder=folder, free=shown)
    return better("disk_little", folder=folder, free=shown) if free < LITTLE else fine("disk", free=shown)


def packs(settings: Settings) -> Iterator[CheckResult]:
    """Yield for each pack whether it passes `wendu pack check`, and whether the chosen one is there."""
    folders = sorted(path.parent for path in settings.packs.glob("*/pack.md"))
    if settings.pack not in {folder.name for folder in folders}:
        there = "、".join(folder.name for folder in folders) or "–"
        yield bad("pack_missing", name=shown(settings.pack), folder=settings.packs, there=there)
    for folder in folders:
        errors = check_pack(folder, strict=True)
        if errors:
            yield bad("pack_broken", name=folder.name, count=len(errors))
        else:
            yield fine("pack", name=folder.name, count=len(load_pack(folder).snippets))


def fonts() -> CheckResult:
    """Return whether pictures can be drawn with the bundled fonts."""
    try:
        seen = to_png(DRAWN) != to_png(DRAWN.replace("溫", " "))  # without its font a character is left out
    except (OSError, ValueError) as error:
        return bad("fonts", error=error)
    gone = "、".join(path.name for path in FILES.values() if not path.is_file())
    return fine("drawn", count=len(coverage())) if seen and not gone else bad("fonts", error=gone or "–")
