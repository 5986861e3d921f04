"""People, and whether they may be logged. Telegram's ids of people stand in this table only."""

import json
import unicodedata
from collections.abc import Iterable
from typing import Any

from bot.seminar.records import Consent, Person
from db.core.database import OpenDatabase
from db.core.timestamps import written
from db.privacy.data_inventory import INVENTORY

NAMELESS = "👤"
BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters by category, drawn as nothing
EVERYWHERE = 0  # the seminar id of a refusal that holds everywhere


def shown_name(name: str | None, username: str | None) -> str:
    """Return a name that can be seen: Telegram lets people be called by nothing, or by invisible signs."""
    if name and any(unicodedata.category(c)[0] not in "CZM" and c not in BLANK for c in name):
        return name
    return f"@{username}" if username else NAMELESS


class People:
    """People, and what they allow."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def meet(self, telegram_id: int, name: str | None, username: str | None = "") -> Person:
        """Return the person, made or brought up to date with username and a name that can be seen."""
        name, username = shown_name(name, username), username or ""
        known = self.known(telegram_id)
        if known is None:
            return self._add(telegram_id, name, username)
        met = Person(known.id, telegram_id, name, username)
        if met != known:
            self._db.run("UPDATE people SET name = ?, username = ? WHERE id = ?", (name, username, met.id))
        return met

    def _add(self, telegram_id: int, name: str, username: str) -> Person:
        """Add a person; one who said no before being forgotten is still somebody who said no."""
        with self._db.writing():
            made = self._db.run(
                "INSERT INTO people (telegram_id, name, username, met_at) VALUES (?, ?, ?, ?)",
                (telegram_id, name, username, written(self._db.clock())),
            )
            found = Person(int(made.lastrowid or 0), telegram_id, name, username)
            mark = self._db.mark("person", telegram_id)
            refusals = self._db.all(
                "SELECT seminar_id FROM refusals WHERE mark = ? ORDER BY seminar_id", (mark,)
            )
            for (seminar_id,) in refusals:
                self._write_consent(seminar_id or None, found.id, "no")
            self._db.run("DELETE FROM refusals WHERE mark = ?", (mark,))
        return found

    def known(self, telegram_id: int) -> Person | None:
        """Return the person of that Telegram id, or None: asking does not make a stranger known to us."""
        return self._db.record(Person, "SELECT * FROM people WHERE telegram_id = ?", (telegram_id,))

    def answer_of(self, seminar_id: int | None, telegram_id: int) -> Consent:
        """Return what whoever has that Telegram id said, like `consent`; a stranger stays one.

        Of somebody forgotten, a no is known.
        """
        known = self.known(telegram_id)
        if known is not None:
            return self.consent(seminar_id, known.id)
        refused = self._db.one(
            "SELECT 1 FROM refusals WHERE mark = ? AND seminar_id IN (?, ?)",
            (self._db.mark("person", telegram_id), EVERYWHERE, seminar_id),
        )
        return None if refused is None else "no"

    def by_id(self, person_id: int) -> Person | None:
        """Return the person of our own id, or None (never met, or forgotten)."""
        return self._db.record(Person, "SELECT * FROM people WHERE id = ?", (person_id,))

    def data_of(self, person_id: int) -> dict[str, Any]:
        """Return all that is kept of a person, table by table, ready for JSON; {} for who is unknown here."""
        data: dict[str, Any] = {}
        for table, holding in INVENTORY.items():
            if holding.mine:
                rows = self._db.all(holding.mine, {"who": person_id})
                data["person" if table == "people" else table] = [dict(row) for row in rows]
        if not data["person"]:
            return {}
        (data["person"],) = data["person"]
        for question in data["questions"]:
            question["snippets"] = json.loads(question["snippets"])
        return data

    def consent(self, seminar_id: int | None, person_id: int) -> Consent:
        """Return what the person said for this seminar, else what they said for everywhere, else None."""
        row = self._db.one(
            "SELECT coalesce(c.answer, p.consent) FROM people p"
            " LEFT JOIN consents c ON c.person_id = p.id AND c.seminar_id = ? WHERE p.id = ?",
            (seminar_id, person_id),
        )
        answer: Consent = None if row is None else row[0]
        return answer

    def set_consent(self, seminar_id: int | None, person_id: int, answer: Consent) -> None:
        """Keep the person's answer; `seminar_id` None: everywhere, and answers for single seminars go."""
        with self._db.writing():
            self._write_consent(seminar_id, person_id, answer)
            if answer == "no":
                self._db.run(
                    "UPDATE waiting SET private = 1"
                )  # what came right behind it is theirs, it may be
                self._db.run(  # given for a round, and not shown yet
                    "DELETE FROM answers WHERE person_id = :who AND (:seminar IS NULL"
                    " OR round_id IN (SELECT id FROM rounds WHERE seminar_id = :seminar))",
                    {"who": person_id, "seminar": seminar_id},
                )
        if answer == "no":
            self._db.checkpoint()

    def _write_consent(self, seminar_id: int | None, person_id: int, answer: Consent) -> None:
        if seminar_id is None:
            self._db.run("DELETE FROM consents WHERE person_id = ?", (person_id,))
            self._db.run("UPDATE people SET consent = ? WHERE id = ?", (answer, person_id))
        elif answer is None:
            self._db.run(
                "DELETE FROM consents WHERE seminar_id = ? AND person_id = ?", (seminar_id, person_id)
            )
        else:
            self._db.run(
                "INSERT INTO consents (seminar_id, person_id, answer, answered_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET answer = excluded.answer, answered_at = excluded.answered_at",
                (seminar_id, person_id, answer, written(self._db.clock())),
            )

    def may_log(self, seminar_id: int | None, person_id: int) -> bool:
        """Return whether the person's words may be kept, by the seminar's rule and their answer.

        In a private chat (`seminar_id` None) every seminar counts that they may be thinking of: a no to one
        is a no, and where one wants consent first, they must have given it somewhere.
        """
        answer = self.consent(seminar_id, person_id)
        if seminar_id is None and answer is None:
            answer, rule = self._by_seminars(person_id)
        else:
            row = self._db.one("SELECT consent_rule FROM seminars WHERE id = ?", (seminar_id,))
            rule = "notice" if row is None else row[0]
        return allowed(rule, answer)

    def _by_seminars(self, person_id: int) -> tuple[Consent, str]:
        """Return the strictest answer that the person gave to a seminar, and the strictest rule of any."""
        row = self._db.one(
            "SELECT (SELECT min(answer) FROM consents WHERE person_id = ?),"  # no comes before yes
            " EXISTS (SELECT 1 FROM seminars WHERE consent_rule = 'explicit')",
            (person_id,),
        )
        return row[0], "explicit" if row[1] else "notice"

    def willing(self, seminar_id: int, consent_rule: str, telegram_id: int) -> bool:
        """Return whether the words of whoever has that Telegram id may be kept; a stranger stays one."""
        return allowed(consent_rule, self.answer_of(seminar_id, telegram_id))

    def refused_somewhere(self, telegram_ids: Iterable[int]) -> bool:
        """Return whether anyone of them said no, here or anywhere."""
        return any(self._refused(telegram_id) for telegram_id in telegram_ids)

    def _refused(self, telegram_id: int) -> bool:
        row: Any = self._db.one(
            "SELECT p.consent = 'no' OR EXISTS"
            " (SELECT 1 FROM consents c WHERE c.person_id = p.id AND c.answer = 'no')"
            " FROM people p WHERE p.telegram_id = ?",
            (telegram_id,),
        )
        if row is not None:
            return bool(row[0])
        mark = self._db.mark("person", telegram_id)
        return self._db.one("SELECT 1 FROM refusals WHERE mark = ?", (mark,)) is not None


def allowed(consent_rule: str, answer: Consent) -> bool:
    """Return whether that rule lets the words of somebody with that answer be kept."""
    return answer == "yes" or (answer is None and consent_rule == "notice")
