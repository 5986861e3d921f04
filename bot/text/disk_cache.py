"""Things that take long to make and are the same every time, kept in the user's cache folder.

A file is its SHA-256 and then JSON: what is torn, changed or from elsewhere is made anew. Files are put in
place by a rename, so that two processes at once do no harm. Where nothing can be written, nothing is kept.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

MOST_FILES = 24
ROOMS = ("text", "pack", "answering")  # what a prepared pack is made by; a test holds it to the imports


def folder() -> Path:
    """Return where Wendu keeps what it can make again."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "wendu"


@lru_cache(maxsize=1)
def _version() -> str:
    """Return a short name for the state of all code and lists that make what is cached."""
    return state_of(Path(__file__).parents[1])


def state_of(bot: Path) -> str:
    """Return a short name for the state of every room that a prepared pack is made by."""
    digest = hashlib.sha256()
    for room in ROOMS:
        for path in sorted(path for path in (bot / room).rglob("*") if path.suffix in {".py", ".txt"}):
            state = path.stat()
            digest.update(f"{path.relative_to(bot)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:12]


def cached(name: str, make: Callable[[], Any]) -> Any:
    """Return what `make` returns (plain JSON), from the cache if it is there. The name tells the content."""
    path = folder() / f"{name}.{_version()}.json"
    found = _read(path)
    if found is None:
        found = make()
        _write(path, found)
    return found


def _read(path: Path) -> Any:
    try:
        digest, _, body = path.read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != digest:
            return None
        return json.loads(body)
    except (OSError, ValueError, RecursionError):
        return None


def _write(path: Path, value: object) -> None:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            Path(temporary).replace(path)
            _forget_old(path.parent)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
    except OSError:
        return


def _forget_old(kept_in: Path) -> None:
    """Remove what was made longest ago, so that the folder does not grow for ever."""
    files = sorted(kept_in.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[MOST_FILES:]:
        path.unlink(missing_ok=True)
