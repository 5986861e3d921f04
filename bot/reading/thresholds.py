"""Where a pack's line between answer and refusal lies: above what off-topic questions reach by accident."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.reading import evidence, lists
from bot.reading.cache import cached
from bot.reading.folding import fold
from bot.reading.matching import Matcher, answerable
from bot.reading.pack import Pack
from bot.reading.prepared import Prepared, dump, key, load, prepare

ANSWER_ABOVE, SUGGEST_ABOVE = 0.98, 0.90  # shares of the off-topic questions that stay below
REMARK_ABOVE = 0.985
LOWEST, HIGHEST = -3.0, 3.0  # a tiny pack, or one about everything, must still answer something


def measured(pack: Pack, extra: Mapping[str, Sequence[str]]) -> Prepared:
    """Return the pack prepared, its line drawn; from the user's cache if it is there."""
    snippets = answerable(pack)
    if not snippets:
        return _measure(pack, extra)
    return load(cached(f"pack-{key(snippets, extra)}", lambda: dump(_measure(pack, extra))))


def _measure(pack: Pack, extra: Mapping[str, Sequence[str]]) -> Prepared:
    prepared = prepare(answerable(pack), extra)
    matcher = Matcher(pack, prepared)
    asked = [_reached(matcher, fold(line)) for line in lists.lines("offtopic")]
    questions, remarks = (sorted(reached) for reached in zip(*asked, strict=True))
    answer = _within(_share(questions, ANSWER_ABOVE))
    suggest = min(answer - 0.5, _share(questions, SUGGEST_ABOVE))
    return replace(prepared, line=(answer, suggest, _within(_share(remarks, REMARK_ABOVE))))


def _within(line: float) -> float:
    return min(HIGHEST, max(LOWEST, line))


def _reached(matcher: Matcher, folded: str) -> tuple[float, float]:
    """Return what an off-topic line reaches as a question, and as a remark."""
    question = matcher.question(folded)
    found = matcher.candidates(question, matcher.book.hits(folded))
    if not found:
        return -10.0, -10.0
    seen = matcher.index, question, found[0]
    return evidence.certainty(*seen), evidence.evidence(*seen)


def _share(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))]
