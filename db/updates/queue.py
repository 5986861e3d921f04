"""The journal 收件匣: what of it waits for its turn, and what becomes of it then.

How updates get in: receiving.py. What was handled leaves nothing but a mark, from which neither words nor
people can be read.
"""

import json
import sqlite3
from typing import Any

from db.core.database import OpenDatabase
from db.core.errors import of_the_disk
from db.core.timestamps import written
from db.updates.admission import Admission, Fate
from db.updates.incoming import Incoming, Pending, RemarkDraft
from db.updates.redaction import shape, without_words
from db.updates.remark_batch import Gathered

__all__ = ["Incoming", "Pending", "RemarkDraft"]  # they pass through here; their home is incoming.py


class Queue:
    """What waits for its turn, and what becomes of it then."""

    def __init__(self, db: OpenDatabase, admission: Admission) -> None:
        """Read and write in that database."""
        self._db = db
        self._admission = admission

    def pending(self) -> list[Pending]:
        """Return all that waits, in the order it came and yet to be sorted; for the start after a crash."""
        rows = self._db.all("SELECT journal_id, raw, plain FROM waiting ORDER BY journal_id")
        return [Pending(row["journal_id"], json.loads(row["raw"]), bool(row["plain"])) for row in rows]

    def take_turn(self, waiting: Pending, draft: RemarkDraft | None) -> bool:
        """Log a message whose turn has come; return whether that was all, so that no handler is needed."""
        if draft is None and not waiting.plain:
            return False
        with self._db.writing():
            self._db.places.look_up()
            gathered = Gathered(self._db)
            fate = Fate.ELSEWHERE if draft is None else self._admission.admit(draft, gathered)
            gathered.write()
            finished = waiting.plain or fate is not Fate.ELSEWHERE
            if finished:
                self._remove(waiting.id)
                self._db.unclean = self._db.unclean or fate is not Fate.KEPT  # it was never to be stored
        self._tidy()
        return finished

    def done(self, journal_id: int) -> None:
        """Mark the update as handled and remove its words."""
        with self._db.writing():
            self._remove(journal_id)
        self._tidy()

    def quarantine(self, journal_id: int, reason: str, *, raw: Any = None) -> None:
        """Put aside an update that cannot be handled: its reason and shape are kept, its words not."""
        with self._db.writing():
            if raw is None:
                row = self._db.one("SELECT raw FROM waiting WHERE journal_id = ?", (journal_id,))
                raw = None if row is None else json.loads(row["raw"])
            self._remove(journal_id)
            self._db.run(
                "UPDATE journal SET reason = ?, shape = ? WHERE id = ?",
                (without_words(reason, raw), json.dumps(shape(raw)), journal_id),
            )
        self._tidy()

    def _remove(self, journal_id: int) -> None:
        gone = self._db.one("DELETE FROM waiting WHERE journal_id = ? RETURNING private", (journal_id,))
        if gone is not None and gone["private"]:
            self._db.unclean = True
        self._db.run("DELETE FROM outbox WHERE journal_id = ?", (journal_id,))
        self._db.run("UPDATE journal SET done_at = ? WHERE id = ?", (written(self._db.clock()), journal_id))

    def _tidy(self) -> None:
        """Wash once no transaction runs, where somebody who said no has left words in the write-ahead log.

        A disk that is full puts it off till after the next update: this one is done, and must not be done
        again.
        """
        if not self._db.unclean or self._db.conn.in_transaction:
            return
        try:
            self._db.wash()
        except sqlite3.Error as error:
            if not of_the_disk(error):
                raise
