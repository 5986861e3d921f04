"""Where a pack's line between answer and refusal lies: above what off-topic questions reach by accident."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import fmean

from bot.answering import confidence, small_talk
from bot.answering.pack_index import Prepared, dump, key, load, prepare
from bot.answering.retrieve import Matcher, answerable
from bot.pack.model import Pack
from bot.text import lists
from bot.text.dialects import heard
from bot.text.disk_cache import cached

ANSWER_ABOVE = 0.95, 0.985  # shares of the off-topic questions, between which the line is drawn
SUGGEST_ABOVE = 0.90  # share of them that stays below
REMARK_ABOVE = 0.991
NOTHING = -10.0  # evidence of a text that no snippet has a word of
LOWEST, LOWEST_REMARK, HIGHEST = (
    -1.5,
    -3.0,
    3.0,
)  # a tiny pack, or one about everything, must still answer something


def measured(pack: Pack, extra: Mapping[str, Sequence[str]]) -> Prepared:
    """Return the pack prepared, its line drawn; from the user's cache if it is there."""
    snippets = answerable(pack)
    if not snippets:
        return _measure(pack, extra)
    return load(cached(f"pack-{key(snippets, extra)}", lambda: dump(_measure(pack, extra))))


def _measure(pack: Pack, extra: Mapping[str, Sequence[str]]) -> Prepared:
    prepared = prepare(answerable(pack), extra)
    matcher = Matcher(pack, prepared)
    lines = {line: heard(line) for line in lists.lines("offtopic")}
    reached = {line: _reached(matcher, folded) for line, folded in lines.items()}
    remarks = sorted(remark for _, remark in reached.values())
    # What is declined by a rule never comes to the line.
    questions = sorted(reached[line][0] for line in lines if not small_talk.not_a_question(line, lines[line]))
    answer = _within(fmean(_between(questions, *ANSWER_ABOVE)), LOWEST)
    suggest = min(answer - 0.5, _share(questions, SUGGEST_ABOVE))
    return replace(prepared, line=(answer, suggest, _within(_share(remarks, REMARK_ABOVE), LOWEST_REMARK)))


def _within(line: float, lowest: float) -> float:
    return min(HIGHEST, max(lowest, line))


def _reached(matcher: Matcher, folded: str) -> tuple[float, float]:
    """Return what an off-topic line reaches as a question, and as a remark."""
    hits = matcher.book.hits(folded)
    question, remark = matcher.asked(folded), matcher.question(folded)
    asked, said = matcher.candidates(question, hits), matcher.candidates(remark, hits)
    return (
        confidence.certainty(matcher.index, question, asked[0]) if asked else NOTHING,
        confidence.evidence(matcher.index, remark, said[0]) if said else NOTHING,
    )


def _between(values: Sequence[float], low: float, high: float) -> Sequence[float]:
    """Return the values between two shares, at least one: a single one is where it is by accident."""
    start = min(len(values) - 1, int(len(values) * low))
    return values[start : max(start + 1, int(len(values) * high))]


def _share(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))]
