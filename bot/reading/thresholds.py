"""Where a pack's line between answer and refusal lies: above what off-topic questions reach by accident."""

import hashlib
from dataclasses import dataclass

from bot.reading import lists
from bot.reading.cache import cached
from bot.reading.folding import fold
from bot.reading.matching import Matcher

VERSION = 1
ANSWER_ABOVE, SUGGEST_ABOVE = 0.98, 0.90  # shares of the off-topic questions that stay below
LOWEST, HIGHEST = -4.0, 3.0  # a tiny pack, or one about everything, must still answer something


@dataclass(frozen=True)
class Thresholds:
    """Evidence needed to answer, and to ask 'did you mean'."""

    answer: float
    suggest: float


def measure(matcher: Matcher) -> Thresholds:
    """Return the pack's thresholds, from the questions of lists/offtopic.txt."""
    reached = sorted(evidence(matcher, fold(line)) for line in lists.lines("offtopic"))
    answer = min(HIGHEST, max(LOWEST, _share(reached, ANSWER_ABOVE)))
    return Thresholds(answer, min(answer - 0.5, _share(reached, SUGGEST_ABOVE)))


def evidence(matcher: Matcher, folded: str) -> float:
    """Return how sure one may be that the pack answers the question."""
    question = matcher.question(folded)
    found = matcher.candidates(question, matcher.hits(folded))
    return matcher.evidence(question, found[0]) if found else -10.0


def _share(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))]


def thresholds(matcher: Matcher, key: str) -> Thresholds:
    """Return the pack's thresholds, measured once for a content; `key` tells packs and versions apart."""
    made = cached(f"thresholds-{key}", lambda: list(vars(measure(matcher)).values()))
    return Thresholds(*made)


def digest(*parts: str) -> str:
    """Return a short name for a content."""
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()[:24]
