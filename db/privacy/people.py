"""People, and whether they may be logged. Telegram's ids of people stand in this table only."""

from collections.abc import Iterable
from typing import Any

from bot.seminar.records import Consent, Person
from db.core.database import Ground
from db.core.timestamps import written

EVERYWHERE = 0  # the seminar id of a refusal that holds everywhere


def person(ground: Ground, telegram_id: int, name: str, username: str = "") -> Person:
    """Return the person, made or brought up to date with name and username."""
    row = ground.one("SELECT id, name, username FROM people WHERE telegram_id = ?", (telegram_id,))
    if row is None:
        return _meet(ground, telegram_id, name, username)
    if (row["name"], row["username"]) != (name, username):
        ground.run("UPDATE people SET name = ?, username = ? WHERE id = ?", (name, username, row["id"]))
    return Person(row["id"], telegram_id, name, username)


def _meet(ground: Ground, telegram_id: int, name: str, username: str) -> Person:
    """Add a person; one who said no before being forgotten is still somebody who said no."""
    with ground.writing():
        made = ground.run(
            "INSERT INTO people (telegram_id, name, username, met_at) VALUES (?, ?, ?, ?)",
            (telegram_id, name, username, written(ground.clock())),
        )
        found = Person(int(made.lastrowid or 0), telegram_id, name, username)
        mark = ground.mark("person", telegram_id)
        refusals = ground.all("SELECT seminar_id FROM refusals WHERE mark = ? ORDER BY seminar_id", (mark,))
        for (seminar_id,) in refusals:
            _write_consent(ground, seminar_id or None, found.id, "no")
        ground.run("DELETE FROM refusals WHERE mark = ?", (mark,))
    return found


def known_person(ground: Ground, telegram_id: int) -> Person | None:
    """Return the person of that Telegram id, or None: asking does not make a stranger known to us."""
    row = ground.one(
        "SELECT id, telegram_id, name, username FROM people WHERE telegram_id = ?", (telegram_id,)
    )
    return None if row is None else Person(*row)


def answer_of(ground: Ground, seminar_id: int | None, telegram_id: int) -> Consent:
    """Return what whoever has that Telegram id said, like `consent`; a stranger stays one.

    Of somebody forgotten, a no is known.
    """
    known = known_person(ground, telegram_id)
    if known is not None:
        return consent(ground, seminar_id, known.id)
    refused = ground.one(
        "SELECT 1 FROM refusals WHERE mark = ? AND seminar_id IN (?, ?)",
        (ground.mark("person", telegram_id), EVERYWHERE, seminar_id),
    )
    return None if refused is None else "no"


def person_by_id(ground: Ground, person_id: int) -> Person | None:
    """Return the person of our own id, or None (never met, or forgotten)."""
    row = ground.one("SELECT id, telegram_id, name, username FROM people WHERE id = ?", (person_id,))
    return None if row is None else Person(*row)


def consent(ground: Ground, seminar_id: int | None, person_id: int) -> Consent:
    """Return what the person said for this seminar, else what they said for everywhere, else None."""
    row = ground.one(
        "SELECT coalesce(c.answer, p.consent) FROM people p"
        " LEFT JOIN consents c ON c.person_id = p.id AND c.seminar_id = ? WHERE p.id = ?",
        (seminar_id, person_id),
    )
    answer: Consent = None if row is None else row[0]
    return answer


def set_consent(ground: Ground, seminar_id: int | None, person_id: int, answer: Consent) -> None:
    """Keep the person's answer; `seminar_id` None: everywhere, and answers for single seminars go."""
    with ground.writing():
        _write_consent(ground, seminar_id, person_id, answer)
        if answer == "no":
            ground.run("UPDATE waiting SET private = 1")  # what came right behind it is theirs, it may be
            ground.run(  # given for a round, and not shown yet
                "DELETE FROM answers WHERE person_id = :who AND (:seminar IS NULL"
                " OR round_id IN (SELECT id FROM rounds WHERE seminar_id = :seminar))",
                {"who": person_id, "seminar": seminar_id},
            )
    if answer == "no":
        ground.wash()


def _write_consent(ground: Ground, seminar_id: int | None, person_id: int, answer: Consent) -> None:
    if seminar_id is None:
        ground.run("DELETE FROM consents WHERE person_id = ?", (person_id,))
        ground.run("UPDATE people SET consent = ? WHERE id = ?", (answer, person_id))
    elif answer is None:
        ground.run("DELETE FROM consents WHERE seminar_id = ? AND person_id = ?", (seminar_id, person_id))
    else:
        ground.run(
            "INSERT INTO consents (seminar_id, person_id, answer, answered_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET answer = excluded.answer, answered_at = excluded.answered_at",
            (seminar_id, person_id, answer, written(ground.clock())),
        )


def may_log(ground: Ground, seminar_id: int | None, person_id: int) -> bool:
    """Return whether the person's words may be kept, by the seminar's rule and their answer.

    In a private chat (`seminar_id` None) every seminar counts that they may be thinking of: a no to one is
    a no, and where one wants consent first, they must have given it somewhere.
    """
    answer = consent(ground, seminar_id, person_id)
    if seminar_id is None and answer is None:
        answer, rule = _by_seminars(ground, person_id)
    else:
        row = ground.one("SELECT consent_rule FROM seminars WHERE id = ?", (seminar_id,))
        rule = "notice" if row is None else row[0]
    return allowed(rule, answer)


def _by_seminars(ground: Ground, person_id: int) -> tuple[Consent, str]:
    """Return the strictest answer that the person gave to a seminar, and the strictest rule of any."""
    row = ground.one(
        "SELECT (SELECT min(answer) FROM consents WHERE person_id = ?),"  # no comes before yes
        " EXISTS (SELECT 1 FROM seminars WHERE consent_rule = 'explicit')",
        (person_id,),
    )
    return row[0], "explicit" if row[1] else "notice"


def allowed(consent_rule: str, answer: Consent) -> bool:
    """Return whether that rule lets the words of somebody with that answer be kept."""
    return answer == "yes" or (answer is None and consent_rule == "notice")


def willing(ground: Ground, seminar_id: int, consent_rule: str, telegram_id: int) -> bool:
    """Return whether the words of whoever has that Telegram id may be kept; a stranger stays one."""
    return allowed(consent_rule, answer_of(ground, seminar_id, telegram_id))


def refused_somewhere(ground: Ground, telegram_ids: Iterable[int]) -> bool:
    """Return whether anyone of them said no, here or anywhere."""
    return any(_refused(ground, telegram_id) for telegram_id in telegram_ids)


def _refused(ground: Ground, telegram_id: int) -> bool:
    row: Any = ground.one(
        "SELECT p.consent = 'no' OR EXISTS"
        " (SELECT 1 FROM consents c WHERE c.person_id = p.id AND c.answer = 'no')"
        " FROM people p WHERE p.telegram_id = ?",
        (telegram_id,),
    )
    if row is not None:
        return bool(row[0])
    mark = ground.mark("person", telegram_id)
    return ground.one("SELECT 1 FROM refusals WHERE mark = ?", (mark,)) is not None
