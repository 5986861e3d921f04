"""What somebody may ask back: their data as they stand here, or that they be gone."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from db.ground import Ground
from db.masking import masker
from db.people import EVERYWHERE
from db.times import written

_MINE = {
    "aliases": (
        "SELECT s.title AS seminar, a.alias FROM aliases a JOIN seminars s ON s.id = a.seminar_id"
        " WHERE a.person_id = ? ORDER BY s.id"
    ),
    "consents": (
        "SELECT s.title AS seminar, c.answer, c.answered_at FROM consents c"
        " JOIN seminars s ON s.id = c.seminar_id WHERE c.person_id = ? ORDER BY s.id"
    ),
    "remarks": (
        "SELECT s.title AS seminar, o.number AS round, r.message_id, v.version, r.sent_at, v.written_at,"
        " r.kind, v.text FROM remarks r JOIN versions v ON v.remark_id = r.id"
        " JOIN rounds o ON o.id = r.round_id JOIN seminars s ON s.id = o.seminar_id"
        " WHERE r.person_id = ? ORDER BY r.id, v.version"
    ),
    "stances": (
        "SELECT s.title AS seminar, o.number AS round, t.moment, t.step, t.chosen_at, t.reason FROM stances t"
        " JOIN rounds o ON o.id = t.round_id JOIN seminars s ON s.id = o.seminar_id"
        " WHERE t.person_id = ? ORDER BY t.chosen_at"
    ),
    "answers": (
        "SELECT s.title AS seminar, o.number AS round, n.given_at, n.text FROM answers n"
        " JOIN rounds o ON o.id = n.round_id JOIN seminars s ON s.id = o.seminar_id"
        " WHERE n.person_id = ? ORDER BY n.id"
    ),
    "masks": (
        "SELECT s.title AS seminar, o.number AS round, m.alias FROM masks m"
        " JOIN rounds o ON o.id = m.round_id JOIN seminars s ON s.id = o.seminar_id"
        " WHERE m.person_id = ? ORDER BY o.id"
    ),
    "questions": (
        "SELECT s.title AS seminar, q.asked_at, q.text, q.answered, q.snippets, q.helped FROM questions q"
        " LEFT JOIN seminars s ON s.id = q.seminar_id WHERE q.person_id = ? ORDER BY q.id"
    ),
    "glances": "SELECT title, read_at FROM glances WHERE person_id = ? ORDER BY id",
    "readings": "SELECT pack FROM readings WHERE person_id = ?",
    "invitations": (
        "SELECT s.title AS seminar, o.number AS round, m.text, i.sent_at, i.delivered FROM invitations i"
        " JOIN moves m ON m.id = i.move_id JOIN rounds o ON o.id = m.round_id"
        " JOIN seminars s ON s.id = o.seminar_id WHERE i.person_id = ? ORDER BY i.sent_at"
    ),
}
_TEXTS = (  # where others may have written a name: table, column, and which rows belong to a seminar
    (
        "versions",
        "text",
        "remark_id IN (SELECT r.id FROM remarks r JOIN rounds o ON o.id = r.round_id WHERE o.seminar_id = ?)",
    ),
    ("stances", "reason", "round_id IN (SELECT id FROM rounds WHERE seminar_id = ?)"),
    ("questions", "text", "seminar_id = ?"),
    ("rounds", "prompt_text", "seminar_id = ?"),
    ("answers", "text", "round_id IN (SELECT id FROM rounds WHERE seminar_id = ?)"),
    ("schedules", "prompt_text", "seminar_id = ?"),
    ("moves", "text", "round_id IN (SELECT id FROM rounds WHERE seminar_id = ?)"),
    ("drafts", "prompt_text", "seminar_id = ?"),
    ("learned_aliases", "wording", "? IS NOT NULL"),  # bound to a pack: any seminar's
)


def my_data(ground: Ground, person_id: int) -> dict[str, Any]:
    """Return all that is kept of a person, ready for JSON; {} for who is unknown here."""
    row = ground.one(
        "SELECT name, username, telegram_id, consent, met_at FROM people WHERE id = ?", (person_id,)
    )
    if row is None:
        return {}
    data: dict[str, Any] = {"person": dict(row)}
    for subject, sql in _MINE.items():
        data[subject] = [dict(found) for found in ground.all(sql, (person_id,))]
    for question in data["questions"]:
        question["snippets"] = json.loads(question["snippets"])
    return data


def forget(ground: Ground, person_id: int) -> None:
    """Remove a person's words, votes and identity, down to the bytes; counts stay under no name.

    Their name in what others wrote becomes their alias. If they had said no, only a keyed mark of that
    stays, so that nothing will be logged of them when they speak again.
    """
    with ground.writing():
        _count(ground, person_id)
        _keep_refusals(ground, person_id)
        _unname(ground, person_id)
        for table in (
            "remarks",
            "stances",
            "questions",
            "aliases",
            "consents",
            "answers",
            "masks",
            "errands",
            "glances",
            "readings",
        ):
            ground.run(f"DELETE FROM {table} WHERE person_id = ?", (person_id,))  # noqa: S608  our own words
        ground.run("DELETE FROM people WHERE id = ?", (person_id,))
        ground.run("UPDATE waiting SET private = 1")  # what still waits may speak of them: washed when done
    _scour(ground)


def purge(ground: Ground, now: datetime) -> int:
    """Remove what is older than its seminar keeps it, down to the bytes; return how many rows went."""
    gone = 0
    with ground.writing():
        for row in ground.all("SELECT id, retention_days FROM seminars"):
            gone += _purge_seminar(ground, row["id"], written(now - timedelta(days=row["retention_days"])))
        gone += ground.run(
            "DELETE FROM questions WHERE seminar_id IS NULL AND asked_at < ?",
            (written(now - timedelta(days=PRIVATE_DAYS)),),
        ).rowcount
    if gone:
        _scour(ground)
    return gone


PRIVATE_DAYS = 180  # how long questions asked in private are kept


def _purge_seminar(ground: Ground, seminar_id: int, before: str) -> int:
    rounds = "round_id IN (SELECT id FROM rounds WHERE seminar_id = ?)"
    return sum(
        ground.run(sql, (seminar_id, before)).rowcount
        for sql in (
            f"DELETE FROM remarks WHERE {rounds} AND sent_at < ?",  # noqa: S608  our own words
            f"DELETE FROM stances WHERE {rounds} AND chosen_at < ?",  # noqa: S608  our own words
            f"DELETE FROM answers WHERE {rounds} AND given_at < ?",  # noqa: S608  our own words
            f"DELETE FROM masks WHERE {rounds[:-1]} AND closed_at < ?)",  # noqa: S608  our own words
            "DELETE FROM questions WHERE seminar_id = ? AND asked_at < ?",
            f"DELETE FROM invitations WHERE move_id IN (SELECT id FROM moves WHERE {rounds}) AND sent_at < ?",  # noqa: S608  our own words
        )
    )


def _count(ground: Ground, person_id: int) -> None:
    """Add what is about to go to the rounds' nameless counts."""
    ground.run(
        "INSERT INTO forgotten (round_id, people, remarks, stances, questions)"
        " SELECT o.id, 1,"
        "  (SELECT count(*) FROM remarks r WHERE r.round_id = o.id AND r.person_id = :who),"
        "  (SELECT count(*) FROM stances t WHERE t.round_id = o.id AND t.person_id = :who),"
        "  (SELECT count(*) FROM questions q WHERE q.round_id = o.id AND q.person_id = :who)"
        " FROM rounds o WHERE o.id IN (SELECT round_id FROM remarks WHERE person_id = :who"
        "  UNION SELECT round_id FROM stances WHERE person_id = :who"
        "  UNION SELECT round_id FROM questions WHERE person_id = :who)"
        " ON CONFLICT (round_id) DO UPDATE SET people = people + 1, remarks = remarks + excluded.remarks,"
        "  stances = stances + excluded.stances, questions = questions + excluded.questions",
        {"who": person_id},
    )


def _keep_refusals(ground: Ground, person_id: int) -> None:
    row = ground.one("SELECT telegram_id, consent FROM people WHERE id = ?", (person_id,))
    if row is None:
        return
    refused = [
        found[0]
        for found in ground.all(
            "SELECT seminar_id FROM consents WHERE person_id = ? AND answer = 'no'", (person_id,)
        )
    ]
    if row["consent"] == "no":
        refused.append(EVERYWHERE)
    mark = ground.mark("person", row["telegram_id"])
    for seminar_id in refused:
        ground.run("INSERT OR IGNORE INTO refusals (mark, seminar_id) VALUES (?, ?)", (mark, seminar_id))


def _unname(ground: Ground, person_id: int) -> None:
    """Replace the person's name by their alias in what others wrote in the same seminars."""
    for row in ground.all(
        "SELECT p.name, p.username, a.alias, a.seminar_id FROM aliases a"
        " JOIN people p ON p.id = a.person_id WHERE a.person_id = ?",
        (person_id,),
    ):
        mask = masker([(row["name"], row["username"], row["alias"])])
        for table, column, where in _TEXTS:
            _rewrite(ground, table, column, where, row["seminar_id"], mask)


def _rewrite(  # noqa: PLR0913, PLR0917  which texts, and how
    ground: Ground, table: str, column: str, where: str, seminar_id: int, mask: Callable[[str], str]
) -> None:
    ground.db.conn.create_function("unnamed", 1, mask, deterministic=True)
    ground.run(
        f"UPDATE {table} SET {column} = unnamed({column}) WHERE {where} AND {column} <> unnamed({column})",  # noqa: S608  our own words
        (seminar_id,),
    )


def _scour(ground: Ground) -> None:
    """Write the file anew: deleted cells are zeroed, but a page once split may hold an older copy."""
    ground.run("VACUUM")
    ground.wash()
