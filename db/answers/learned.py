"""Wordings that teachers added to snippets, so that they are answered from then on."""

from collections.abc import Mapping
from dataclasses import dataclass

from db.core.database import Ground
from db.core.timestamps import written


@dataclass(frozen=True)
class Learned:
    """A wording that was added to a snippet as an alias."""

    id: int
    pack: str
    slug: str
    wording: str


def learn(ground: Ground, *, pack: str, slug: str, wording: str, by: int) -> int:
    """Keep the wording as an alias of that snippet and return its id; kept already: the same id again."""
    with ground.writing():
        row = ground.one(
            "SELECT id FROM learned_aliases WHERE pack = ? AND slug = ? AND wording = ?",
            (pack, slug, wording),
        )
        if row is not None:
            return int(row[0])
        made = ground.run(
            "INSERT INTO learned_aliases (pack, slug, wording, learned_by, learned_at)"
            " VALUES (?, ?, ?, ?, ?)",
            (pack, slug, wording, by, written(ground.clock())),
        )
    return int(made.lastrowid or 0)


def learned_by_id(ground: Ground, learned_id: int) -> Learned | None:
    """Return what was learned under that id, or None (never, or undone)."""
    row = ground.one("SELECT id, pack, slug, wording FROM learned_aliases WHERE id = ?", (learned_id,))
    return None if row is None else Learned(*row)


def unlearn(ground: Ground, learned_id: int) -> bool:
    """Take the wording away again; False when it was gone already."""
    return bool(ground.run("DELETE FROM learned_aliases WHERE id = ?", (learned_id,)).rowcount)


def learned(ground: Ground) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return all that was learned: pack -> slug -> wordings, in the order they were added."""
    out: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in ground.all("SELECT pack, slug, wording FROM learned_aliases ORDER BY id"):
        of_pack = out.setdefault(row["pack"], {})
        of_pack[row["slug"]] = (*of_pack.get(row["slug"], ()), row["wording"])
    return out
