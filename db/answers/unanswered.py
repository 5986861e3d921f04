"""What the reading could not answer, or not to the asker's satisfaction: for teachers to learn from.

Only what was asked in a group is ever listed: what somebody asked in private is nobody else's business.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.seminar.records import Seminar
from db.answers.questions import LoggedQuestion
from db.core.database import OpenDatabase
from db.core.timestamps import written

MOST = 500  # questions looked at, the latest; older ones have been let lie
_OPEN = (
    "set_aside_at IS NULL"
    " AND ((answered = 0 AND tier NOT IN ('smalltalk', 'request', 'no-question')) OR helped = 0)"
)


class Unanswered:
    """The questions that the reading could not answer."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def of(self, seminar_id: int) -> list[LoggedQuestion]:
        """Return the seminar's questions of that kind, newest first, without those that were set aside."""
        return self._db.records(
            LoggedQuestion,
            f"SELECT * FROM questions WHERE seminar_id = ? AND {_OPEN} ORDER BY id DESC LIMIT {MOST}",  # noqa: S608  our own words
            (seminar_id,),
        )

    def seminars(self) -> list[Seminar]:
        """Return the seminars that have such questions, the one asked in last first."""
        return self._db.records(
            Seminar,
            "SELECT s.* FROM seminars s JOIN questions q ON q.seminar_id = s.id"  # noqa: S608  as above
            f" WHERE {_OPEN} GROUP BY s.id ORDER BY max(q.id) DESC",
        )

    def set_aside(self, seminar_id: int, question_ids: Sequence[int], *, at: datetime) -> int:
        """Set aside questions of the seminar that are not about the reading; return how many were."""
        done = 0
        with self._db.writing():
            for question_id in question_ids:
                done += self._db.run(
                    "UPDATE questions SET set_aside_at = ?"
                    " WHERE id = ? AND seminar_id = ? AND set_aside_at IS NULL",
                    (written(at), question_id, seminar_id),
                ).rowcount
        return done
