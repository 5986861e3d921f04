"""What kind of thing a question asks (who, why, weaknesses …): it chooses between snippets of one entity."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.pack.model import Snippet
from bot.text import lists
from bot.text.dialects import heard
from bot.text.folding import fold

POLE_WEIGHT = 3.0


@dataclass(frozen=True)
class _Cues:
    """The words of one intent: Chinese ones stand anywhere, Latin ones are whole words."""

    han: tuple[str, ...]
    latin: tuple[str, ...]

    def in_text(self, folded: str, spaced: str) -> bool:
        return any(word in folded for word in self.han) or any(word in spaced for word in self.latin)


@lru_cache(maxsize=2)
def _cues(side: str) -> dict[str, _Cues]:
    out = {}
    for name, words in lists.groups("intents").items():
        if name.endswith("." + side):
            han = tuple(word for word in words if not word.isascii())
            latin = tuple(f" {word} " for word in words if word.isascii() and word)
            out[name.removesuffix("." + side)] = _Cues(han, latin)
    return out


def _found(side: str, folded: str) -> frozenset[str]:
    spaced = f" {folded} "
    return frozenset(name for name, cues in _cues(side).items() if cues.in_text(folded, spaced))


@lru_cache(maxsize=256)
def asked(folded: str) -> frozenset[str]:
    """Return the names of the intents of a folded question, such as {"why", "weak"}."""
    return _found("asked", folded)


def told(snippet: Snippet) -> Mapping[str, float]:
    """Return how well a snippet answers each intent: 1.0 at most by title and aliases, 0.5 by text."""
    ways = [snippet.title, *snippet.keywords, *snippet.aliases]
    out = dict.fromkeys(_found("told", fold(snippet.text)), 0.5)
    if not ways:
        return out
    counted: dict[str, int] = {}
    for way in ways:
        folded = heard(way)
        for name in asked(folded) | _found("told", folded):
            counted[name] = counted.get(name, 0) + 1
    for name, times in counted.items():
        out[name] = max(out.get(name, 0.0), min(1.0, 0.5 + 2.0 * times / len(ways)))
    return out


def fit(intents: Collection[str], told_by: Mapping[str, float]) -> float:
    """Return how well a snippet answers what is asked, mostly 0.0-1.0.

    Who asks for strengths alone is badly served with weaknesses, and the other way round: it may be below 0.
    """
    if not intents:
        return 0.0
    matched = sum(told_by.get(name, 0.0) for name in intents) / len(intents)
    return matched + POLE_WEIGHT * (
        _pole("strong", "weak", intents, told_by) + _pole("weak", "strong", intents, told_by)
    )


def _pole(side: str, other: str, intents: Collection[str], told_by: Mapping[str, float]) -> float:
    if side not in intents or other in intents:
        return 0.0
    return told_by.get(side, 0.0) - told_by.get(other, 0.0)
