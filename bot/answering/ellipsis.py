"""What a question leaves out, so that only the one before makes it plain (好處呢？ 這件事呢？ 誰導的？)."""

import re
from dataclasses import replace
from functools import lru_cache

from bot.answering import confidence, other_topics, question_kinds
from bot.answering.query import Question, Unit
from bot.answering.retrieve import Matcher
from bot.answering.speakers import either
from bot.answering.turns import Turn
from bot.pack.model import Snippet
from bot.text import lists
from bot.text.folding import fold

AGAIN_LONGEST = 8  # characters of a question that asks for more of the same


@lru_cache(maxsize=1)
def _pointing() -> re.Pattern[str]:
    """Return the pattern of what points at what was said, and of words that tell nothing by themselves."""
    return re.compile(f"{either('this')}{either('count')}?{either('thing')}|{either('empty')}")


@lru_cache(maxsize=1)
def _pronoun() -> re.Pattern[str]:
    return re.compile(either("pronoun"))


def says(group: str, folded: str) -> bool:
    """Return whether the text has a word of that group of the list."""
    folded = folded.replace("其他", "另外")  # which is no pronoun
    return any(
        f" {word} " in f" {folded} " if word.isascii() else word in folded
        for word in lists.groups("follow")[group]
    )


def bare(question: Question) -> Question:
    """Return the question without the words that only point or tell nothing by themselves.

    When no more is left than the kind of question (好處呢), that is no content either.
    """
    spans = [match.span() for match in _pointing().finditer(question.folded)]
    kept = tuple(unit for unit in question.units if not any(_within(unit, *span) for span in spans))
    if all(question_kinds.asked(unit.text) for unit in kept):
        return replace(question, units=())
    return replace(question, units=kept)


def _within(unit: Unit, start: int, end: int) -> bool:
    return start <= unit.start and unit.start + len(unit.text) <= end


def points(question: Question) -> bool:
    """Return whether the question points at what was said; 瑞典那部片 tells itself which one is meant."""
    folded = question.folded
    if folded.isascii():
        return says("pronoun", folded)
    told = {unit.start + len(unit.text) for unit in question.units}
    found = [match.start() for match in _pronoun().finditer(folded)]
    return any(at not in told and folded[at - 1 : at] != "的" for at in found)


def of_today(matcher: Matcher, folded: str, turn: Turn) -> bool:
    """Return whether a question is plainly about the day and the world of the one who asks."""
    index = matcher.index
    return (
        says("today", folded)
        or bool(other_topics.strange_names(index, folded, ()))
        or bool(other_topics.errands(index, folded, (), turn.numbers[0]))
    )


def strange(matcher: Matcher, question: Question) -> tuple[float, float]:
    """Return how much the words tell of which the pack has no part, and their share; cue words are none."""
    strange = confidence.unheard(
        matcher.index, [u for u in question.units if not question_kinds.asked(u.text)]
    )
    return strange, strange / question.mass if question.mass else 0.0


def has_no_subject(folded: str) -> bool:
    """Return whether the question begins with what is asked, so that nothing has it."""
    return folded.startswith(tuple(lists.groups("follow")["subjectless"]))


def asks_again(folded: str) -> bool:
    """Return whether the question asks for no more than more: 舉個例子, 再多說一點, for example."""
    if folded.isascii():
        return folded in lists.groups("follow")["again"]
    bare = folded.rstrip("呢吗啊呀吧 ")
    again = lists.groups("follow")["again"]
    return len(bare) <= AGAIN_LONGEST and any(word in folded for word in again if not word.isascii())


@lru_cache(maxsize=256)
def _attributes(snippet: Snippet) -> tuple[str, ...]:
    """Return the folded words for all that the pack declares as not told."""
    declared = {fold(attribute) for attribute in snippet.absent}
    families = (w for w in lists.groups("attributes").values() if not declared.isdisjoint(w))
    return tuple(sorted({*declared, *(word for words in families for word in words)}, key=len, reverse=True))


def attribute(snippet: Snippet, folded: str) -> str:
    """Return the word by which the question asks for what the pack declares as not told of the snippet."""
    spaced = f" {folded} "
    return next((w for w in _attributes(snippet) if (f" {w} " if w.isascii() else w) in spaced), "")
