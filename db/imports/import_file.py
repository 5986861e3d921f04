"""A discussion that was held before the bot came, or elsewhere, brought into a round."""

from pathlib import Path

from db.exports.person_numbers import PSEUDO, pseudo_id
from db.imports import moodle, telegram
from db.imports.found import Discussion, Problem, Unreadable
from db.imports.merge import Merged, merge, problems_shown
from db.store import Store

__all__ = ["Discussion", "Merged", "Problem", "Unreadable", "merge", "problems_shown"]  # they pass through


def read_telegram(store: Store, path: Path) -> Discussion:
    """Return what is in Telegram Desktop's result.json of one chat.

    Raises:
        Unreadable: it is something else, too large, or nested too deeply.
    """
    return telegram.read(path, lambda name: pseudo_id(store, "unknown", name))


def read_moodle(store: Store, path: Path, seminar_id: int) -> Discussion:
    """Return what is in Moodle's forum export; its posts get a chat number of the seminar's own.

    Raises:
        Unreadable: it is something else, or too large.
    """
    return moodle.read(
        path, -PSEUDO - seminar_id, lambda number, name: pseudo_id(store, "moodle", number, name)
    )
