"""What a person reads with us in private: the reading they chose, and the snippet they opened last."""

from datetime import datetime, timedelta

from db.core.database import OpenDatabase
from db.core.timestamps import written

REMEMBERED = timedelta(hours=1)  # a follow-up leans on the last ten minutes


class PrivateReading:
    """What each person reads in private."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def chosen(self, telegram_id: int) -> str:
        """Return the slug of the pack the person chose; empty: none, or nobody we know."""
        row = self._db.one(
            "SELECT r.pack FROM readings r JOIN people p ON p.id = r.person_id WHERE p.telegram_id = ?",
            (telegram_id,),
        )
        return "" if row is None else str(row[0])

    def choose(self, person_id: int, pack: str) -> None:
        """Remember which reading the person asks about in private."""
        self._db.run(
            "INSERT INTO readings (person_id, pack) VALUES (?, ?) ON CONFLICT DO UPDATE"
            " SET pack = excluded.pack",
            (person_id, pack),
        )

    def of_classes(self, telegram_id: int) -> list[str]:
        """Return the packs of the seminars in which the person has taken part, each once."""
        rows = self._db.all(
            "WITH who AS (SELECT id FROM people WHERE telegram_id = ?), taken (round_id) AS ("
            "  SELECT round_id FROM stances WHERE person_id IN who"
            "  UNION SELECT round_id FROM answers WHERE person_id IN who"
            "  UNION SELECT round_id FROM errands WHERE person_id IN who"
            "  UNION SELECT id FROM rounds WHERE opened_by IN who)"
            " SELECT DISTINCT pack FROM seminars"
            " WHERE id IN (SELECT seminar_id FROM aliases WHERE person_id IN who)"
            " OR id IN (SELECT seminar_id FROM rounds WHERE id IN taken) ORDER BY pack",
            (telegram_id,),
        )
        return [row[0] for row in rows]

    def note_glance(self, chat_id: int, person_id: int, title: str, *, at: datetime) -> None:
        """Keep for an hour that the person opened this snippet: what they ask next may lean on it."""
        with self._db.writing():
            self._db.run("DELETE FROM glances WHERE read_at < ?", (written(at - REMEMBERED),))
            self._db.run(
                "INSERT INTO glances (person_id, chat_id, title, read_at) VALUES (?, ?, ?, ?)",
                (person_id, chat_id if chat_id < 0 else None, title, written(at)),
            )
