"""Wordings that teachers added to snippets, so that they are answered from then on."""

from collections.abc import Mapping
from dataclasses import dataclass

from db.core.database import OpenDatabase
from db.core.timestamps import written


@dataclass(frozen=True)
class LearnedWording:
    """A wording that was added to a snippet as an alias."""

    id: int
    pack: str
    slug: str
    wording: str


class LearnedWordings:
    """The wordings that teachers added to snippets."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def add(self, *, pack: str, slug: str, wording: str, by: int) -> int:
        """Keep the wording as an alias of that snippet and return its id; kept already: the same id again."""
        with self._db.writing():
            row = self._db.one(
                "SELECT id FROM learned_aliases WHERE pack = ? AND slug = ? AND wording = ?",
                (pack, slug, wording),
            )
            if row is not None:
                return int(row[0])
            made = self._db.run(
                "INSERT INTO learned_aliases (pack, slug, wording, learned_by, learned_at)"
                " VALUES (?, ?, ?, ?, ?)",
                (pack, slug, wording, by, written(self._db.clock())),
            )
        return int(made.lastrowid or 0)

    def by_id(self, learned_id: int) -> LearnedWording | None:
        """Return what was learned under that id, or None (never, or undone)."""
        return self._db.record(LearnedWording, "SELECT * FROM learned_aliases WHERE id = ?", (learned_id,))

    def drop(self, learned_id: int) -> bool:
        """Take the wording away again; False when it was gone already."""
        return bool(self._db.run("DELETE FROM learned_aliases WHERE id = ?", (learned_id,)).rowcount)

    def all(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Return all that was learned: pack -> slug -> wordings, in the order they were added."""
        out: dict[str, dict[str, tuple[str, ...]]] = {}
        for row in self._db.all("SELECT pack, slug, wording FROM learned_aliases ORDER BY id"):
            of_pack = out.setdefault(row["pack"], {})
            of_pack[row["slug"]] = (*of_pack.get(row["slug"], ()), row["wording"])
        return out
