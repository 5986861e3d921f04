"""Where a pack's line between answer and refusal lies: by what questions reach that it does not answer.

They are of two kinds, of our own writing: talk of the world, and questions about other readings.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from bot.answering import tuning
from bot.answering.prepared import Prepared, dump, key, load, prepare
from bot.pack.model import Snippet
from bot.text import lists
from bot.text.disk_cache import cached
from bot.text.folding import is_english

Certainty = Callable[[str], float]


def measured(
    snippets: Sequence[Snippet],
    extra: Mapping[str, Sequence[str]],
    reading: Sequence[str],
    certainty_of: Callable[[Prepared], Certainty],
) -> Prepared:
    """Return the pack prepared, its line drawn; from the user's cache if it is there."""
    if not snippets:
        return prepare(snippets, extra)
    name = f"pack-{key(snippets, extra, reading)}"
    return load(cached(name, lambda: dump(_measure(prepare(snippets, extra, reading), certainty_of))))


def _measure(prepared: Prepared, certainty_of: Callable[[Prepared], Certainty]) -> Prepared:
    certainty = certainty_of(prepared)
    return prepared.with_line([_line(certainty, english=english) for english in (False, True)])


def _line(certainty: Certainty, *, english: bool) -> float:
    """Return the log odds from which a question in that language is answered."""
    reached = []
    for name, share in tuning.STAYS_BELOW.items():
        values = sorted(certainty(line) for line in lists.lines(name) if is_english(line) == english)
        reached.append(values[int(len(values) * share)])
    lowest = tuning.LOWEST_ENGLISH if english else tuning.LOWEST_LINE
    return max(
        lowest, tuning.LINE_SHARE * max(reached) + (tuning.ENGLISH_BASE if english else tuning.LINE_BASE)
    )


def confidence(certainty: float, line: float) -> float:
    """Return log odds as a confidence: 0.5 where the line is."""
    return 1.0 / (1.0 + math.exp(-max(-20.0, min(20.0, certainty - line))))
