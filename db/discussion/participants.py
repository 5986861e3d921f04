"""Who attends a round, in what capacity, and when anybody last stirred: what moves are decided by."""

import json
from collections.abc import Collection
from datetime import datetime

from bot.seminar.records import Person
from db.core.database import OpenDatabase
from db.core.timestamps import read
from db.privacy.people import People

_ACTIVE = (
    "SELECT person_id FROM remarks WHERE round_id = :round UNION"
    " SELECT person_id FROM stances WHERE round_id = :round UNION"
    " SELECT person_id FROM questions WHERE round_id = :round"
)


class Participants:
    """Who takes part in each round."""

    def __init__(self, db: OpenDatabase, people: People) -> None:
        """Read and write in that database."""
        self._db = db
        self._people = people

    def opener(self, round_id: int) -> Person | None:
        """Return who opened the round; None: a schedule, or somebody since forgotten."""
        return self._db.record(
            Person,
            "SELECT p.* FROM rounds o JOIN people p ON p.id = o.opened_by WHERE o.id = ?",
            (round_id,),
        )

    def staff(self, round_id: int, admins: Collection[int]) -> frozenset[int]:
        """Return who of the active is no student: the opener, these Telegram ids, chats that speak."""
        rows = self._db.all(
            f"SELECT p.id FROM people p WHERE p.id IN ({_ACTIVE})"  # noqa: S608  our own words
            " AND (p.telegram_id < 0 OR p.telegram_id IN (SELECT value FROM json_each(:admins))"
            "  OR p.id = (SELECT opened_by FROM rounds WHERE id = :round))",
            {"round": round_id, "admins": json.dumps(sorted(admins))},
        )
        return frozenset(row[0] for row in rows)

    def attending(self, round_id: int) -> frozenset[int]:
        """Return who took part by a remark, a stance or a question, and may be logged."""
        (seminar_id,) = self._db.one("SELECT seminar_id FROM rounds WHERE id = ?", (round_id,))
        active = self._db.all(_ACTIVE, {"round": round_id})
        return frozenset(row[0] for row in active if self._people.may_log(seminar_id, row[0]))

    def last_active_at(self, round_id: int) -> datetime:
        """Return when somebody last spoke, asked or took a stance; else when the round was opened."""
        row = self._db.one(
            "SELECT max(o.opened_at,"
            " coalesce((SELECT max(sent_at) FROM remarks WHERE round_id = o.id), ''),"
            " coalesce((SELECT max(chosen_at) FROM stances WHERE round_id = o.id), ''),"
            " coalesce((SELECT max(asked_at) FROM questions WHERE round_id = o.id), ''),"
            " coalesce(o.revealed_at, '')) FROM rounds o WHERE o.id = ?",
            (round_id,),
        )
        return read(row[0])
