"""What can be wrong with the store, said so that a teacher knows what to do."""

import sqlite3

_OF_THE_DISK = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    }
)


class StoreError(Exception):
    """The database cannot be used; the message says why and what to do, in Chinese and English."""


class RoundOpen(Exception):  # noqa: N818  named by what is the case, as in the contract with the handlers
    """A round of this seminar is open already."""


def of_the_disk(error: BaseException) -> bool:
    """Return whether disk, file or another program are at fault: the same may succeed later."""
    code = getattr(error, "sqlite_errorcode", None)  # extended codes carry the plain one in their low byte
    return isinstance(error, sqlite3.Error) and code is not None and (code & 0xFF) in _OF_THE_DISK
