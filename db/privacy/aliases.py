"""Aliases: the name under which a person appears in exports, reports and on the board.

A seminar's are either readable (青鳥, 山羊 …, drawn in an order that only the key can repeat) or codes
(P-7K3QX2MD: an HMAC of the person under the key). The key lies outside the database, see keys.py. Our own
number of a person goes into a code, not Telegram's: it is never given twice, so who comes back after having
been forgotten is somebody new.

Readable ones are drawn in the seminar's language: Otter in English, 青鸟 in Simplified. Who has one keeps it
when that changes; between the two scripts of Chinese the same animal is only spelled anew. One count runs
through all languages, and no name is in two of them, so nobody gets what another one has or had.
"""

import hmac
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import count

from bot.text.folding import to_simplified
from db.core.database import OpenDatabase
from db.privacy.animals import ANIMALS, ENGLISH

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another one when read aloud
CODE_LENGTH = 8  # 39 bits: among a thousand people, two share one in a million seminars


class Aliases:
    """The aliases of the people in each seminar."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def of(self, seminar_id: int, person_id: int) -> str:
        """Return the person's alias in the seminar, drawn at the first call and kept from then on."""
        row = self._db.one(
            "SELECT alias FROM aliases WHERE seminar_id = ? AND person_id = ?", (seminar_id, person_id)
        )
        if row is not None:
            return str(row[0])
        with self._db.writing():
            return self._draw(seminar_id, person_id)

    def all(self, seminar_id: int) -> dict[int, str]:
        """Return the aliases of all in the seminar by our own person id."""
        rows = self._db.all("SELECT person_id, alias FROM aliases WHERE seminar_id = ?", (seminar_id,))
        return dict(map(tuple, rows))

    def keep(self, seminar_id: int, person_id: int, name: str) -> None:
        """Give a person the alias that they came with, unless somebody has it or they have one."""
        self._db.run(
            "INSERT OR IGNORE INTO aliases (seminar_id, person_id, alias) VALUES (?, ?, ?)",
            (seminar_id, person_id, name),
        )

    def redraw(self, seminar_id: int) -> None:
        """Give everybody in the seminar a new alias, in the seminar's present mode."""
        people = self._db.all("DELETE FROM aliases WHERE seminar_id = ? RETURNING person_id", (seminar_id,))
        for (person_id,) in sorted(map(tuple, people)):
            self._draw(seminar_id, person_id)

    def respell(self, seminar_id: int, language: str) -> None:
        """Write the Chinese names of a seminar in that language's script; English has none for them."""
        for person_id, name in self.all(seminar_id).items():
            if (new := spelled(name, language)) != name:
                self._db.run(  # "or ignore": one that was imported may be spelled so already
                    "UPDATE OR IGNORE aliases SET alias = ? WHERE seminar_id = ? AND person_id = ?",
                    (new, seminar_id, person_id),
                )

    def _draw(self, seminar_id: int, person_id: int) -> str:
        """Take the next name that nobody has."""
        row = self._db.one("SELECT alias_mode, language FROM seminars WHERE id = ?", (seminar_id,))
        if row is None:
            raise LookupError(f"there is no seminar {seminar_id}")
        order = (
            None if row["alias_mode"] == "code" else in_language(self._db.key, seminar_id, row["language"])
        )
        for attempt in count():
            name = (
                code(self._db.key, seminar_id, person_id, attempt)
                if order is None
                else numbered(order, self._drawn(seminar_id))
            )
            taken = self._db.run(
                "INSERT INTO aliases (seminar_id, person_id, alias) VALUES (?, ?, ?)"
                " ON CONFLICT (seminar_id, alias) DO NOTHING",  # another key, or one code in a billion
                (seminar_id, person_id, name),
            )
            if taken.rowcount:
                return name
        raise AssertionError("counting has no end")

    def _drawn(self, seminar_id: int) -> int:
        """Return how many names were drawn before: it only rises, so none is given a second time."""
        row = self._db.one(
            "UPDATE seminars SET aliases_drawn = aliases_drawn + 1 WHERE id = ? RETURNING aliases_drawn",
            (seminar_id,),
        )
        return int(row[0]) - 1


def spelled(name: str, language: str) -> str:
    """Return a name of ours in the language's script; any other one, and in English each, as it is."""
    animal = name.rstrip("0123456789")
    traditional = _by_simplified().get(to_simplified(animal), "")
    if not traditional or language == "en":
        return name
    return (to_simplified(animal) if language == "zh-Hans" else traditional) + name[len(animal) :]


def code(key: bytes, seminar_id: int, person_id: int, attempt: int = 0) -> str:
    """Return the person's code in the seminar: whoever has the key can tell it again, nobody else."""
    digest = hmac.digest(key, f"alias/{seminar_id}/{person_id}/{attempt}".encode(), "sha256")
    number, letters = int.from_bytes(digest), []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return f"P-{''.join(letters)}"


@lru_cache(maxsize=256)  # a class of thirty would have it made thirty times
def in_language(key: bytes, seminar_id: int, language: str) -> tuple[str, ...]:
    """Return the names of that language in this seminar's own order."""
    if language == "en":
        return shuffled(key, seminar_id, ENGLISH)
    order = shuffled(key, seminar_id)
    return tuple(map(to_simplified, order)) if language == "zh-Hans" else order


def shuffled(key: bytes, seminar_id: int, names: Sequence[str] = ANIMALS) -> tuple[str, ...]:
    """Return all names in this seminar's own order, which only the key can repeat."""
    return tuple(sorted(names, key=lambda name: hmac.digest(key, f"{seminar_id}/{name}".encode(), "sha256")))


def numbered(order: tuple[str, ...], drawn: int) -> str:
    """Return the name after `drawn` others; once all are taken, the first again as 青鳥2."""
    turn, place = divmod(drawn, len(order))
    return order[place] if turn == 0 else f"{order[place]}{turn + 1}"


@cache
def _by_simplified() -> dict[str, str]:
    return {to_simplified(name): name for name in ANIMALS}
