"""Remarks: what was said in a round, each with all its versions."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NotRequired, TypedDict, Unpack

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
_IN_ORDER = " ORDER BY r.id, v.version"


class NewRemark(TypedDict):
    """The first version of a message."""

    round_id: int
    person_id: int
    chat_id: int
    message_id: int
    at: datetime
    text: str
    kind: NotRequired[str]  # text unless it is said
    reply_to: NotRequired[int | None]
    via: NotRequired[Literal["group", "answer", "relay"]]  # group unless it is said


class Remarks:
    """The log of each round."""

    def __init__(self, db: OpenDatabase, aliases: Aliases) -> None:
        """Read and write in that database."""
        self._db = db
        self._aliases = aliases

    def log(self, **new: Unpack[NewRemark]) -> bool:
        """Log the first version of a message and see to its sender's alias; False: it is logged already.

        It asks nobody for consent: the caller has. What people say in groups is logged by gathering.py.
        """
        moment = written(new["at"])
        with self._db.writing():
            made = self._db.run(
                "INSERT INTO remarks (chat_id, message_id, round_id, person_id, sent_at, kind,"
                " reply_to_message_id, via) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (chat_id, message_id) DO NOTHING",
                (
                    new["chat_id"],
                    new["message_id"],
                    new["round_id"],
                    new["person_id"],
                    moment,
                    new.get("kind", "text"),
                    new.get("reply_to"),
                    new.get("via", "group"),
                ),
            )
            if made.rowcount:
                self._db.run(
                    "INSERT INTO versions (remark_id, version, written_at, text) VALUES (?, 1, ?, ?)",
                    (made.lastrowid, moment, new["text"]),
                )
                (seminar_id,) = self._db.one("SELECT seminar_id FROM rounds WHERE id = ?", (new["round_id"],))
                self._aliases.of(seminar_id, new["person_id"])
        return bool(made.rowcount)

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
        with self._db.places.untouched():
            self._db.run(
                "INSERT INTO versions (remark_id, version, written_at, text) VALUES (?, ?, ?, ?)",
                (found["id"], found["version"] + 1, written(at), text),
            )
        return True

    def of(self, round_id: int) -> list[Remark]:
        """Return the round's remarks in the order they came, each in its latest version."""
        return self._db.records(Remark, _SELECT + _LATEST + _IN_ORDER, (round_id,))

    def until(self, round_id: int, *, at: datetime, last: int) -> list[Remark]:
        """Return the round's remarks up to the one of that id, each as it was written at that time."""
        return self._db.records(Remark, _SELECT + _UNTIL + _IN_ORDER, (round_id, written(at), last))

    def all_versions(self, round_id: int) -> Iterator[Remark]:
        """Yield every version of every remark of the round, in the order they came."""
        for row in self._db.conn.execute(_SELECT + _IN_ORDER, (round_id,)):
            yield from_row(Remark, row)
