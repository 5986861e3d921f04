"""Our own lines in a round: cards, summaries, what we relay. Owed until sent; a reply to one is a remark.

A line is written down together with what it tells of, so that a crash between the two loses nothing. Whoever
is about to send it claims it: of two processes, or a handler and the clock, one does.
"""

from datetime import datetime, timedelta

from bot.seminar.records import BotMessage
from db.core.database import OpenDatabase
from db.core.timestamps import written

PATIENCE = timedelta(seconds=60)  # after so long, somebody who claimed a line is taken to have died over it


class BotMessages:
    """The bot's own messages in each round: owed, claimed, sent."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def owe(self, round_id: int, kind: str, *, at: datetime) -> None:
        """Note that the round owes its class a line."""
        self._db.run(
            "INSERT INTO lines (round_id, kind, made_at) VALUES (?, ?, ?)", (round_id, kind, written(at))
        )

    def owed(self, round_id: int, kind: str) -> BotMessage | None:
        """Return the round's latest line of that kind that is not sent yet, or None."""
        return self._db.record(
            BotMessage,
            "SELECT * FROM lines WHERE round_id = ? AND kind = ? AND sent_at IS NULL ORDER"
            " BY id DESC LIMIT 1",
            (round_id, kind),
        )

    def all_owed(self, *, now: datetime, not_before: datetime) -> list[BotMessage]:
        """Return what is owed and was claimed by nobody for a minute; older things are let go."""
        return self._db.records(
            BotMessage,
            "SELECT * FROM lines WHERE sent_at IS NULL AND made_at >= ? AND coalesce(tried_at, made_at) <= ?"
            " ORDER BY id",
            (written(not_before), written(now - PATIENCE)),
        )

    def claim(self, line_id: int, *, now: datetime, patience: timedelta = PATIENCE) -> bool:
        """Return whether the caller is to send the line now; nobody else is for as long as `patience`."""
        done = self._db.run(
            "UPDATE lines SET tried_at = ?1 WHERE id = ?2 AND sent_at IS NULL"
            " AND (tried_at IS NULL OR tried_at <= ?3)",
            (written(now), line_id, written(now - patience)),
        )
        return bool(done.rowcount)

    def release_all(self) -> None:
        """Let go what an earlier run had claimed: it is over, as only one at a time is brought updates."""
        self._db.run("UPDATE lines SET tried_at = NULL WHERE sent_at IS NULL")

    def note_sent(self, line_id: int, chat_id: int, message_id: int, *, at: datetime) -> None:
        """Keep which message the line became."""
        with self._db.writing():
            self._db.run(
                "UPDATE lines SET sent_at = ?, chat_id = ?, message_id = ? WHERE id = ?",
                (written(at), chat_id, message_id, line_id),
            )
            self._db.run("DELETE FROM outbox WHERE line_id = ?", (line_id,))

    def drop(self, line_id: int) -> None:
        """Owe the line no more: nobody is there who would be told."""
        self._db.run("DELETE FROM lines WHERE id = ?", (line_id,))

    def note(self, round_id: int, kind: str, chat_id: int, message_id: int, at: datetime) -> None:
        """Note a line that was sent without having been owed."""
        self._db.run(
            "INSERT INTO lines (round_id, kind, made_at, sent_at, chat_id, message_id)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (round_id, kind, written(at), written(at), chat_id, message_id),
        )

    def includes(self, round_id: int, chat_id: int, message_id: int | None) -> bool:
        """Return whether that message is one of ours in the round."""
        return (
            self._db.one(
                "SELECT 1 FROM lines WHERE round_id = ? AND chat_id = ? AND message_id = ?",
                (round_id, chat_id, message_id),
            )
            is not None
        )
