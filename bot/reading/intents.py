"""What kind of thing a question asks (who, why, weaknesses …): it chooses between snippets of one entity."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.reading import lists
from bot.reading.folding import fold
from bot.reading.pack import Snippet


@dataclass(frozen=True)
class _Cues:
    """Patterns of one language side of all intents."""

    patterns: Mapping[str, re.Pattern[str]]

    def found(self, folded: str) -> frozenset[str]:
        return frozenset(name for name, pattern in self.patterns.items() if pattern.search(folded))


@lru_cache(maxsize=2)
def _cues(side: str) -> _Cues:
    groups = lists.groups("intents")
    return _Cues(
        {
            name.removesuffix("." + side): _either(words)
            for name, words in groups.items()
            if name.endswith("." + side)
        }
    )


def _either(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in words if w))


def asked(folded: str) -> frozenset[str]:
    """Return the names of the intents of a folded question, such as {"why", "weak"}."""
    return _cues("asked").found(folded)


def told(snippet: Snippet) -> Mapping[str, float]:
    """Return how well a snippet answers each intent: 1.0 at most by title and aliases, 0.5 by text."""
    ways = [snippet.title, *snippet.keywords, *snippet.aliases]
    out = dict.fromkeys(_cues("told").found(fold(snippet.text)), 0.5)
    if not ways:
        return out
    counted: dict[str, int] = {}
    for way in ways:
        folded = fold(way)
        for name in asked(folded) | _cues("told").found(folded):
            counted[name] = counted.get(name, 0) + 1
    for name, times in counted.items():
        out[name] = max(out.get(name, 0.0), min(1.0, 0.5 + 2.0 * times / len(ways)))
    return out


def fit(intents: Iterable[str], told_by: Mapping[str, float]) -> float:
    """Return how well a snippet answers what is asked, 0.0-1.0."""
    wanted = list(intents)
    return sum(told_by.get(name, 0.0) for name in wanted) / len(wanted) if wanted else 0.0
