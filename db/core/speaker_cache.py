"""Where a message was said and by whom: what is asked for each, and remembered until something is written."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.seminar.records import Consent

MOST = 10_000  # places remembered: some megabytes

_FIND = """
SELECT s.id, s.consent_rule, s.heard_at IS NOT NULL, o.id, o.card_message_id,
  p.id, p.name, p.username, coalesce(c.answer, p.consent), a.alias
FROM seminars s
LEFT JOIN rounds o ON o.seminar_id = s.id AND o.closed_at IS NULL AND (o.card_message_id IS NOT NULL
  OR EXISTS (SELECT 1 FROM lines l WHERE l.round_id = o.id AND l.kind = 'card' AND l.sent_at IS NULL))
LEFT JOIN people p ON p.telegram_id = ?
LEFT JOIN consents c ON c.seminar_id = s.id AND c.person_id = p.id
LEFT JOIN aliases a ON a.seminar_id = s.id AND a.person_id = p.id
WHERE s.chat_id = ? AND s.thread_id = ?
"""


@dataclass(frozen=True)
class SpeakerPlace:
    """All that is known of where a message was said and by whom."""

    seminar_id: int
    consent_rule: str
    heard: bool  # ordinary messages of this chat have reached us
    round_id: int | None  # the open one, unless its card could not be posted: the class was not told
    card_message_id: int | None
    person_id: int | None  # None: a stranger
    name: str | None
    username: str | None
    answer: Consent
    alias: str | None


class Places:
    """What was found last. Any write, ours or another program's, makes it forget: no answer is ever old."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Look into that database."""
        self._connection = connection
        self._found: dict[tuple[int, int, int], SpeakerPlace | None] = {}
        self._changes = -1  # rows that this connection had written when `_found` was right
        self._version = -1  # and what other connections had

    def look_up(self) -> None:
        """See whether other programs have written: to be called once in every transaction that asks."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self.forget()
            self._version = version

    def find(self, telegram_id: int, chat_id: int, thread_id: int) -> SpeakerPlace | None:
        """Return the place; None: no seminar is held there."""
        if self._connection.total_changes != self._changes or len(self._found) >= MOST:
            self.forget()
        key = (telegram_id, chat_id, thread_id)
        try:
            return self._found[key]
        except KeyError:
            row = self._connection.execute(_FIND, key).fetchone()
        place = self._found[key] = None if row is None else SpeakerPlace(*row)
        return place

    def forget(self) -> None:
        """Forget all: something was written, or what was read has been rolled back."""
        self._found.clear()
        self._changes = self._connection.total_changes

    @contextmanager
    def untouched(self) -> Iterator[None]:
        """Make a block whose writes change no place: what was found before is still right after it."""
        if self._connection.total_changes != self._changes:
            self.forget()
        yield
        self._changes = self._connection.total_changes
