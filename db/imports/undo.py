"""An import is taken back: what it brought goes, and what it had to make for that."""

from dataclasses import dataclass
from datetime import datetime

from db.core.timestamps import read, written
from db.privacy.retention import unneeded
from db.store import Store


@dataclass(frozen=True)
class Undone:
    """What went."""

    title: str  # of the seminar
    made_at: datetime  # when it was imported
    remarks: int


def undo_import(store: Store, seminar_id: int | None = None) -> Undone | None:
    """Take back the latest import (into that seminar) of which something is left; None: there is none.

    Rounds, people and a seminar that it made go too, unless something else has come to them since.
    """
    with store.writing():
        made = store.one(
            "SELECT i.*, s.title FROM imports i JOIN seminars s ON s.id = i.seminar_id"
            " WHERE (:seminar IS NULL OR i.seminar_id = :seminar)"
            " AND EXISTS (SELECT 1 FROM remarks r WHERE r.import_id = i.id) ORDER BY i.id DESC LIMIT 1",
            {"seminar": seminar_id},
        )
        if made is None:
            return None
        touched = store.all("SELECT DISTINCT round_id FROM remarks WHERE import_id = ?", (made["id"],))
        gone = store.run("DELETE FROM remarks WHERE import_id = ?", (made["id"],)).rowcount
        store.run("DELETE FROM imports WHERE id = ?", (made["id"],))
        for (round_id,) in touched:
            _narrow(store, round_id)
        _drop_what_it_made(store, dict(made))
    store.checkpoint()
    return Undone(made["title"], read(made["made_at"]), gone)


def _narrow(store: Store, round_id: int) -> None:
    """Let a round that imports made reach from its first remark to its last again."""
    store.run(
        "UPDATE rounds SET opened_at = s.first, closed_at = s.last FROM (SELECT min(sent_at) AS first,"
        " max(sent_at) AS last, min(import_id IS NOT NULL) AS imported FROM remarks WHERE round_id = :round)"
        " AS s WHERE id = :round AND opened_by IS NULL AND s.imported = 1 AND closed_at IS NOT NULL"
        " AND opened_at <= s.first AND closed_at >= s.last",
        {"round": round_id},
    )


def _drop_what_it_made(store: Store, made: dict[str, int]) -> None:
    used = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} t WHERE t.round_id = rounds.id)"  # noqa: S608  our own words
        for table in ("remarks", "stances", "questions", "lines", "answers")
    )
    store.run(
        f"DELETE FROM rounds WHERE id > :rounds_before AND id <= :rounds_after AND NOT ({used})",  # noqa: S608  as above
        made,
    )
    store.run(
        "DELETE FROM aliases WHERE seminar_id = :seminar_id AND person_id > :people_before"
        " AND person_id <= :people_after AND person_id NOT IN (SELECT person_id FROM remarks)",
        made,
    )
    store.run(
        f"DELETE FROM people WHERE id > :people_before AND id <= :people_after AND {unneeded()}",  # noqa: S608  as above
        {**made, "before": written(store.clock().replace(year=9999))},
    )
    if made["seminar_made"]:
        store.run(
            "DELETE FROM seminars WHERE id = :seminar_id AND heard_at IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM rounds o WHERE o.seminar_id = seminars.id)"
            " AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.seminar_id = seminars.id)",
            made,
        )
