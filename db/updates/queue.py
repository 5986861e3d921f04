"""The journal 收件匣: what of it waits for its turn, and what becomes of it then.

How updates get in: receiving.py. What was handled leaves nothing but a mark, from which neither words nor
people can be read.
"""

import json
import sqlite3
from typing import Any

from db.core.database import Ground
from db.core.errors import of_the_disk
from db.core.timestamps import written
from db.updates.admission import Fate, admit
from db.updates.incoming import Incoming, Pending, RemarkDraft
from db.updates.redaction import shape, without_words
from db.updates.remark_batch import Gathered

__all__ = ["Incoming", "Pending", "RemarkDraft"]  # they pass through here; their home is incoming.py


def pending(ground: Ground) -> list[Pending]:
    """Return all that waits, in the order it came and yet to be sorted; for the start after a crash."""
    rows = ground.all("SELECT journal_id, raw, plain FROM waiting ORDER BY journal_id")
    return [Pending(row["journal_id"], json.loads(row["raw"]), bool(row["plain"])) for row in rows]


def take_turn(ground: Ground, waiting: Pending, draft: RemarkDraft | None) -> bool:
    """Log a message whose turn has come; return whether that was all, so that no handler is needed."""
    if draft is None and not waiting.plain:
        return False
    with ground.writing():
        ground.places.look_up()
        gathered = Gathered(ground)
        fate = Fate.ELSEWHERE if draft is None else admit(ground, draft, gathered)
        gathered.write()
        finished = waiting.plain or fate is not Fate.ELSEWHERE
        if finished:
            _remove(ground, waiting.id)
            ground.unclean = ground.unclean or fate is not Fate.KEPT  # it was never to be stored
    _tidy(ground)
    return finished


def done(ground: Ground, journal_id: int) -> None:
    """Mark the update as handled and remove its words."""
    with ground.writing():
        _remove(ground, journal_id)
    _tidy(ground)


def quarantine(ground: Ground, journal_id: int, reason: str, *, raw: Any = None) -> None:
    """Put aside an update that cannot be handled: its reason and its shape are kept, its words are not."""
    with ground.writing():
        if raw is None:
            row = ground.one("SELECT raw FROM waiting WHERE journal_id = ?", (journal_id,))
            raw = None if row is None else json.loads(row["raw"])
        _remove(ground, journal_id)
        ground.run(
            "UPDATE journal SET reason = ?, shape = ? WHERE id = ?",
            (without_words(reason, raw), json.dumps(shape(raw)), journal_id),
        )
    _tidy(ground)


def _remove(ground: Ground, journal_id: int) -> None:
    gone = ground.one("DELETE FROM waiting WHERE journal_id = ? RETURNING private", (journal_id,))
    if gone is not None and gone["private"]:
        ground.unclean = True
    ground.run("DELETE FROM outbox WHERE journal_id = ?", (journal_id,))
    ground.run("UPDATE journal SET done_at = ? WHERE id = ?", (written(ground.clock()), journal_id))


def _tidy(ground: Ground) -> None:
    """Wash once no transaction runs, where somebody who said no has left words in the write-ahead log.

    A disk that is full puts it off till after the next update: this one is done, and must not be done again.
    """
    if not ground.unclean or ground.db.conn.in_transaction:
        return
    try:
        ground.wash()
    except sqlite3.Error as error:
        if not of_the_disk(error):
            raise
