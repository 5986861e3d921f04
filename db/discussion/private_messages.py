"""Notes: which private messages were written for which round, in case their writer changes them."""

from dataclasses import dataclass

from db.core.database import OpenDatabase


@dataclass(frozen=True)
class Note:
    """A message that was written to us for a round."""

    round_id: int
    last: bool  # nothing was written for the round by that person after it


class PrivateMessages:
    """Which private message was written for which round."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def note(self, person_id: int, message_id: int, round_id: int) -> None:
        """Remember that the person's private message of that number was for the round."""
        self._db.run(
            "INSERT INTO notes (person_id, message_id, round_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (person_id, message_id, round_id),
        )

    def noted(self, person_id: int, message_id: int) -> Note | None:
        """Return for which round the person's private message of that number was written; None: for none."""
        row = self._db.one(
            "SELECT round_id, NOT EXISTS (SELECT 1 FROM notes later WHERE later.person_id = n.person_id"
            " AND later.round_id = n.round_id AND later.message_id > n.message_id) AS last"
            " FROM notes n WHERE person_id = ? AND message_id = ?",
            (person_id, message_id),
        )
        return None if row is None else Note(row["round_id"], bool(row["last"]))
