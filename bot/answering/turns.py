"""An earlier question as it was understood, and what lies around its answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.answering.names import Hit
from bot.answering.query import Question
from bot.answering.retrieve import Matcher

PREVIOUS, RELATED = 12.0, 7.0  # what the last answer and its neighbours gain
BESIDE = 3.0  # what others of its paragraphs gain
MOST_BESIDE = 2  # paragraphs of a snippet; one that rests on more is an overview, and beside everything
SURE = 0.8  # likeness of a name above which it is surely meant


@dataclass(frozen=True)
class Turn:
    """An earlier question as it was understood: what it named and what answered it."""

    question: Question
    hits: tuple[Hit, ...]
    numbers: tuple[int, ...]  # of the snippets that answered


def names(hits: Iterable[Hit]) -> list[Hit]:
    """Return the names among the hits that are surely meant, and are no nicknames of questions."""
    return [hit for hit in hits if hit.likeness > SURE and _is_own(hit)]


def _is_own(hit: Hit) -> bool:
    return any(kind != "alias" for _, kind in hit.name.owners)


def context(matcher: Matcher, turn: Turn) -> dict[int, float]:
    """Return what the last answers, their neighbours and what stands in the same paragraphs gain."""
    beside = dict.fromkeys(_beside(matcher, turn.numbers), BESIDE)
    around = dict.fromkeys(neighbours(matcher, turn.numbers), RELATED)
    return {**beside, **around, **dict.fromkeys(turn.numbers, PREVIOUS)}


def _beside(matcher: Matcher, numbers: Iterable[int]) -> list[int]:
    """Return the snippets that rest on the same paragraphs, overviews left out."""
    told = {p for n in numbers for p in matcher.snippets[n].paragraphs[:MOST_BESIDE]}
    return [
        n
        for n, snippet in enumerate(matcher.snippets)
        if len(snippet.paragraphs) <= MOST_BESIDE and not told.isdisjoint(snippet.paragraphs)
    ]


def related(matcher: Matcher, number: int) -> list[int]:
    """Return the snippets that this one names as related, in its order."""
    return [matcher.numbers[slug] for slug in matcher.snippets[number].related if slug in matcher.numbers]


def neighbours(matcher: Matcher, numbers: Iterable[int]) -> list[int]:
    """Return the snippets that these name as related, and those that mention them, in that order."""
    numbers = list(numbers)
    named = [other for number in numbers for other in related(matcher, number)]
    mentioning = [other for number in numbers for other in matcher.mentioning(number)]
    return list(dict.fromkeys([*named, *mentioning]))
