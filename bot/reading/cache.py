"""Things that take long to make and are the same every time, kept in the user's cache folder.

A file is its SHA-256 and then JSON: what is torn, changed or from elsewhere is made anew. Files are put in
place by a rename, so that two processes at once do no harm. Where nothing can be written, nothing is kept.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def folder() -> Path:
    """Return where Wendu keeps what it can make again."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "wendu"


def cached(name: str, make: Callable[[], Any]) -> Any:
    """Return what `make` returns (plain JSON), from the cache if it is there. The name holds its version."""
    path = folder() / f"{name}.json"
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
        except OSError:
            Path(temporary).unlink(missing_ok=True)
    except OSError:
        return
