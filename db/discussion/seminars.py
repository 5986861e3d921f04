"""Seminars: a group, or one forum topic in it, bound to a pack and its settings."""

from datetime import datetime
from typing import Literal

from bot.seminar.records import Facilitation, Seminar, Visibility
from db.core.database import OpenDatabase
from db.core.timestamps import maybe, written
from db.privacy.aliases import Aliases

_SELECT = (
    "SELECT id, chat_id, thread_id, title, pack, language, consent_rule, retention_days, timezone,"
    " alias_mode, visibility, facilitation FROM seminars"
)
_ASIDE = -1  # a topic that no group has


class Seminars:
    """The seminars, and their settings."""

    def __init__(self, db: OpenDatabase, aliases: Aliases) -> None:
        """Read and write in that database."""
        self._db = db
        self._aliases = aliases

    def bind(self, chat_id: int, thread_id: int = 0, *, title: str = "", pack: str, language: str) -> Seminar:
        """Return the seminar of that place, made where there is none; a new title is taken over."""
        found = self.find(chat_id, thread_id)
        if found is not None and title in {"", found.title}:
            return found  # nearly always: nothing is written
        with self._db.writing():
            if found is None:
                self._db.run(
                    "INSERT INTO seminars (chat_id, thread_id, title, pack, language, created_at)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (chat_id, thread_id, title, pack, language, written(self._db.clock())),
                )
            else:
                self._db.run("UPDATE seminars SET title = ? WHERE id = ?", (title, found.id))
        made = self.find(chat_id, thread_id)
        if made is None:
            raise LookupError(f"the seminar of {chat_id}/{thread_id} vanished")
        return made

    def find(self, chat_id: int, thread_id: int = 0) -> Seminar | None:
        """Return the seminar of that place, or None."""
        place = (chat_id, thread_id)
        found = self._db.record(Seminar, f"{_SELECT} WHERE chat_id = ? AND thread_id = ?", place)
        if found is None:  # what was said before a group moved may have its turn afterwards
            found = self._db.record(Seminar, f"{_SELECT} WHERE moved_from = ? AND thread_id = ?", place)
        return found

    def by_id(self, seminar_id: int) -> Seminar | None:
        """Return the seminar of our own id, or None."""
        return self._db.record(Seminar, f"{_SELECT} WHERE id = ?", (seminar_id,))

    def all(self) -> list[Seminar]:
        """Return all seminars, oldest first."""
        return self._db.records(Seminar, f"{_SELECT} ORDER BY id")

    def moved_to(self, chat_id: int) -> int | None:
        """Return the chat that a group has become, or None."""
        row = self._db.one("SELECT chat_id FROM seminars WHERE moved_from = ? ORDER BY id DESC", (chat_id,))
        return None if row is None else int(row[0])

    def moved_groups(self) -> dict[int, int]:
        """Return, for each supergroup in which a seminar is held, the group that it was."""
        rows = self._db.all("SELECT chat_id, moved_from FROM seminars WHERE moved_from IS NOT NULL")
        return {row["chat_id"]: row["moved_from"] for row in rows}

    def note_heard(self, chat_id: int) -> None:
        """Note, once, that people's ordinary messages of this chat reach us."""
        self._db.run(
            "UPDATE seminars SET heard_at = ? WHERE chat_id = ? AND heard_at IS NULL",
            (written(self._db.clock()), chat_id),
        )

    def heard_at(self, chat_id: int) -> datetime | None:
        """Return when an ordinary message of this chat first reached us; None: never yet."""
        row = self._db.one("SELECT min(heard_at) FROM seminars WHERE chat_id = ?", (chat_id,))
        return maybe(row[0])

    def configure(  # noqa: PLR0913  one keyword a setting; what is not named stays
        self,
        seminar_id: int,
        *,
        pack: str | None = None,
        language: str | None = None,
        consent_rule: Literal["notice", "explicit"] | None = None,
        retention_days: int | None = None,
        timezone: str | None = None,
        alias_mode: Literal["readable", "code"] | None = None,
        visibility: Visibility | None = None,
        facilitation: Facilitation | None = None,
    ) -> Seminar:
        """Change what is given (None: leave it) and return the seminar as it is then.

        Another `alias_mode` gives everybody in the seminar a new alias. Another `language` gives nobody one,
        but Chinese ones are written in its script.
        """
        with self._db.writing():
            was = self.by_id(seminar_id)
            self._db.run(
                "UPDATE seminars SET pack = coalesce(?, pack), language = coalesce(?, language),"
                " consent_rule = coalesce(?, consent_rule), retention_days = coalesce(?, retention_days),"
                " timezone = coalesce(?, timezone), alias_mode = coalesce(?, alias_mode),"
                " visibility = coalesce(?, visibility), facilitation = coalesce(?, facilitation)"
                " WHERE id = ?",
                (
                    pack,
                    language,
                    consent_rule,
                    retention_days,
                    timezone,
                    alias_mode,
                    visibility,
                    facilitation,
                    seminar_id,
                ),
            )
            if was is not None and alias_mode not in {None, was.alias_mode}:
                self._aliases.redraw(seminar_id)
            elif language is not None:
                self._aliases.respell(seminar_id, language)
        found = self.by_id(seminar_id)
        if found is None:
            raise LookupError(f"there is no seminar {seminar_id}")
        return found

    def migrate_chat(self, old_chat_id: int, new_chat_id: int) -> None:
        """Let the seminars of a group go on under the new id that Telegram gave it.

        What was logged keeps the old id: message ids begin anew in the new chat.
        """
        with self._db.writing():
            self._db.run(  # made by a message that overtook the notice: nothing is in it yet
                "DELETE FROM seminars WHERE chat_id = ?"
                " AND thread_id IN (SELECT thread_id FROM seminars WHERE chat_id = ?)"
                " AND NOT EXISTS (SELECT 1 FROM rounds WHERE rounds.seminar_id = seminars.id)"
                " AND NOT EXISTS (SELECT 1 FROM questions WHERE questions.seminar_id = seminars.id)",
                (new_chat_id, old_chat_id),
            )
            self._db.run(  # stays behind; a message of the new chat may have its number
                "UPDATE rounds SET card_message_id = NULL WHERE closed_at IS NULL"
                " AND seminar_id IN (SELECT id FROM seminars WHERE chat_id = ?)",
                (old_chat_id,),
            )
            self._db.run(
                "UPDATE OR IGNORE seminars SET chat_id = ?, moved_from = chat_id WHERE chat_id = ?",
                (new_chat_id, old_chat_id),
            )

    def leave_topic(self, chat_id: int) -> bool:
        """Make the seminar with an open round in a topic the group's own; return whether there is one.

        For a group whose topics were turned off (or whose topic was deleted). The two seminars change places,
        so no log moves. Nothing happens when the group has a round open itself, or several topics have.
        """
        rows = self._db.all(
            "SELECT s.id, s.thread_id FROM seminars s"
            " JOIN rounds o ON o.seminar_id = s.id AND o.closed_at IS NULL WHERE s.chat_id = ?",
            (chat_id,),
        )
        if len(rows) != 1 or rows[0]["thread_id"] == 0:
            return False  # nearly always: nothing is written
        with self._db.writing():
            place = "UPDATE seminars SET thread_id = ? WHERE chat_id = ? AND thread_id = ?"
            self._db.run(place, (_ASIDE, chat_id, 0))
            self._db.run(place, (0, chat_id, rows[0]["thread_id"]))
            self._db.run(place, (rows[0]["thread_id"], chat_id, _ASIDE))
        return True
