"""The ways a snippet is asked for (title, keywords, aliases), and how like one of them a question is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answering.bm25 import Index
from bot.answering.query import content_terms
from bot.pack.model import Snippet
from bot.text.dialects import heard
from bot.text.tokens import Cutter


@dataclass(frozen=True)
class Ways:
    """Which of a snippet's ways have a term, and how much each way tells."""

    having: Mapping[str, Sequence[int]]
    masses: Sequence[float]


def learn(snippet: Snippet, more: Sequence[str], cutter: Cutter, index: Index) -> Ways:
    """Return the ways to ask for a snippet; `more` are aliases that are not in the pack."""
    having: dict[str, list[int]] = {}
    masses = []
    for way, text in enumerate((snippet.title, *snippet.keywords, *snippet.aliases, *more)):
        terms = content_terms(heard(text), cutter)
        masses.append(round(sum(index.idf(term) for term in terms), 2))
        for term in terms:
            having.setdefault(term, []).append(way)
    return Ways(having, masses)


def likeness(weights: Mapping[str, float], mass: float, ways: Ways) -> float:
    """Return how much a question (its terms' weights, and their sum) is like the nearest way, 0.0-1.0."""
    shared: dict[int, float] = {}
    for term, tells in weights.items():
        for way in ways.having.get(term, ()):
            shared[way] = shared.get(way, 0.0) + tells
    return max((2 * found / (mass + ways.masses[way]) for way, found in shared.items()), default=0.0)
