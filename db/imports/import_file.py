"""A discussion that was held before the bot came, or elsewhere: its file becomes something to be merged."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from db.exports.person_numbers import PSEUDO, pseudo_id
from db.imports import moodle, telegram
from db.imports.export_file import find_export, find_table
from db.imports.found import Discussion
from db.store import Store


def is_moodle(path: Path) -> bool:
    """Return whether the file is Moodle's table, whatever was said of it."""
    return path.is_file() and moodle.is_moodle(find_export(path))


def read_telegram(store: Store, path: Path, choices: telegram.Choices | None = None) -> Discussion:
    """Return what is in Telegram Desktop's result.json: of one chat, or of the one that was chosen.

    Raises:
        Unreadable: it is something else, no group, too large, or nested too deeply.
    """
    known = telegram.Known(
        number=lru_cache(maxsize=4096)(lambda name: pseudo_id(store, "unknown", name)),
        author=lru_cache(maxsize=4096)(_author(store)),
        posted=lambda chat: _posted(store, chat),
    )
    return telegram.read(find_export(path), known, choices or telegram.Choices())


def read_moodle(store: Store, path: Path, seminar_id: int) -> Discussion:
    """Return what is in Moodle's forum export; its posts get a chat number of the seminar's own.

    Raises:
        Unreadable: it is something else, or too large.
    """
    return moodle.read(
        find_table(path), -PSEUDO - seminar_id, lambda number, name: pseudo_id(store, "moodle", number, name)
    )


def _author(store: Store) -> Callable[[str, frozenset[int]], int | None]:
    """Return who finds the person whose words are passed on, where only a name is told.

    Of several with that name it is one who has said no, if any has.
    """

    def author(name: str, here: frozenset[int]) -> int | None:
        named = store.all("SELECT telegram_id FROM people WHERE name = ?", (name,))
        ids = sorted(here.union(row[0] for row in named))
        refusing = (one for one in ids if store.people.refused_somewhere([one]))
        return next(refusing, ids[0] if ids else None)

    return author


def _posted(store: Store, chat_id: int) -> frozenset[int]:
    rows = store.all(
        "SELECT message_id FROM lines WHERE chat_id = :chat AND message_id IS NOT NULL UNION"
        " SELECT answer_message_id FROM questions WHERE chat_id = :chat AND answer_message_id IS NOT NULL",
        {"chat": chat_id},
    )
    return frozenset(row[0] for row in rows)
