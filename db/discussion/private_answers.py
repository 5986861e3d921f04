"""Words given in private for a round: answers to be shown together, and whom a private chat is about."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db.core.database import OpenDatabase
from db.core.timestamps import read, written
from db.discussion.bot_messages import BotMessages
from db.discussion.remarks import NewRemark, Remarks
from db.privacy.people import People

LONGEST_ERRAND = timedelta(hours=1)  # one that lasts longer was begun before the clock was set back


@dataclass(frozen=True)
class PrivateNote:
    """A message that was written to us for a round."""

    round_id: int
    last: bool  # nothing was written for the round by that person after it


class PrivateAnswers:
    """Answers given in private, until they are shown; and whom a private chat is about."""

    def __init__(self, db: OpenDatabase, people: People, remarks: Remarks, bot_messages: BotMessages) -> None:
        """Read and write in that database."""
        self._db = db
        self._people = people
        self._remarks = remarks
        self._bot_messages = bot_messages

    def give(self, round_id: int, person_id: int, text: str, *, at: datetime) -> bool:
        """Keep a person's answer until all are revealed; a later one takes its place.

        Returns False when the answers are shown already, the round is closed, or nothing may be kept of them.
        """
        with self._db.writing():
            row = self._db.one(
                "SELECT seminar_id FROM rounds WHERE id = ? AND visibility = 'post_first'"
                " AND revealed_at IS NULL AND closed_at IS NULL",
                (round_id,),
            )
            if row is None or not self._people.may_log(row[0], person_id):
                return False
            self._db.run(
                "INSERT INTO answers (round_id, person_id, given_at, text) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (round_id, person_id) DO UPDATE SET"
                " given_at = excluded.given_at, text = excluded.text",
                (round_id, person_id, written(at), text),
            )
        return True

    def of(self, round_id: int, person_id: int) -> str | None:
        """Return what a person has answered so far, as long as it is not shown; None: nothing."""
        row = self._db.one(
            "SELECT text FROM answers WHERE round_id = ? AND person_id = ?", (round_id, person_id)
        )
        return None if row is None else str(row[0])

    def count(self, round_id: int) -> int:
        """Return how many answers wait to be revealed."""
        return int(self._db.one("SELECT count(*) FROM answers WHERE round_id = ?", (round_id,))[0])

    def reveal(self, round_id: int, *, at: datetime) -> bool:
        """Make the collected answers remarks of the round, which then owes the class to show them.

        Their message number is our own, below zero: they never were messages of the group. Returns False when
        they were revealed before, or the round collects none or is closed. Who has said no meanwhile is left
        out.
        """
        with self._db.writing():
            done = self._db.run(
                "UPDATE rounds SET revealed_at = ? WHERE id = ? AND visibility = 'post_first'"
                " AND revealed_at IS NULL AND closed_at IS NULL",
                (written(at), round_id),
            )
            if not done.rowcount:
                return False
            for row in self._collected(round_id):
                if self._people.may_log(row["seminar_id"], row["person_id"]):
                    self._remarks.log(
                        NewRemark(
                            round_id=round_id,
                            person_id=row["person_id"],
                            chat_id=row["chat_id"],
                            message_id=-row["id"],
                            sent_at=read(row["given_at"]),
                            text=row["text"],
                            via="answer",
                        )
                    )
            self._db.run("DELETE FROM answers WHERE round_id = ?", (round_id,))
            self._bot_messages.owe(round_id, "reveal", at=at)
        return True

    def revealed(self, round_id: int) -> list[tuple[str, str]]:
        """Return the answers that were collected, as (name, words), in the order they were given."""
        rows = self._db.all(
            "SELECT p.name, v.text FROM remarks r JOIN people p ON p.id = r.person_id"
            " JOIN versions v ON v.remark_id = r.id WHERE r.round_id = ? AND r.via = 'answer' ORDER BY r.id",
            (round_id,),
        )
        return [(row["name"], row["text"]) for row in rows]

    def begin_errand(self, person_id: int, round_id: int, *, until: datetime) -> None:
        """Note that what this person writes in private is for the round, until then."""
        self._db.run(
            "INSERT INTO errands (person_id, round_id, until) VALUES (?, ?, ?)"
            " ON CONFLICT (person_id) DO UPDATE SET round_id = excluded.round_id, until = excluded.until",
            (person_id, round_id, written(until)),
        )

    def errand(self, person_id: int, *, now: datetime) -> int | None:
        """Return the round for which this person writes in private now, or None."""
        row = self._db.one(
            "SELECT round_id FROM errands WHERE person_id = ? AND until > ? AND until <= ?",
            (person_id, written(now), written(now + LONGEST_ERRAND)),
        )
        return None if row is None else int(row[0])

    def end_errand(self, person_id: int) -> None:
        """Let what this person writes in private be for us again."""
        self._db.run("DELETE FROM errands WHERE person_id = ?", (person_id,))

    def note_message(self, person_id: int, message_id: int, round_id: int) -> None:
        """Remember that the person's private message of that number was for the round."""
        self._db.run(
            "INSERT INTO notes (person_id, message_id, round_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (person_id, message_id, round_id),
        )

    def noted_message(self, person_id: int, message_id: int) -> PrivateNote | None:
        """Return for which round the person's private message of that number was written; None: for none."""
        row = self._db.one(
            "SELECT round_id, NOT EXISTS (SELECT 1 FROM notes later WHERE later.person_id = n.person_id"
            " AND later.round_id = n.round_id AND later.message_id > n.message_id) AS last"
            " FROM notes n WHERE person_id = ? AND message_id = ?",
            (person_id, message_id),
        )
        return None if row is None else PrivateNote(row["round_id"], bool(row["last"]))

    def _collected(self, round_id: int) -> list[Any]:
        return self._db.all(
            "SELECT n.id, n.person_id, n.given_at, n.text, s.id AS seminar_id, s.chat_id FROM answers n"
            " JOIN rounds o ON o.id = n.round_id JOIN seminars s ON s.id = o.seminar_id"
            " WHERE n.round_id = ? ORDER BY n.id",
            (round_id,),
        )
