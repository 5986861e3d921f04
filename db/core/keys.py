"""The secret key beside the database: aliases and marks depend on it, so a copied database tells less."""

import contextlib
import os
import secrets
from pathlib import Path

from db.core.errors import StoreError

LENGTH = 32  # bytes
FOR_OTHERS = 0o077  # rights of group and all


def read_key(path: Path) -> bytes:
    """Return the key in that file, closed to others; where there is none, make one that only we may read.

    Raises:
        StoreError: the file can neither be read nor made.
    """
    try:
        return _read_or_make(path)
    except OSError as error:
        raise StoreError(
            f"讀不到也寫不出金鑰檔 {path}（{error.strerror}）。檢查權限，或用 WENDU_KEY_FILE 換個位置。\n"
            f"The key file {path} can neither be read nor made ({error.strerror})."
            " Check its permissions, or set WENDU_KEY_FILE."
        ) from error


def _read_or_make(path: Path) -> bytes:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        found = path.read_bytes()
        if path.stat().st_mode & FOR_OTHERS:
            with contextlib.suppress(OSError):  # on a read-only disk, or not ours: `wendu doctor` says so
                path.chmod(0o600)
        if len(found) >= LENGTH:
            return found
        handle = os.open(path, os.O_WRONLY | os.O_TRUNC)  # a crash before the first write left it empty
    with os.fdopen(handle, "wb") as file:
        key = secrets.token_bytes(LENGTH)
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key
