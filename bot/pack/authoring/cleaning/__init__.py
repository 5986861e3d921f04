"""Cleaning scraped text honestly: what is sure is removed and listed, what is suspected is only reported."""

from dataclasses import dataclass

from bot.pack.authoring.cleaning.conversion_slips import slips
from bot.pack.authoring.cleaning.furniture import RULES
from bot.pack.authoring.cleaning.mojibake import broken_spots
from bot.pack.authoring.cleaning.traced_text import Spot, Traced

__all__ = ["KINDS", "Cleaned", "Spot", "clean", "suspicions"]

# What each kind of spot is called when it is told to people: Chinese, English.
KINDS = {
    "pinyin": ("拼音註記", "pinyin note"),
    "invisible": ("看不見的字元", "invisible character"),
    "tag": ("網頁標籤", "leftover tag"),
    "entity": ("網頁字元代碼", "HTML entity"),
    "radical": ("部首字元", "radical in the place of a character"),
    "furniture": ("網頁零件", "page furniture"),
    "blank": ("多餘空行", "doubled blank line"),
    "broken": ("亂碼", "broken characters"),
    "fragment": ("拼音註記的殘片", "broken pinyin note"),
    "slip": ("繁簡轉換疑誤", "conversion slip"),
    "notice": ("版權或轉載聲明", "copyright notice"),
}


@dataclass(frozen=True)
class Cleaned:
    """A cleaned text, what was removed from it, and what looks wrong but was left as it is.

    Lines and columns count from 1 and point into the text as it was given.
    """

    text: str
    removals: tuple[Spot, ...]
    suspicions: tuple[Spot, ...]


def clean(text: str) -> Cleaned:
    """Return the text without what surely does not belong to it, and every spot that needs a person's eye."""
    traced = Traced.of(text)
    removals: list[Spot] = []
    for kind, rule in RULES:
        traced, removed = traced.apply(kind, rule)
        removals += removed
    found = tuple(traced.spot(*finding) for finding in _findings(traced.text))
    return Cleaned(traced.text, tuple(sorted(removals, key=_place)), found)


def suspicions(text: str) -> tuple[Spot, ...]:
    """Return the spots of a text that look wrong, in reading order, without changing anything."""
    traced = Traced.of(text)
    return tuple(traced.spot(*finding) for finding in _findings(traced.text))


def _findings(text: str) -> list[tuple[str, int, int, str]]:
    broken = broken_spots(text)
    inside = [range(start, end) for _, start, end, _ in broken]
    others = [found for found in slips(text) if not any(found[1] in span for span in inside)]
    return sorted([*broken, *others], key=lambda found: found[1])


def _place(spot: Spot) -> tuple[int, int]:
    return spot.line, spot.column
