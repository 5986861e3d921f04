"""Seminars: a group, or one forum topic in it, bound to a pack and its settings."""

from datetime import datetime
from typing import Any, Literal

from bot.seminar.records import Facilitation, Seminar, Visibility
from db.core.database import Ground
from db.core.timestamps import read, written
from db.privacy.aliases import redraw, respell

_COLUMNS = (
    "id, chat_id, thread_id, title, pack, language, consent_rule, retention_days, timezone,"
    " alias_mode, visibility, facilitation"
)


def seminar(  # noqa: PLR0913  a seminar is bound to all of these at once
    ground: Ground, chat_id: int, thread_id: int = 0, *, title: str = "", pack: str, language: str
) -> Seminar:
    """Return the seminar of that place, made where there is none; a new title is taken over."""
    found = find_seminar(ground, chat_id, thread_id)
    if found is not None and title in {"", found.title}:
        return found  # nearly always: nothing is written
    with ground.writing():
        if found is None:
            ground.run(
                "INSERT INTO seminars (chat_id, thread_id, title, pack, language, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (chat_id, thread_id, title, pack, language, written(ground.clock())),
            )
        else:
            ground.run("UPDATE seminars SET title = ? WHERE id = ?", (title, found.id))
    made = find_seminar(ground, chat_id, thread_id)
    if made is None:
        raise LookupError(f"the seminar of {chat_id}/{thread_id} vanished")
    return made


def find_seminar(ground: Ground, chat_id: int, thread_id: int = 0) -> Seminar | None:
    """Return the seminar of that place, or None."""
    place = (chat_id, thread_id)
    row = ground.one(f"SELECT {_COLUMNS} FROM seminars WHERE chat_id = ? AND thread_id = ?", place)  # noqa: S608  our own words
    if row is None:  # what was said before a group moved may have its turn afterwards
        row = ground.one(f"SELECT {_COLUMNS} FROM seminars WHERE moved_from = ? AND thread_id = ?", place)  # noqa: S608  as above
    return _seminar(row)


def seminar_by_id(ground: Ground, seminar_id: int) -> Seminar | None:
    """Return the seminar of our own id, or None."""
    row = ground.one(f"SELECT {_COLUMNS} FROM seminars WHERE id = ?", (seminar_id,))  # noqa: S608  our own words
    return _seminar(row)


def seminars(ground: Ground) -> list[Seminar]:
    """Return all seminars, oldest first."""
    rows = ground.all(f"SELECT {_COLUMNS} FROM seminars ORDER BY id")  # noqa: S608  our own words
    return [Seminar(*row) for row in rows]


def moved_to(ground: Ground, chat_id: int) -> int | None:
    """Return the chat that a group has become, or None."""
    row = ground.one("SELECT chat_id FROM seminars WHERE moved_from = ? ORDER BY id DESC", (chat_id,))
    return None if row is None else int(row[0])


def moved_groups(ground: Ground) -> dict[int, int]:
    """Return, for each supergroup in which a seminar is held, the group that it was."""
    rows = ground.all("SELECT chat_id, moved_from FROM seminars WHERE moved_from IS NOT NULL")
    return {row["chat_id"]: row["moved_from"] for row in rows}


def note_heard(ground: Ground, chat_id: int) -> None:
    """Note, once, that people's ordinary messages of this chat reach us."""
    ground.run(
        "UPDATE seminars SET heard_at = ? WHERE chat_id = ? AND heard_at IS NULL",
        (written(ground.clock()), chat_id),
    )


def heard(ground: Ground, chat_id: int) -> datetime | None:
    """Return when an ordinary message of this chat first reached us; None: never yet."""
    row = ground.one("SELECT min(heard_at) FROM seminars WHERE chat_id = ?", (chat_id,))
    return None if row[0] is None else read(row[0])


def _seminar(row: Any) -> Seminar | None:
    return None if row is None else Seminar(*row)


def configure(  # noqa: PLR0913  one keyword a setting; what is not named stays
    ground: Ground,
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

    Another `alias_mode` gives everybody in the seminar a new alias. Another `language` gives nobody one, but
    Chinese ones are written in its script.
    """
    with ground.writing():
        was = seminar_by_id(ground, seminar_id)
        ground.run(
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
            redraw(ground, seminar_id)
        elif language is not None:
            respell(ground, seminar_id, language)
    found = seminar_by_id(ground, seminar_id)
    if found is None:
        raise LookupError(f"there is no seminar {seminar_id}")
    return found


def migrate_chat(ground: Ground, old_chat_id: int, new_chat_id: int) -> None:
    """Let the seminars of a group go on under the new id that Telegram gave it.

    What was logged keeps the old id: message ids begin anew in the new chat.
    """
    with ground.writing():
        ground.run(  # made by a message that overtook the notice: nothing is in it yet
            "DELETE FROM seminars WHERE chat_id = ?"
            " AND thread_id IN (SELECT thread_id FROM seminars WHERE chat_id = ?)"
            " AND NOT EXISTS (SELECT 1 FROM rounds WHERE rounds.seminar_id = seminars.id)"
            " AND NOT EXISTS (SELECT 1 FROM questions WHERE questions.seminar_id = seminars.id)",
            (new_chat_id, old_chat_id),
        )
        ground.run(  # stays behind; a message of the new chat may have its number
            "UPDATE rounds SET card_message_id = NULL WHERE closed_at IS NULL"
            " AND seminar_id IN (SELECT id FROM seminars WHERE chat_id = ?)",
            (old_chat_id,),
        )
        ground.run(
            "UPDATE OR IGNORE seminars SET chat_id = ?, moved_from = chat_id WHERE chat_id = ?",
            (new_chat_id, old_chat_id),
        )
