"""Rounds: a prompt opened in a seminar, until it is closed; never two open at once."""

import sqlite3
from datetime import datetime

from bot.seminar.records import Facilitation, Round, Terms
from bot.seminar.round_times import ends_at, reveal_at
from db.core.database import OpenDatabase
from db.core.errors import RoundOpen
from db.core.timestamps import maybe_written, written
from db.discussion.bot_messages import BotMessages
from db.discussion.private_answers import PrivateAnswers

_SELECT = (
    "SELECT id, seminar_id, prompt_slug, prompt_text, opened_at, closed_at, card_message_id, number,"
    " asked_again_at, ends_at, reveal_at, revealed_at, stance_on, counts, visibility,"
    " facilitation FROM rounds"
)
_OPEN = (
    "INSERT INTO rounds (seminar_id, number, prompt_slug, prompt_text, opened_by, opened_at, ends_at,"
    " reveal_at, stance_on, counts, visibility, facilitation) VALUES"
    " (:seminar, (SELECT coalesce(max(number), 0) + 1 FROM rounds WHERE seminar_id = :seminar),"
    " :slug, :text, :by, :at, :ends, :reveal, :stance, :counts, :visibility, :facilitation)"
)
AS_USUAL = Terms()


class Rounds:
    """The rounds of each seminar."""

    def __init__(self, db: OpenDatabase, bot_messages: BotMessages, private_answers: PrivateAnswers) -> None:
        """Read and write in that database."""
        self._db = db
        self._bot_messages = bot_messages
        self._private_answers = private_answers

    def open(  # noqa: PLR0913  what was asked, by whom, when, and on which terms
        self,
        seminar_id: int,
        *,
        prompt_slug: str,
        prompt_text: str,
        opened_by: int | None,
        at: datetime,
        terms: Terms = AS_USUAL,
    ) -> Round:
        """Open a round, which owes the class its card, and return it.

        Raises:
            RoundOpen: one is open already.
        """
        values = {
            "seminar": seminar_id,
            "slug": prompt_slug,
            "text": prompt_text,
            "by": opened_by,
            "at": written(at),
            "ends": maybe_written(ends_at(terms, at)),
            "reveal": maybe_written(reveal_at(terms, at)),
            "stance": terms.stance_on,
            "counts": terms.counts,
            "visibility": terms.visibility,
            "facilitation": terms.facilitation,
        }
        try:
            with self._db.writing():
                made = self._db.run(_OPEN, values)
                opened_id = int(made.lastrowid or 0)
                self._bot_messages.owe(opened_id, "card", at=at)
        except sqlite3.IntegrityError as error:
            if self.open_of(seminar_id) is None:
                raise  # no such seminar or person: not what the caller may expect
            raise RoundOpen from error
        found = self.by_id(opened_id)
        if found is None:
            raise LookupError("the round just opened vanished")
        return found

    def open_of(self, seminar_id: int) -> Round | None:
        """Return the seminar's open round, or None."""
        return self._db.record(Round, f"{_SELECT} WHERE seminar_id = ? AND closed_at IS NULL", (seminar_id,))

    def by_id(self, round_id: int) -> Round | None:
        """Return the round, or None."""
        return self._db.record(Round, f"{_SELECT} WHERE id = ?", (round_id,))

    def of(self, seminar_id: int) -> list[Round]:
        """Return the seminar's rounds, first to last."""
        return self._db.records(Round, f"{_SELECT} WHERE seminar_id = ? ORDER BY number", (seminar_id,))

    def all_open(self) -> list[Round]:
        """Return the open rounds of all seminars, oldest first."""
        return self._db.records(Round, f"{_SELECT} WHERE closed_at IS NULL ORDER BY id")

    def close(self, round_id: int, *, by: int | None, at: datetime) -> bool:
        """Close the round, which then owes the class its summary.

        Returns False when it was closed already: two admins pressed at once, or the clock was quicker.
        Answers that were collected and not shown yet are revealed with it.
        """
        with self._db.writing():
            self._private_answers.reveal(round_id, at=at)
            done = self._db.run(
                "UPDATE rounds SET closed_at = ?, closed_by = ? WHERE id = ? AND closed_at IS NULL",
                (written(at), by, round_id),
            )
            if done.rowcount:
                self._db.run("DELETE FROM errands WHERE round_id = ?", (round_id,))
                self._bot_messages.owe(round_id, "summary", at=at)
        return bool(done.rowcount)

    def ask_again(self, round_id: int, *, at: datetime) -> bool:
        """Note that stances are asked for once more; return False when they were, or the round is closed."""
        with self._db.writing():
            done = self._db.run(
                "UPDATE rounds SET asked_again_at = ?"
                " WHERE id = ? AND asked_again_at IS NULL AND closed_at IS NULL",
                (written(at), round_id),
            )
            if done.rowcount:
                self._bot_messages.owe(round_id, "again", at=at)
        return bool(done.rowcount)

    def set_facilitation(self, round_id: int, facilitation: Facilitation) -> bool:
        """Change how much the bot joins in; return False when the round is closed or has it so already."""
        done = self._db.run(
            "UPDATE rounds SET facilitation = ?1 WHERE id = ?2 AND closed_at IS NULL AND facilitation <> ?1",
            (facilitation, round_id),
        )
        return bool(done.rowcount)

    def set_card(self, round_id: int, message_id: int, *, untold_since: datetime | None = None) -> None:
        """Keep which message of ours is the round's card; replies to it are remarks.

        What was said from `untold_since` on and stands above the card was said before the class was told.
        """
        with self._db.writing():
            self._db.run("UPDATE rounds SET card_message_id = ? WHERE id = ?", (message_id, round_id))
            if untold_since is not None:
                self._db.run(
                    "DELETE FROM remarks WHERE round_id = ? AND sent_at >= ? AND message_id < ?",
                    (round_id, written(untold_since), message_id),
                )

    def lose_card(self, round_id: int, *, untold_since: datetime | None = None) -> None:
        """Keep that the class no longer sees the card, or never did: nothing is logged until it has another.

        What was said from `untold_since` on is dropped: the class was not told that it is logged.
        """
        with self._db.writing():
            self._db.run("UPDATE rounds SET card_message_id = NULL WHERE id = ?", (round_id,))
            self._db.run(
                "DELETE FROM lines WHERE round_id = ? AND kind = 'card' AND sent_at IS NULL", (round_id,)
            )
            if untold_since is not None:
                self._db.run(
                    "DELETE FROM remarks WHERE round_id = ? AND sent_at >= ?",
                    (round_id, written(untold_since)),
                )
