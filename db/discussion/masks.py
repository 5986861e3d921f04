"""Masks: the colour and animal under which a person speaks in one anonymous round, and who lifted one when.

A mask is drawn anew for every round, so nobody can be followed from one to the next. It stands in the log and
in exports instead of the seminar's alias; only an unmasking, which leaves a trace, tells who it is. It is
called as the seminar speaks when it is drawn, and of two masks that differ in language only, one is given.
"""

import hmac
from datetime import datetime

from bot.text.folding import to_simplified
from db.core.database import OpenDatabase
from db.core.timestamps import written

LANGUAGES = ("zh-Hant", "zh-Hans", "en")
COLOURS = (
    ("🔴", "紅色", "Red"),
    ("🟠", "橙色", "Orange"),
    ("🟡", "黃色", "Yellow"),
    ("🟢", "綠色", "Green"),
    ("🔵", "藍色", "Blue"),
    ("🟣", "紫色", "Purple"),
    ("🟤", "棕色", "Brown"),
    ("⚫", "黑色", "Black"),
    ("⚪", "白色", "White"),
)
_ANIMALS = """
    狐狸/Fox 貓頭鷹/Owl 海豚/Dolphin 松鼠/Squirrel 鯨魚/Whale 兔子/Rabbit 企鵝/Penguin 刺蝟/Hedgehog
    大象/Elephant 長頸鹿/Giraffe 烏龜/Turtle 燕子/Swallow 水獺/Otter 山羊/Goat 鸚鵡/Parrot 駱駝/Camel
"""
ANIMALS = tuple(pair.split("/") for pair in _ANIMALS.split())
ENGLISH = {  # by the Chinese mask, of which it is the same one
    f"{dot} {colour}{animal}": f"{dot} {english} {creature}"
    for dot, colour, english in COLOURS
    for animal, creature in ANIMALS
}
ALL = tuple(ENGLISH)


class Masks:
    """The masks of each anonymous round."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def of(self, round_id: int, person_id: int) -> str:
        """Return the person's mask in the round, drawn at the first call and kept from then on."""
        with self._db.writing():
            row = self._db.one(
                "SELECT alias FROM masks WHERE round_id = ? AND person_id = ?", (round_id, person_id)
            )
            if row is not None:
                return str(row[0])
            taken = set(self.all(round_id))
            free = next(
                name
                for name in _order(self._db.key, round_id, len(taken))
                if taken.isdisjoint(_spelled(name, language) for language in LANGUAGES)
            )
            drawn = _spelled(free, self._language(round_id))
            self._db.run(
                "INSERT INTO masks (round_id, person_id, alias) VALUES (?, ?, ?)",
                (round_id, person_id, drawn),
            )
            return drawn

    def all(self, round_id: int) -> list[str]:
        """Return the masks that somebody has spoken under in the round."""
        rows = self._db.all("SELECT alias FROM masks WHERE round_id = ? ORDER BY alias", (round_id,))
        return [row[0] for row in rows]

    def lift(self, round_id: int, alias: str, *, by: int, at: datetime) -> str | None:
        """Return the name of the person behind the mask, and write down who asked; None: nobody wears it."""
        with self._db.writing():
            row = self._db.one(
                "SELECT p.name FROM masks m JOIN people p ON p.id = m.person_id"
                " WHERE m.round_id = ? AND m.alias = ?",
                (round_id, alias),
            )
            if row is None:
                return None
            self._db.run(
                "INSERT INTO unmaskings (round_id, alias, asked_by, asked_at) VALUES (?, ?, ?, ?)",
                (round_id, alias, by, written(at)),
            )
            return str(row[0])

    def take_back(self, round_id: int, person_id: int, message_id: int) -> int | None:
        """Remove a masked remark of that person's from the log; return its chat, None if there is none."""
        with self._db.writing():
            row = self._db.one(
                "DELETE FROM remarks WHERE round_id = ? AND person_id = ? AND message_id ="
                " ? AND via = 'relay'"
                " RETURNING chat_id",
                (round_id, person_id, message_id),
            )
        self._db.checkpoint()
        return None if row is None else int(row[0])

    def _language(self, round_id: int) -> str:
        """Return the language of the round's seminar."""
        row = self._db.one(
            "SELECT s.language FROM rounds o JOIN seminars s ON s.id = o.seminar_id WHERE o.id = ?",
            (round_id,),
        )
        return str(row[0])


def _spelled(name: str, language: str) -> str:
    """Return the Chinese mask as it is called in that language."""
    if language == "zh-Hans":
        return to_simplified(name)
    if language == "en":
        plain = name.rstrip("0123456789")
        return ENGLISH[plain] + name[len(plain) :]
    return name


def _order(key: bytes, round_id: int, drawn: int) -> list[str]:
    """Return all masks in this round's own order, which only the key can repeat; then numbered ones."""
    shuffled = sorted(ALL, key=lambda name: hmac.digest(key, f"mask/{round_id}/{name}".encode(), "sha256"))
    return [*shuffled, f"{shuffled[drawn % len(ALL)]}{drawn // len(ALL) + 1}"]
