"""Aliases: the name under which a person appears in exports, reports and on the board.

A seminar's are either readable (青鳥, 山羊 …, drawn in an order that only the key can repeat) or codes
(P-7K3QX2MD: an HMAC of the person under the key). The key lies outside the database, see keys.py. Our own
number of a person goes into a code, not Telegram's: it is never given twice, so who comes back after having
been forgotten is somebody new.
"""

import hmac
from functools import lru_cache
from itertools import count

from db.animals import ANIMALS
from db.ground import Ground

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another one when read aloud
CODE_LENGTH = 8  # 39 bits: among a thousand people, two share one in a million seminars


def alias(ground: Ground, seminar_id: int, person_id: int) -> str:
    """Return the person's alias in the seminar, drawn at the first call and kept from then on."""
    row = ground.one(
        "SELECT alias FROM aliases WHERE seminar_id = ? AND person_id = ?", (seminar_id, person_id)
    )
    if row is not None:
        return str(row[0])
    with ground.writing():
        return _draw(ground, seminar_id, person_id)


def aliases(ground: Ground, seminar_id: int) -> dict[int, str]:
    """Return the aliases of all in the seminar by our own person id."""
    rows = ground.all("SELECT person_id, alias FROM aliases WHERE seminar_id = ?", (seminar_id,))
    return dict(map(tuple, rows))


def redraw(ground: Ground, seminar_id: int) -> None:
    """Give everybody in the seminar a new alias, in the seminar's present mode."""
    people = ground.all("DELETE FROM aliases WHERE seminar_id = ? RETURNING person_id", (seminar_id,))
    for (person_id,) in sorted(map(tuple, people)):
        _draw(ground, seminar_id, person_id)


def _draw(ground: Ground, seminar_id: int, person_id: int) -> str:
    """Take the next name that nobody has."""
    row = ground.one("SELECT alias_mode FROM seminars WHERE id = ?", (seminar_id,))
    if row is None:
        raise LookupError(f"there is no seminar {seminar_id}")
    order = None if row[0] == "code" else shuffled(ground.key, seminar_id)
    for attempt in count():
        name = (
            code(ground.key, seminar_id, person_id, attempt)
            if order is None
            else numbered(order, _drawn(ground, seminar_id))
        )
        taken = ground.run(
            "INSERT INTO aliases (seminar_id, person_id, alias) VALUES (?, ?, ?)"
            " ON CONFLICT (seminar_id, alias) DO NOTHING",  # the key was exchanged, or one code in a billion
            (seminar_id, person_id, name),
        )
        if taken.rowcount:
            return name
    raise AssertionError("counting has no end")


def _drawn(ground: Ground, seminar_id: int) -> int:
    """Return how many names were drawn before; it only rises, so a forgotten person's is not given again."""
    row = ground.one(
        "UPDATE seminars SET aliases_drawn = aliases_drawn + 1 WHERE id = ? RETURNING aliases_drawn",
        (seminar_id,),
    )
    return int(row[0]) - 1


def code(key: bytes, seminar_id: int, person_id: int, attempt: int = 0) -> str:
    """Return the person's code in the seminar: whoever has the key can tell it again, nobody else."""
    digest = hmac.digest(key, f"alias/{seminar_id}/{person_id}/{attempt}".encode(), "sha256")
    number, letters = int.from_bytes(digest), []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return f"P-{''.join(letters)}"


@lru_cache(maxsize=256)  # a class of thirty would have it made thirty times
def shuffled(key: bytes, seminar_id: int) -> tuple[str, ...]:
    """Return all names in this seminar's own order, which only the key can repeat."""
    return tuple(
        sorted(ANIMALS, key=lambda name: hmac.digest(key, f"{seminar_id}/{name}".encode(), "sha256"))
    )


def numbered(order: tuple[str, ...], drawn: int) -> str:
    """Return the name after `drawn` others; once all are taken, the first again as 青鳥2."""
    turn, place = divmod(drawn, len(order))
    return order[place] if turn == 0 else f"{order[place]}{turn + 1}"
