"""Aliases: the readable name under which a person appears in exports, reports and on the board."""

import hmac

from db.animals import ANIMALS
from db.ground import Ground


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


def _draw(ground: Ground, seminar_id: int, person_id: int) -> str:
    """Take the next name; the count only rises, so a forgotten person's name is not given again."""
    order = shuffled(ground.key, seminar_id)
    while True:
        row = ground.one(
            "UPDATE seminars SET aliases_drawn = aliases_drawn + 1 WHERE id = ? RETURNING aliases_drawn",
            (seminar_id,),
        )
        if row is None:
            raise LookupError(f"there is no seminar {seminar_id}")
        name = numbered(order, row[0] - 1)
        taken = ground.run(
            "INSERT INTO aliases (seminar_id, person_id, alias) VALUES (?, ?, ?)"
            " ON CONFLICT (seminar_id, alias) DO NOTHING",  # only where the key was exchanged
            (seminar_id, person_id, name),
        )
        if taken.rowcount:
            return name


def shuffled(key: bytes, seminar_id: int) -> list[str]:
    """Return all names in this seminar's own order, which only the key can repeat."""
    return sorted(ANIMALS, key=lambda name: hmac.digest(key, f"{seminar_id}/{name}".encode(), "sha256"))


def numbered(order: list[str], drawn: int) -> str:
    """Return the name after `drawn` others; once all are taken, the first again as 青鳥2."""
    turn, place = divmod(drawn, len(order))
    return order[place] if turn == 0 else f"{order[place]}{turn + 1}"
