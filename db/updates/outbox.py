"""The outbox 寄件匣: what is to be posted is written here before it is sent, and what came of it afterwards.

While an update is being handled, or a message that is owed (db/discussion/bot_messages.py) is being posted,
its rows say what was posted so far: done again after a crash, the same message is not posted twice. They go
when that is done. Rows of neither (a timer spoke) go when they are sent, and are sent after the next start if
they were not.

How far the ids of our own messages go is kept by sequence: a supergroup numbers its messages by itself; those
of private chats and basic groups are numbered in one sequence of our account, which is written 0.
"""

import json
from dataclasses import dataclass
from typing import Any

from db.core.database import OpenDatabase


@dataclass(frozen=True)
class OutgoingCall:
    """A message that was to be posted; `result` is Telegram's answer, None when it is not known."""

    id: int
    journal_id: int | None
    chat_id: int
    method: str
    parameters: dict[str, str]
    after_id: int
    result: dict[str, Any] | None
    line_id: int | None = None

    @property
    def done_again(self) -> bool:
        """Whether what it belongs to is done again after a crash, and posts it."""
        return self.journal_id is not None or self.line_id is not None


_ALL = "SELECT id, journal_id, line_id, chat_id, method, parameters, after_id, result FROM outbox"


class OutboxStore:
    """What is to be posted, and what came of it."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def intend(  # noqa: PLR0913  what a letter is made of
        self,
        *,
        journal_id: int | None,
        step: str,
        chat_id: int,
        method: str,
        parameters: dict[str, str],
        after_id: int,
        line_id: int | None = None,
    ) -> int:
        """Write down what is to be posted and return the row's number.

        `step` tells the posts of one update, or line, apart; `after_id` is the highest message id known in
        the chat's sequence, so the new message's is higher.
        """
        made = self._db.run(
            "INSERT OR REPLACE INTO outbox (journal_id, line_id, step, chat_id, method, parameters, after_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (journal_id, line_id, step, chat_id, method, json.dumps(parameters), after_id),
        )
        return int(made.lastrowid or 0)

    def note_sent(self, letter_id: int, sequence: int, result: dict[str, Any]) -> None:
        """Write down Telegram's answer, while it may be asked for again; and how far our ids go."""
        self._db.run(
            "DELETE FROM outbox WHERE id = ? AND journal_id IS NULL AND line_id IS NULL", (letter_id,)
        )
        self._db.run("UPDATE outbox SET result = ? WHERE id = ?", (json.dumps(result), letter_id))
        self._db.run(
            "INSERT INTO posted (chat_id, message_id) VALUES (?, ?)"
            " ON CONFLICT (chat_id) DO UPDATE SET message_id = max(message_id, excluded.message_id)",
            (sequence, result["message_id"]),
        )

    def note_refused(self, letter_id: int) -> None:
        """Remove what certainly was not posted."""
        self._db.run("DELETE FROM outbox WHERE id = ?", (letter_id,))

    def recorded(self, journal_id: int | None, line_id: int | None, step: str) -> OutgoingCall | None:
        """Return what an earlier handling of the update or line had to post at this step, or None."""
        if line_id is not None:
            return self._db.record(OutgoingCall, f"{_ALL} WHERE line_id = ? AND step = ?", (line_id, step))
        return self._db.record(OutgoingCall, f"{_ALL} WHERE journal_id = ? AND step = ?", (journal_id, step))

    def unknown(self) -> list[OutgoingCall]:
        """Return what may or may not have been posted, oldest first; for the start after a crash."""
        return self._db.records(OutgoingCall, f"{_ALL} WHERE result IS NULL ORDER BY id")

    def newest_posted(self, sequence: int) -> int:
        """Return the highest id of a message of ours in a sequence; 0 when none is known."""
        row = self._db.one("SELECT message_id FROM posted WHERE chat_id = ?", (sequence,))
        return 0 if row is None else int(row[0])

    def foreign_messages(self, chat_id: int, first: int, last: int, *, after: int) -> set[int]:
        """Return ids above `after` of what others said in the chats `first` to `last`, or what waits.

        What waits is looked at for `chat_id` alone: it is whole updates, and hundreds after an outage.
        """
        logged = self._db.all(
            "SELECT message_id FROM remarks WHERE chat_id BETWEEN ? AND ? AND message_id >"
            " ? AND via = 'group'",
            (first, last, after),
        )
        waiting = self._db.all("SELECT raw FROM waiting WHERE lane = ?", (self._db.mark("lane", chat_id),))
        found = {number for (number,) in logged}
        found.update(_message_id(json.loads(raw), chat_id) for (raw,) in waiting)
        return {number for number in found if number > after}


def _message_id(raw: Any, chat_id: int) -> int:
    """Return the id of the message that an update brought from the chat; 0: it brought none."""
    message = raw.get("message")
    if not isinstance(message, dict) or message["chat"]["id"] != chat_id:
        return 0
    return int(message["message_id"])
