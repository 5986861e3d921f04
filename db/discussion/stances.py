"""Stances: where each participant stands on a round's prompt, before and after the discussion."""

from datetime import datetime

from bot.seminar.records import STEPS, Moment, Stance
from db.core.database import OpenDatabase
from db.core.timestamps import written
from db.privacy.aliases import Aliases
from db.privacy.people import People


class Stances:
    """The stances of each round."""

    def __init__(self, db: OpenDatabase, people: People, aliases: Aliases) -> None:
        """Read and write in that database."""
        self._db = db
        self._people = people
        self._aliases = aliases

    def set(  # noqa: PLR0913, PLR0917  a stance is all of these
        self,
        round_id: int,
        person_id: int,
        moment: Moment,
        step: int,
        at: datetime,
        reason: str = "",
    ) -> bool:
        """Keep the step (1-5) that a person chose; the latest choice counts.

        Returns False, and keeps nothing, for a person whose words may not be kept. A change of the step keeps
        an earlier reason unless a new one is given.
        """
        if step not in STEPS:
            raise ValueError(f"a stance has steps 1 to 5, not {step}")
        with self._db.writing():
            (seminar_id,) = self._db.one("SELECT seminar_id FROM rounds WHERE id = ?", (round_id,))
            if not self._people.may_log(seminar_id, person_id):
                return False
            self._aliases.of(seminar_id, person_id)
            self._db.run(
                "INSERT INTO stances (round_id, person_id, moment, step, chosen_at, reason)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (round_id, person_id, moment) DO UPDATE SET"
                " step = excluded.step, chosen_at = excluded.chosen_at,"
                " reason = CASE excluded.reason WHEN '' THEN reason ELSE excluded.reason END",
                (round_id, person_id, moment, step, written(at), reason),
            )
        return True

    def of(self, round_id: int) -> list[Stance]:
        """Return the round's stances, in the order they were chosen."""
        return self._db.records(
            Stance,
            "SELECT t.round_id, t.person_id, coalesce(a.alias, '') AS alias, t.moment, t.step, t.chosen_at,"
            " t.reason"
            " FROM stances t JOIN rounds o ON o.id = t.round_id"
            " LEFT JOIN aliases a ON a.seminar_id = o.seminar_id AND a.person_id = t.person_id"
            " WHERE t.round_id = ? ORDER BY t.chosen_at, t.person_id",
            (round_id,),
        )

    def counts(self, round_id: int, moment: Moment) -> dict[int, int]:
        """Return how many stand on each of the five steps; steps nobody chose count 0."""
        rows = self._db.all(
            "SELECT step, count(*) FROM stances WHERE round_id = ? AND moment = ? GROUP BY step",
            (round_id, moment),
        )
        return dict.fromkeys(STEPS, 0) | dict(map(tuple, rows))
