"""Moves: kept from the moment they are spotted, with what triggered them and what became of them."""

from datetime import datetime
from typing import Any

from bot.seminar.moves.records import Move, Spotted, State, Trigger
from db.core.database import OpenDatabase
from db.core.timestamps import maybe, read, written

_SELECT = (
    "SELECT m.*, r.chat_id AS trigger_chat_id, r.message_id AS trigger_message_id"
    " FROM moves m LEFT JOIN remarks r ON r.id = m.remark_id"
)


class Moves:
    """The moves of each round, and what became of them."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def note(self, round_id: int, spotted: Spotted, *, text: str, due_at: datetime) -> int:
        """Keep a move that begins to wait; return its id."""
        trigger = spotted.trigger
        made = self._db.run(
            "INSERT INTO moves (round_id, kind, remark_id, about, text, since, due_at) VALUES"
            " (?, ?, (SELECT id FROM remarks WHERE chat_id = ? AND message_id = ?), ?, ?, ?, ?)",
            (
                round_id,
                spotted.kind,
                trigger and trigger.chat_id,
                trigger and trigger.message_id,
                spotted.about,
                text,
                written(spotted.since),
                written(due_at),
            ),
        )
        return int(made.lastrowid or 0)

    def of(self, round_id: int) -> list[Move]:
        """Return the round's moves, in the order they were spotted."""
        return [
            _move(row) for row in self._db.all(f"{_SELECT} WHERE m.round_id = ? ORDER BY m.id", (round_id,))
        ]

    def by_id(self, move_id: int) -> Move | None:
        """Return the move, or None."""
        row = self._db.one(f"{_SELECT} WHERE m.id = ?", (move_id,))
        return None if row is None else _move(row)

    def left_open(self) -> list[Move]:
        """Return the moves that still wait or are offered although their round is closed."""
        rows = self._db.all(
            f"{_SELECT} JOIN rounds o ON o.id = m.round_id AND o.closed_at IS NOT NULL"
            " WHERE m.state IN ('waiting', 'offered') ORDER BY m.id"
        )
        return [_move(row) for row in rows]

    def offer(self, move_id: int, *, at: datetime, to: int) -> bool:
        """Claim a waiting move to offer it to that person; False: it waits no more."""
        done = self._db.run(
            "UPDATE moves SET state = 'offered', offered_at = ?, offered_to = ?"
            " WHERE id = ? AND state = 'waiting'",
            (written(at), to, move_id),
        )
        return bool(done.rowcount)

    def settle(
        self, move_id: int, state: State, *, at: datetime, why: str = "", by: int | None = None
    ) -> bool:
        """Claim an open move for its last state; False: somebody was quicker."""
        done = self._db.run(
            "UPDATE moves SET state = ?, settled_at = ?, why = ?, settled_by = ?"
            " WHERE id = ? AND state IN ('waiting', 'offered')",
            (state, written(at), why, by, move_id),
        )
        return bool(done.rowcount)

    def note_failed(self, move_id: int, *, at: datetime, why: str) -> None:
        """Note that Telegram did not let us say or offer the move."""
        self._db.run(
            "UPDATE moves SET state = 'undelivered', settled_at = ?, why = ? WHERE id = ?",
            (written(at), why, move_id),
        )

    def note_shown(self, move_id: int, chat_id: int, message_id: int) -> None:
        """Keep which message in the group the move became."""
        self._db.run(
            "UPDATE moves SET chat_id = ?, message_id = ? WHERE id = ?", (chat_id, message_id, move_id)
        )

    def note_offer_shown(self, move_id: int, message_id: int) -> None:
        """Keep which message in the teacher's private chat the offer became."""
        self._db.run("UPDATE moves SET offer_message_id = ? WHERE id = ?", (message_id, move_id))

    def offered_to(self, move_id: int) -> int | None:
        """Return the person before whom the offer is; None: nobody, or forgotten."""
        row = self._db.one("SELECT offered_to FROM moves WHERE id = ?", (move_id,))
        return None if row is None else row[0]

    def note_invitation(self, move_id: int, person_id: int, *, at: datetime, delivered: bool) -> None:
        """Keep whom the move invited, and whether Telegram let us."""
        self._db.run(
            "INSERT OR REPLACE INTO invitations (move_id, person_id, sent_at, delivered) VALUES (?, ?, ?, ?)",
            (move_id, person_id, written(at), delivered),
        )

    def invited(self, round_id: int) -> frozenset[int]:
        """Return who was invited in that round, reached or not."""
        rows = self._db.all(
            "SELECT DISTINCT i.person_id FROM invitations i JOIN moves m ON m.id = i.move_id"
            " WHERE m.round_id = ?",
            (round_id,),
        )
        return frozenset(row[0] for row in rows)

    def hinted(self, seminar_id: int) -> bool:
        """Return whether a suggestion could not be delivered to a teacher of this seminar before."""
        found = self._db.one(
            "SELECT 1 FROM moves m JOIN rounds o ON o.id = m.round_id"
            " WHERE o.seminar_id = ? AND m.state = 'undelivered' AND m.why = 'no_chat'",
            (seminar_id,),
        )
        return found is not None


def _move(row: Any) -> Move:
    gone = row["trigger_message_id"] is None
    trigger = None if gone else Trigger(row["trigger_chat_id"], row["trigger_message_id"])
    return Move(
        id=row["id"],
        round_id=row["round_id"],
        spotted=Spotted(row["kind"], read(row["since"]), trigger, row["about"]),
        text=row["text"],
        state=row["state"],
        due_at=read(row["due_at"]),
        offered_at=maybe(row["offered_at"]),
        settled_at=maybe(row["settled_at"]),
        why=row["why"],
        message_id=row["message_id"],
        offer_message_id=row["offer_message_id"],
    )
