"""Questions that are alike, put together: what many asked in their own words is listed once."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.text import lists
from bot.text.folding import fold

ALIKE = 74.0  # rapidfuzz's ratio of two folded questions, 0-100, from which on they count as the same
SHORT, NEARLY_SAME = 4, 86.0  # of so few characters one that differs makes another question


@dataclass(frozen=True)
class Group:
    """Questions that are alike: the wording used most, and which of the texts given these are."""

    wording: str
    members: tuple[int, ...]


def group(texts: Sequence[str]) -> list[Group]:
    """Return the texts in groups of like ones, the largest group first, then as they came.

    `members` are places in `texts`. A text belongs to the first group whose first member it is like.
    """
    leaders: list[str] = []
    members: list[list[int]] = []
    known: dict[str, int] = {}
    for place, text in enumerate(texts):
        core = _core(text)
        if core not in known:
            known[core] = _nearest(core, leaders)
        if known[core] == len(leaders):
            leaders.append(core)
            members.append([])
        members[known[core]].append(place)
    groups = [Group(_usual([texts[place] for place in of]), tuple(of)) for of in members]
    return sorted(groups, key=lambda found: -len(found.members))


def _nearest(core: str, leaders: Sequence[str]) -> int:
    """Return the place of the leader that is most alike; the one after the last when none is."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  only who looks after the unanswered needs it

    if not core:
        return leaders.index("") if "" in leaders else len(leaders)
    least = NEARLY_SAME if len(core) <= SHORT else ALIKE
    best = process.extractOne(core, leaders, scorer=fuzz.ratio, score_cutoff=least)
    return len(leaders) if best is None else int(best[2])


def _core(text: str) -> str:
    """Return a question folded, without the polite words it begins with."""
    folded = fold(text)
    return _polite().sub("", folded).strip() or folded


@lru_cache(maxsize=1)
def _polite() -> re.Pattern[str]:
    words = sorted(
        map(fold, lists.lines("fillers")[0].split()), key=len, reverse=True
    )  # how one begins to ask
    return re.compile(f"^(?:{'|'.join(map(re.escape, words))})+")


def _usual(texts: Sequence[str]) -> str:
    """Return the text that occurs most; of several the shortest, which says it without ado."""
    counted = Counter(" ".join(text.split()) for text in texts)
    return min(counted, key=lambda text: (-counted[text], len(text)))
