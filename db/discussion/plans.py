"""What a teacher has in mind: drafts of rounds, the plan's order of prompts, and prompts due at times."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.seminar.records import Draft, Schedule, Terms
from db.core.database import OpenDatabase
from db.core.timestamps import written

DRAFTS_KEPT = timedelta(days=2)


class Drafts:
    """The rounds that are being put together."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def add(self, seminar_id: int, *, slug: str, text: str, terms: Terms, at: datetime) -> Draft:
        """Keep a round that is being put together; forgotten ones of days ago go."""
        self._db.run("DELETE FROM drafts WHERE made_at < ?", (written(at - DRAFTS_KEPT),))
        made = self._db.run(
            "INSERT INTO drafts (seminar_id, prompt_slug, prompt_text, minutes, stance_on,"
            " counts, visibility,"
            " facilitation, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (seminar_id, slug, text, *_terms(terms), written(at)),
        )
        return Draft(int(made.lastrowid or 0), seminar_id, slug, text, terms)

    def by_id(self, draft_id: int) -> Draft | None:
        """Return the draft, or None when it was opened or is too old."""
        return self._db.record(Draft, "SELECT * FROM drafts WHERE id = ?", (draft_id,))

    def asking(self, seminar_id: int, message_id: int) -> Draft | None:
        """Return the draft that this message of ours asks the teacher's own words for, or None."""
        return self._db.record(
            Draft,
            "SELECT * FROM drafts WHERE seminar_id = ? AND message_id = ? AND prompt_text = ''",
            (seminar_id, message_id),
        )

    def change(self, changed: Draft) -> None:
        """Keep the draft as it is now."""
        self._db.run(
            "UPDATE drafts SET prompt_text = ?, minutes = ?, stance_on = ?, counts = ?, visibility = ?,"
            " facilitation = ?, message_id = ? WHERE id = ?",
            (changed.prompt_text, *_terms(changed.terms), changed.message_id, changed.id),
        )

    def drop(self, draft_id: int) -> None:
        """Remove a draft whose round was opened."""
        self._db.run("DELETE FROM drafts WHERE id = ?", (draft_id,))


class Plans:
    """The order of prompts in each seminar's plan."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def of(self, seminar_id: int) -> list[str]:
        """Return the slugs of the planned prompts, in order."""
        rows = self._db.all(
            "SELECT prompt_slug FROM plans WHERE seminar_id = ? ORDER BY place", (seminar_id,)
        )
        return [row[0] for row in rows]

    def set(self, seminar_id: int, slugs: Sequence[str]) -> None:
        """Keep this order of prompts, each once."""
        with self._db.writing():
            self._db.run("DELETE FROM plans WHERE seminar_id = ?", (seminar_id,))
            for place, slug in enumerate(dict.fromkeys(slugs)):
                self._db.run(
                    "INSERT INTO plans (seminar_id, place, prompt_slug) VALUES (?, ?, ?)",
                    (seminar_id, place, slug),
                )


class Schedules:
    """The prompts that are posted by themselves."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def add(self, wanted: Schedule) -> Schedule:
        """Keep a prompt that is to be posted; its id is drawn here."""
        made = self._db.run(
            "INSERT INTO schedules (seminar_id, prompt_slug, prompt_text, minutes, weekday, clock, due_at,"
            " made_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                wanted.seminar_id,
                wanted.prompt_slug,
                wanted.prompt_text,
                wanted.minutes,
                wanted.weekday,
                wanted.clock,
                written(wanted.due_at),
                wanted.made_by,
            ),
        )
        return replace(wanted, id=int(made.lastrowid or 0))

    def of(self, seminar_id: int) -> list[Schedule]:
        """Return what is still to be posted in the seminar, soonest first."""
        return self._db.records(
            Schedule, "SELECT * FROM schedules WHERE seminar_id = ? ORDER BY due_at, id", (seminar_id,)
        )

    def due(self, now: datetime) -> list[Schedule]:
        """Return what is due in all seminars, longest due first."""
        return self._db.records(
            Schedule, "SELECT * FROM schedules WHERE due_at <= ? ORDER BY due_at, id", (written(now),)
        )

    def claim(self, due: Schedule, *, next_at: datetime | None) -> bool:
        """Put a due prompt off to its next time, or remove it; return whether the caller is to post it."""
        if next_at is None:
            done = self._db.run(
                "DELETE FROM schedules WHERE id = ? AND due_at = ?", (due.id, written(due.due_at))
            )
        else:
            done = self._db.run(
                "UPDATE schedules SET due_at = ? WHERE id = ? AND due_at = ?",
                (written(next_at), due.id, written(due.due_at)),
            )
        return bool(done.rowcount)

    def move(self, schedule_id: int, due_at: datetime) -> None:
        """Let a prompt be due at another moment: its seminar's clock was set to another time zone."""
        self._db.run("UPDATE schedules SET due_at = ? WHERE id = ?", (written(due_at), schedule_id))

    def drop(self, seminar_id: int, schedule_id: int) -> bool:
        """Remove a prompt from the schedule; return False when it is not there (any more)."""
        done = self._db.run(
            "DELETE FROM schedules WHERE id = ? AND seminar_id = ?", (schedule_id, seminar_id)
        )
        return bool(done.rowcount)


def _terms(terms: Terms) -> tuple[object, ...]:
    return (terms.minutes, terms.stance_on, terms.counts, terms.visibility, terms.facilitation)
