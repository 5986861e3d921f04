"""Whether the database can be written right now."""

import os
import sqlite3

from db.core.database import BUSY_SECONDS, OpenDatabase

PATIENCE_MS = 20  # who asks wants to know now, and the whole house waits meanwhile
ENOUGH = 16 * 1024 * 1024  # bytes free, below which writing is about to fail


class Health:
    """Whether the database can be written right now."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def fault(self) -> str:
        """Return what keeps the database from being written, in a word; empty: nothing."""
        if self._db.conn.in_transaction:
            return ""
        try:
            space = os.statvfs(self._db.path.parent)
            self._try_to_write()
        except sqlite3.Error as error:
            return str(error)
        except OSError as error:
            return error.strerror or "unreachable"
        return "" if space.f_bavail * space.f_frsize >= ENOUGH else "the disk is nearly full"

    def _try_to_write(self) -> None:
        """Take and give back the right to write, or raise at once what keeps us from it."""
        self._db.run(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        try:
            with self._db.writing():
                self._db.run(
                    "DELETE FROM posted WHERE chat_id IS NULL"
                )  # there is none: only the right to write
        finally:
            self._db.run(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
