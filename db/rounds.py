"""Rounds: a prompt opened in a seminar, until it is closed; never two open at once."""

import sqlite3
from datetime import datetime
from typing import Any

from bot.seminar.records import Round
from db.errors import RoundOpen
from db.ground import Ground
from db.times import maybe, read, written

_SELECT = (
    "SELECT id, seminar_id, prompt_slug, prompt_text, opened_at, closed_at, card_message_id, number,"
    " asked_again_at FROM rounds"
)


def open_round(  # noqa: PLR0913  what was asked, by whom and when
    ground: Ground, seminar_id: int, *, prompt_slug: str, prompt_text: str, opened_by: int, at: datetime
) -> Round:
    """Open a round and return it.

    Raises:
        RoundOpen: one is open already.
    """
    try:
        made = ground.run(
            "INSERT INTO rounds (seminar_id, number, prompt_slug, prompt_text, opened_by, opened_at) VALUES"
            " (:seminar, (SELECT coalesce(max(number), 0) + 1 FROM rounds WHERE seminar_id = :seminar),"
            " :slug, :text, :by, :at)",
            {
                "seminar": seminar_id,
                "slug": prompt_slug,
                "text": prompt_text,
                "by": opened_by,
                "at": written(at),
            },
        )
    except sqlite3.IntegrityError as error:
        if open_round_of(ground, seminar_id) is None:
            raise  # no such seminar or person: not what the caller may expect
        raise RoundOpen from error
    found = round_by_id(ground, int(made.lastrowid or 0))
    if found is None:
        raise LookupError("the round just opened vanished")
    return found


def open_round_of(ground: Ground, seminar_id: int) -> Round | None:
    """Return the seminar's open round, or None."""
    return _round(ground.one(f"{_SELECT} WHERE seminar_id = ? AND closed_at IS NULL", (seminar_id,)))


def round_by_id(ground: Ground, round_id: int) -> Round | None:
    """Return the round, or None."""
    return _round(ground.one(f"{_SELECT} WHERE id = ?", (round_id,)))


def rounds(ground: Ground, seminar_id: int) -> list[Round]:
    """Return the seminar's rounds, first to last."""
    rows = ground.all(f"{_SELECT} WHERE seminar_id = ? ORDER BY number", (seminar_id,))
    return [made for row in rows if (made := _round(row))]


def close_round(ground: Ground, round_id: int, *, by: int | None, at: datetime) -> bool:
    """Close the round; return False when it was closed already (two admins pressed at once)."""
    done = ground.run(
        "UPDATE rounds SET closed_at = ?, closed_by = ? WHERE id = ? AND closed_at IS NULL",
        (written(at), by, round_id),
    )
    return bool(done.rowcount)


def ask_again(ground: Ground, round_id: int, *, at: datetime) -> bool:
    """Note that stances are asked for once more; return False when they were, or the round is closed."""
    done = ground.run(
        "UPDATE rounds SET asked_again_at = ? WHERE id = ? AND asked_again_at IS NULL AND closed_at IS NULL",
        (written(at), round_id),
    )
    return bool(done.rowcount)


def set_card(ground: Ground, round_id: int, message_id: int) -> None:
    """Keep which message of ours is the round's card; replies to it are remarks."""
    ground.run("UPDATE rounds SET card_message_id = ? WHERE id = ?", (message_id, round_id))


def _round(row: Any) -> Round | None:
    if row is None:
        return None
    return Round(
        id=row["id"],
        seminar_id=row["seminar_id"],
        prompt_slug=row["prompt_slug"],
        prompt_text=row["prompt_text"],
        opened_at=read(row["opened_at"]),
        closed_at=maybe(row["closed_at"]),
        card_message_id=row["card_message_id"],
        number=row["number"],
        asked_again_at=maybe(row["asked_again_at"]),
    )
