"""Being forgotten: words, votes and identity go, down to the bytes; counts stay under no name.

data_inventory.py says what is where. Deleting a row zeroes it, but a page that was split may hold an older
copy of it: only writing the file anew removes that. It is owed from the moment of deleting until it is done,
over crashes too.
"""

import html
import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from db.core.database import OpenDatabase
from db.core.recurring_tasks import RecurringTasks
from db.privacy.data_inventory import INVENTORY
from db.privacy.people import EVERYWHERE
from db.privacy.pseudonyms import SOMEBODY, masker

VACUUM = "scour"


class Erasure:
    """Forgetting a person, down to the bytes."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db
        self._tasks = RecurringTasks(db)

    def forget(self, person_id: int) -> None:
        """Remove a person; return when their bytes are gone, or an export that is being read holds them up.

        Their name in what others wrote becomes their alias. If they had said no, only a keyed mark of that
        stays, so that nothing will be logged of them when they speak again. The questions that a teacher gave
        to a class stay under no name.
        """
        row = self._db.one(
            "SELECT id, telegram_id, name, username, consent FROM people WHERE id = ?", (person_id,)
        )
        if row is None:
            return
        with self._db.writing():
            self._count(person_id)
            self._keep_refusals(row)
            self._drop_letters(row)
            self._drop_further_words(person_id)
            self._unname(row)
            for table, holding in INVENTORY.items():
                if holding.owner and table != "people":
                    self._db.run(f"DELETE FROM {table} WHERE {holding.owner} = ?", (person_id,))  # noqa: S608  our own words
            self._db.run("DELETE FROM people WHERE id = ?", (person_id,))
            # what still waits may speak of them: the log is cut when that is done
            self._db.run("UPDATE waiting SET private = 1")
            self._tasks.owe(VACUUM)
        self.vacuum()

    def vacuum(self) -> bool:
        """Write the file anew if that is owed; False: it has to wait for who reads, and is owed still."""
        if self._tasks.settled(VACUUM):
            return True
        try:
            self._db.run("VACUUM")
        except (
            sqlite3.OperationalError
        ):  # an export is under way in this connection, or another program writes
            return False
        self._db.run("DELETE FROM chores WHERE name = ?", (VACUUM,))
        self._db.checkpoint()
        return True

    def _count(self, person_id: int) -> None:
        """Add what is about to go to the rounds' nameless counts."""
        self._db.run(
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

    def _keep_refusals(self, person: Any) -> None:
        found = self._db.all(
            "SELECT seminar_id FROM consents WHERE person_id = ? AND answer = 'no'", (person["id"],)
        )
        refused = [row[0] for row in found] + ([EVERYWHERE] if person["consent"] == "no" else [])
        mark = self._db.mark("person", person["telegram_id"])
        for seminar_id in refused:
            self._db.run(
                "INSERT OR IGNORE INTO refusals (mark, seminar_id) VALUES (?, ?)", (mark, seminar_id)
            )

    def _drop_letters(self, person: Any) -> None:
        """Drop what is about to be posted to them, or carries their words or name.

        It is under way already; only after a crash at this moment would it be missed, or be posted twice.
        """
        theirs = [text for text in (person["name"], person["username"], *self._said(person["id"])) if text]
        for row in self._db.all("SELECT id, chat_id, parameters, result FROM outbox"):
            carried = "\n".join(_strings(json.loads(row["parameters"]), json.loads(row["result"] or "null")))
            if row["chat_id"] == person["telegram_id"] or any(text in carried for text in theirs):
                self._db.run("DELETE FROM outbox WHERE id = ?", (row["id"],))

    def _said(self, person_id: int) -> list[str]:
        rows = self._db.all(
            "SELECT v.text FROM versions v JOIN remarks r ON r.id = v.remark_id WHERE r.person_id = :who"
            " UNION SELECT reason FROM stances WHERE person_id = :who"
            " UNION SELECT text FROM questions WHERE person_id = :who"
            " UNION SELECT text FROM answers WHERE person_id = :who",
            {"who": person_id},
        )
        return [row[0] for row in rows]

    def _drop_further_words(self, person_id: int) -> None:
        """Remove their words from where no column says whose they are."""
        self._db.run(
            "DELETE FROM learned_aliases WHERE trim(wording) IN"
            " (SELECT trim(text) FROM questions WHERE person_id = ?)",
            (person_id,),
        )
        self._db.run(
            "DELETE FROM schedules WHERE made_by = ? AND prompt_slug = '' AND prompt_text <> ''", (person_id,)
        )

    def _unname(self, person: Any) -> None:
        """Replace the person's name by their alias in what others wrote in the same seminars."""
        for seminar_id, alias in self._seminars_of(person):
            mask = masker([(person["name"], person["username"], alias)], terms=self._db.terms)
            for table, holding in INVENTORY.items():
                for column, where in holding.words.items():
                    self._rewrite(table, column, where, seminar_id, mask)

    def _seminars_of(self, person: Any) -> list[tuple[int, str]]:
        """Return where the person was, each with what they are called there."""
        rows = self._db.all(
            "SELECT s.id, a.alias, s.language FROM seminars s"
            " LEFT JOIN aliases a ON a.seminar_id = s.id AND a.person_id = :who"
            " WHERE a.alias IS NOT NULL OR :everywhere"
            "  OR s.id IN (SELECT seminar_id FROM consents WHERE person_id = :who)"
            "  OR s.id IN (SELECT seminar_id FROM rounds WHERE :who IN (opened_by, closed_by))",
            {"who": person["id"], "everywhere": person["consent"] == "no"},
        )
        return [(row["id"], row["alias"] or SOMEBODY[row["language"]]) for row in rows]

    def _rewrite(
        self, table: str, column: str, where: str, seminar_id: int, mask: Callable[[str], str]
    ) -> None:
        self._db.unname = mask
        self._db.run(
            f"UPDATE {table} SET {column} = unnamed({column})"  # noqa: S608  our own words
            f" WHERE {where} AND {column} <> unnamed({column})",
            {"seminar": seminar_id},
        )


def _strings(*values: Any) -> Iterator[str]:
    """Yield every text in JSON, without the escapes of HTML."""
    for value in values:
        if isinstance(value, str):
            yield html.unescape(value)
        elif isinstance(value, dict | list):
            yield from _strings(*(value.values() if isinstance(value, dict) else value))
