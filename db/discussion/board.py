"""The board: the keys of its pages, what a teacher has taken off it, and how it is steered."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from bot.seminar.records import STEPS, Remark
from bot.seminar.stances import counted
from db.core.database import OpenDatabase
from db.core.timestamps import read, written
from db.discussion.remarks import Remarks
from db.discussion.stances import Stances


@dataclass(frozen=True)
class StanceTotals:
    """How many people stand on each of the five steps, before and after, and how many have chosen."""

    before: tuple[int, ...] = (0,) * len(STEPS)
    after: tuple[int, ...] = (0,) * len(STEPS)
    people: int = 0


@dataclass(frozen=True)
class BoardSettings:
    """What the teacher has decided for a round; a new round begins hidden, live and without names."""

    revealed: bool = False
    named: bool = False
    frozen_at: datetime | None = None
    frozen_remark: int = 0
    frozen: StanceTotals = field(default_factory=StanceTotals)


class Board:
    """The board of each round, as the teacher steers it."""

    def __init__(self, db: OpenDatabase, remarks: Remarks, stances: Stances) -> None:
        """Read and write in that database."""
        self._db = db
        self._remarks = remarks
        self._stances = stances

    def key(self, seminar_id: int, view: str) -> str:
        """Return the key of a seminar's page (class or teacher), which only the store's key can tell."""
        return self._db.mark("board", view, seminar_id).hex()

    def mark_of(self, remark: Remark) -> str:
        """Return what a page calls a remark, without telling its chat."""
        return self._db.mark("board remark", remark.chat_id, remark.message_id).hex()

    def unshown(self, round_id: int) -> frozenset[str]:
        """Return the marks of the round's remarks that are off the board."""
        rows = self._db.all("SELECT mark FROM unshown WHERE round_id = ?", (round_id,))
        return frozenset(row[0].hex() for row in rows)

    def take_off(self, round_id: int, mark: str, *, at: datetime) -> None:
        """Take a remark off the board; it stays in the log."""
        self._db.run(
            "INSERT OR IGNORE INTO unshown VALUES (?, ?, ?)", (round_id, bytes.fromhex(mark), written(at))
        )

    def put_back(self, round_id: int, mark: str) -> None:
        """Show the remark again."""
        self._db.run("DELETE FROM unshown WHERE round_id = ? AND mark = ?", (round_id, bytes.fromhex(mark)))

    def steering(self, round_id: int) -> BoardSettings:
        """Return how the board of the round is steered."""
        row = self._db.one("SELECT * FROM steering WHERE round_id = ?", (round_id,))
        if row is None:
            return BoardSettings()
        if row["frozen_at"] is None:
            return BoardSettings(bool(row["revealed"]), bool(row["named"]))
        before, after, people = json.loads(row["frozen_stances"])
        return BoardSettings(
            revealed=bool(row["revealed"]),
            named=bool(row["named"]),
            frozen_at=read(row["frozen_at"]),
            frozen_remark=row["frozen_remark"],
            frozen=StanceTotals(tuple(before), tuple(after), people),
        )

    def reveal_stances(self, round_id: int, *, on: bool) -> None:
        """Show the class the stances, or hide them again."""
        self._db.run(
            "INSERT INTO steering (round_id, revealed) VALUES (?, ?)"
            " ON CONFLICT (round_id) DO UPDATE SET revealed = excluded.revealed",
            (round_id, on),
        )

    def name_voices(self, round_id: int, *, on: bool) -> None:
        """Say who spoke how often, by alias, or no longer."""
        self._db.run(
            "INSERT INTO steering (round_id, named) VALUES (?, ?)"
            " ON CONFLICT (round_id) DO UPDATE SET named = excluded.named",
            (round_id, on),
        )

    def freeze(self, round_id: int, *, at: datetime) -> None:
        """Let the class's page stand still: at the remarks that are there now, and at today's stances.

        What was said is not kept a second time: who is forgotten goes from a page that stands still too.
        """
        (last,) = self._db.one("SELECT coalesce(max(id), 0) FROM remarks WHERE round_id = ?", (round_id,))
        now = self.chosen(round_id)
        self._db.run(
            "INSERT INTO steering (round_id, frozen_at, frozen_remark, frozen_stances) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (round_id) DO UPDATE SET frozen_at = excluded.frozen_at,"
            " frozen_remark = excluded.frozen_remark, frozen_stances = excluded.frozen_stances",
            (round_id, written(at), last, json.dumps([now.before, now.after, now.people])),
        )

    def thaw(self, round_id: int) -> None:
        """Let the class's page follow the class again."""
        self._db.run(
            "UPDATE steering SET frozen_at = NULL, frozen_remark = NULL, frozen_stances = NULL"
            " WHERE round_id = ?",
            (round_id,),
        )

    def chosen(self, round_id: int) -> StanceTotals:
        """Return how many stand where now."""
        found = self._stances.of(round_id)
        return StanceTotals(
            before=tuple(counted(found, "before").values()),
            after=tuple(counted(found, "after").values()),
            people=len({one.person_id for one in found}),
        )

    def remarks_on(self, round_id: int, steered: BoardSettings) -> list[Remark]:
        """Return the remarks that the class's page may show: all, or those before it was frozen."""
        if steered.frozen_at is None:
            return self._remarks.of(round_id)
        return self._remarks.until(round_id, at=steered.frozen_at, last=steered.frozen_remark)

    def changes(self) -> int:
        """Return a number that grows with everything that this connection writes."""
        return int(self._db.conn.total_changes)
