"""The board: the keys of its pages, and remarks that a teacher has taken off it."""

from datetime import datetime

from bot.seminar.records import Remark
from db.ground import Ground
from db.times import written


def board_key(ground: Ground, seminar_id: int, view: str) -> str:
    """Return the key of a seminar's page (class or teacher): nobody guesses it who has not the store's."""
    return ground.mark("board", view, seminar_id).hex()


def remark_mark(ground: Ground, remark: Remark) -> str:
    """Return what a page calls a remark, without telling its chat."""
    return ground.mark("board remark", remark.chat_id, remark.message_id).hex()


def unshown(ground: Ground, round_id: int) -> frozenset[str]:
    """Return the marks of the round's remarks that are off the board."""
    rows = ground.all("SELECT mark FROM unshown WHERE round_id = ?", (round_id,))
    return frozenset(row[0].hex() for row in rows)


def take_off(ground: Ground, round_id: int, mark: str, *, at: datetime) -> None:
    """Take a remark off the board; it stays in the log."""
    ground.run("INSERT OR IGNORE INTO unshown VALUES (?, ?, ?)", (round_id, bytes.fromhex(mark), written(at)))


def put_back(ground: Ground, round_id: int, mark: str) -> None:
    """Show the remark again."""
    ground.run("DELETE FROM unshown WHERE round_id = ? AND mark = ?", (round_id, bytes.fromhex(mark)))


def changes(ground: Ground) -> int:
    """Return a number that grows with everything that this connection writes."""
    return int(ground.db.conn.total_changes)
