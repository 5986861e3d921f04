"""Message ids that are unique in an export: each chat numbers its own, and a seminar may hold several chats'.

What was said before a group became a supergroup is lowered by a billion, as Telegram Desktop does; each
further chat (a forum of Moodle's, a group imported into the seminar) by one billion more.
"""

from db.core.database import OpenDatabase
from db.exports.person_numbers import PSEUDO

SHIFT = 1_000_000_000
BEFORE = 1  # the shifts of the group that became this one
_STAND_INS = 2 * PSEUDO  # below minus this: chats of which an export told the shifts only
_MOST = 1000  # chats in a seminar
_FIRST_CHANNEL = -1_000_000_000_000


def shifted(number: int, shifts: int) -> int:
    """Return the id that stands in an export for a message's own."""
    return number - shifts * SHIFT


def unshifted(number: int) -> tuple[int, int]:
    """Return the id that a message had in its own chat, and by how many shifts it was lowered."""
    if number > -SHIFT // 2:  # numbers of our own go down to it
        return number, 0
    shifts = (SHIFT // 2 - number) // SHIFT
    return number + shifts * SHIFT, shifts


def stand_in(seminar_id: int, shifts: int) -> int:
    """Return a chat's number in the log where its own is not known."""
    return -_STAND_INS - seminar_id * _MOST - shifts


def chats_aside(db: OpenDatabase, seminar_id: int) -> dict[int, int]:
    """Return the chats of a seminar's remarks, beside its own, and by how many shifts each is lowered."""
    rows = db.all(
        "SELECT DISTINCT r.chat_id FROM remarks r JOIN rounds o ON o.id = r.round_id"
        " JOIN seminars s ON s.id = o.seminar_id WHERE s.id = ? AND r.chat_id <> s.chat_id",
        (seminar_id,),
    )
    found: dict[int, int] = {}
    for chat in sorted((row[0] for row in rows), reverse=True):  # groups first, then what has no number
        wanted = _wanted(chat)
        taken = set(found.values())
        found[chat] = next(shifts for shifts in range(wanted, wanted + _MOST) if shifts not in taken)
    return found


def _wanted(chat: int) -> int:
    if chat <= -_STAND_INS:
        return -(chat + _STAND_INS) % _MOST
    return BEFORE if chat > _FIRST_CHANNEL else BEFORE + 1
