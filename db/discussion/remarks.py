"""Remarks: what was said in a round, each with all its versions."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from bot.seminar.records import Remark
from db.core.database import OpenDatabase
from db.core.records import from_row
from db.core.timestamps import written
from db.privacy.aliases import Aliases

_SELECT = """
SELECT r.chat_id, r.message_id, v.version, r.round_id, r.person_id, coalesce(m.alias, a.alias, '') AS alias,
  r.sent_at, v.text, r.kind, r.reply_to_message_id, r.via
FROM remarks r
JOIN versions v ON v.remark_id = r.id
JOIN rounds o ON o.id = r.round_id
LEFT JOIN aliases a ON a.seminar_id = o.seminar_id AND a.person_id = r.person_id
LEFT JOIN masks m ON r.via = 'relay' AND m.round_id = r.round_id AND m.person_id = r.person_id
WHERE r.round_id = ?
"""
_LATEST = " AND v.version = (SELECT max(version) FROM versions w WHERE w.remark_id = r.id)"
_UNTIL = (
    " AND v.version = (SELECT max(version) FROM versions w WHERE w.remark_id = r.id AND w.written_at <= ?)"
    " AND r.id <= ?"
)
# As it was said, like exports/tables.py.
_IN_ORDER = " ORDER BY r.sent_at, r.chat_id DESC, abs(r.message_id), r.id, v.version"


_INSERT = """
INSERT INTO remarks
  (id, chat_id, message_id, round_id, person_id, sent_at, kind, reply_to_message_id, via, import_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (chat_id, message_id) DO NOTHING
"""
_VERSION = "INSERT INTO versions (written_at, text, remark_id, version) VALUES (?, ?, ?, ?)"
_VERSION_OF_NEW = """
INSERT INTO versions (written_at, text, remark_id, version) SELECT ?1, ?2, id, ?4 FROM remarks WHERE id = ?3
"""


class NewRemark(NamedTuple):
    """The first version of a message. A tuple: thousands a second are made."""

    round_id: int
    person_id: int
    chat_id: int
    message_id: int
    sent_at: datetime
    text: str
    kind: str = "text"
    reply_to: int | None = None
    via: Literal["group", "answer", "relay"] = "group"
    written_at: datetime | None = None  # of an imported one that was edited before it came to us
    import_id: int | None = None


class Remarks:
    """The log of each round."""

    def __init__(self, db: OpenDatabase, aliases: Aliases) -> None:
        """Read and write in that database."""
        self._db = db
        self._aliases = aliases

    def log(self, new: NewRemark) -> bool:
        """Log the first version of a message and see to its sender's alias; False: it is logged already.

        It asks nobody for consent: the caller has.
        """
        with self._db.writing():
            if not self.write([new]):
                return False
            (seminar_id,) = self._db.one("SELECT seminar_id FROM rounds WHERE id = ?", (new.round_id,))
            self._aliases.of(seminar_id, new.person_id)
        return True

    def write(self, new: Sequence[NewRemark]) -> int:
        """Write first versions in a transaction of the caller's; return how many were not logged yet.

        It asks for nothing: the caller has seen to consent and aliases.
        """
        (last,) = self._db.one("SELECT coalesce(max(id), 0) FROM remarks")
        remarks, versions = [], []
        for number, one in enumerate(new, last + 1):
            sent = written(one.sent_at)
            remarks.append(
                (
                    number,
                    one.chat_id,
                    one.message_id,
                    one.round_id,
                    one.person_id,
                    sent,
                    one.kind,
                    one.reply_to,
                    one.via,
                    one.import_id,
                )
            )
            versions.append((written(one.written_at) if one.written_at else sent, one.text, number, 1))
        with self._db.speakers.untouched():
            added = self._db.run_each(_INSERT, remarks)
            self._db.run_each(_VERSION if added == len(remarks) else _VERSION_OF_NEW, versions)
        return added

    def edit(self, *, chat_id: int, message_id: int, at: datetime, text: str) -> bool:
        """Add a version to a remark of an open round; False: unknown, closed, or the text it has already."""
        found = self._db.one(
            "SELECT r.id, v.version, v.text FROM remarks r JOIN versions v ON v.remark_id = r.id"
            " JOIN rounds o ON o.id = r.round_id AND o.closed_at IS NULL"
            " WHERE r.chat_id = ? AND r.message_id = ? ORDER BY v.version DESC LIMIT 1",
            (chat_id, message_id),
        )
        if found is None or found["text"] == text:
            return False
        with self._db.speakers.untouched():
            self._db.run(_VERSION, (written(at), text, found["id"], found["version"] + 1))
        return True

    def of(self, round_id: int) -> list[Remark]:
        """Return the round's remarks in the order they were said, each in its latest version."""
        return self._db.records(Remark, _SELECT + _LATEST + _IN_ORDER, (round_id,))

    def until(self, round_id: int, *, at: datetime, last: int) -> list[Remark]:
        """Return the round's remarks up to the one of that id, each as it was written at that time."""
        return self._db.records(Remark, _SELECT + _UNTIL + _IN_ORDER, (round_id, written(at), last))

    def all_versions(self, round_id: int) -> Iterator[Remark]:
        """Yield every version of every remark of the round, in the order they were said."""
        for row in self._db.conn.execute(_SELECT + _IN_ORDER, (round_id,)):
            yield from_row(Remark, row)


class RemarkBatch:
    """First versions, gathered in a transaction and written together: that takes half the time.

    Who reads the log must have it written first.
    """

    def __init__(self, remarks: Remarks) -> None:
        """Gather for that log."""
        self._remarks = remarks
        self._new: list[NewRemark] = []

    def add(self, new: NewRemark) -> None:
        """Take in a message."""
        self._new.append(new)

    def write(self) -> None:
        """Write what has been gathered, in its order."""
        if self._new:
            self._remarks.write(self._new)
            self._new.clear()
