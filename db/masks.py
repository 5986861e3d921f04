"""Masks: the colour and animal under which a person speaks in one anonymous round, and who lifted one when.

A mask is drawn anew for every round, so nobody can be followed from one to the next. It stands in the log and
in exports instead of the seminar's alias; only an unmasking, which leaves a trace, tells who it is.
"""

import hmac
from datetime import datetime

from db.ground import Ground
from db.times import written

COLOURS = (
    ("🔴", "紅色"),
    ("🟠", "橙色"),
    ("🟡", "黃色"),
    ("🟢", "綠色"),
    ("🔵", "藍色"),
    ("🟣", "紫色"),
    ("🟤", "棕色"),
    ("⚫", "黑色"),
    ("⚪", "白色"),
)
ANIMALS = tuple(
    "狐狸 貓頭鷹 海豚 松鼠 鯨魚 兔子 企鵝 刺蝟 大象 長頸鹿 烏龜 燕子 水獺 山羊 鸚鵡 駱駝".split()  # noqa: SIM905  read as words
)
ALL = tuple(f"{dot} {colour}{animal}" for dot, colour in COLOURS for animal in ANIMALS)


def mask(ground: Ground, round_id: int, person_id: int) -> str:
    """Return the person's mask in the round, drawn at the first call and kept from then on."""
    with ground.writing():
        row = ground.one(
            "SELECT alias FROM masks WHERE round_id = ? AND person_id = ?", (round_id, person_id)
        )
        if row is not None:
            return str(row[0])
        taken = {found[0] for found in ground.all("SELECT alias FROM masks WHERE round_id = ?", (round_id,))}
        drawn = next(name for name in _order(ground.key, round_id, len(taken)) if name not in taken)
        ground.run(
            "INSERT INTO masks (round_id, person_id, alias) VALUES (?, ?, ?)", (round_id, person_id, drawn)
        )
        return drawn


def masks(ground: Ground, round_id: int) -> list[str]:
    """Return the masks that somebody has spoken under in the round."""
    rows = ground.all("SELECT alias FROM masks WHERE round_id = ? ORDER BY alias", (round_id,))
    return [row[0] for row in rows]


def unmask(ground: Ground, round_id: int, alias: str, *, by: int, at: datetime) -> str | None:
    """Return the name of the person behind the mask, and write down who asked; None: nobody wears it."""
    with ground.writing():
        row = ground.one(
            "SELECT p.name FROM masks m JOIN people p ON p.id = m.person_id"
            " WHERE m.round_id = ? AND m.alias = ?",
            (round_id, alias),
        )
        if row is None:
            return None
        ground.run(
            "INSERT INTO unmaskings (round_id, alias, asked_by, asked_at) VALUES (?, ?, ?, ?)",
            (round_id, alias, by, written(at)),
        )
        return str(row[0])


def take_back(ground: Ground, round_id: int, person_id: int, message_id: int) -> int | None:
    """Remove a masked remark of that person's from the log; return its chat, None if there is none."""
    with ground.writing():
        row = ground.one(
            "DELETE FROM remarks WHERE round_id = ? AND person_id = ? AND message_id = ? AND via = 'relay'"
            " RETURNING chat_id",
            (round_id, person_id, message_id),
        )
    ground.wash()
    return None if row is None else int(row[0])


def _order(key: bytes, round_id: int, drawn: int) -> list[str]:
    """Return all masks in this round's own order, which only the key can repeat; then numbered ones."""
    shuffled = sorted(ALL, key=lambda name: hmac.digest(key, f"mask/{round_id}/{name}".encode(), "sha256"))
    return [*shuffled, f"{shuffled[drawn % len(ALL)]}{drawn // len(ALL) + 1}"]
