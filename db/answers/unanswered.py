"""What the reading could not answer, or not to the asker's satisfaction: for teachers to learn from.

Only what was asked in a group is ever listed: what somebody asked in private is nobody else's business.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.seminar.records import Seminar
from db.core.database import OpenDatabase
from db.core.timestamps import written
from db.discussion.seminars import Seminars

MOST = 500  # questions looked at, the latest; older ones have been let lie
_OPEN = "set_aside_at IS NULL AND ((answered = 0 AND tier <> 'smalltalk') OR helped = 0)"


@dataclass(frozen=True)
class Unmet:
    """A question without an answer, or with one that did not help (`slugs` is what it was answered with)."""

    id: int
    text: str
    pack: str
    slugs: tuple[str, ...]
    near: tuple[str, ...]
    answered: bool


class Unanswered:
    """The questions that the reading could not answer."""

    def __init__(self, db: OpenDatabase, seminars: Seminars) -> None:
        """Read and write in that database."""
        self._db = db
        self._seminars = seminars

    def of(self, seminar_id: int) -> list[Unmet]:
        """Return the seminar's questions of that kind, newest first, without those that were set aside."""
        rows = self._db.all(
            f"SELECT id, text, pack, snippets, near, answered FROM questions"  # noqa: S608  our own words
            f" WHERE seminar_id = ? AND {_OPEN} ORDER BY id DESC LIMIT {MOST}",
            (seminar_id,),
        )
        return [
            Unmet(
                row["id"],
                row["text"],
                row["pack"],
                tuple(json.loads(row["snippets"])),
                tuple(json.loads(row["near"])),
                bool(row["answered"]),
            )
            for row in rows
        ]

    def seminars(self) -> list[Seminar]:
        """Return the seminars that have such questions, the one asked in last first."""
        rows = self._db.all(
            f"SELECT seminar_id FROM questions WHERE seminar_id IS NOT NULL AND {_OPEN}"  # noqa: S608  as above
            " GROUP BY seminar_id ORDER BY max(id) DESC"
        )
        return [found for row in rows if (found := self._seminars.by_id(row[0])) is not None]

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
