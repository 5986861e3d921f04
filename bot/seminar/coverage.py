"""Which evidence of the reading a class has touched: what each remark is about, and what nobody brought in.

The answering engine reads a remark as it reads a question. A remark touches what the engine would have
answered it with, a little more strictly: people answer a question that was asked, but a remark may be
about no part of the reading at all. A paragraph that is named helps what rests on it.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from bot.answering.candidates import Candidate
from bot.answering.confidence import evidence
from bot.answering.engine import Engine
from bot.answering.query import Question
from bot.pack.model import Pack, Snippet
from bot.text.folding import fold

TOUCHES = 0.0  # evidence (see Matcher.evidence) from which the best snippet counts as touched …
ALSO_TOUCHES = 3.0  # … and others beside it, if something in the remark goes by their name
NAMED_PARAGRAPH = 3.0  # what naming its paragraph adds to a snippet's evidence
FEWEST_WORDS = 0.5  # of a remark's content that a snippet must know to be near it at all
LOOKED_AT = 6
MOST_PARAGRAPHS = 2  # that a snippet rests on; more: it is an overview

_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")}
_PARAGRAPH = re.compile(
    r"第\s*(\d{1,3}|[零一二三四五六七八九十]{1,3})\s*段|\b(?:para(?:graph)?s?\.?|p)\s*(\d{1,3})\b"
)
SHARED_BY = 2  # snippets that may go by one keyword; one of more says little about any
SHORTEST = 2


@dataclass(frozen=True)
class Match:
    """What a remark is about: snippets touched, best first, else the one it comes near; paragraphs named."""

    touched: tuple[str, ...] = ()
    near: str = ""
    paragraphs: frozenset[int] = frozenset()
    topical: bool = False  # names anything that the reading is about
    words: frozenset[str] = frozenset()  # content words, folded


NOTHING = Match()


def read_remark(engine: Engine, text: str) -> Match:
    """Return what the remark is about; takes some milliseconds."""
    matcher = engine.matcher
    folded = fold(text[:500])
    if not folded or not matcher.snippets:
        return NOTHING
    question, hits, paragraphs = matcher.question(folded), matcher.book.hits(folded), named_paragraphs(text)
    found = matcher.candidates(question, hits)[:LOOKED_AT]
    weighed = [
        (evidence(matcher.index, question, one) + _named(engine, one, paragraphs), one) for one in found
    ]
    weighed.sort(key=lambda pair: -pair[0])
    touched = tuple(
        matcher.snippets[one.number].slug
        for place, (sure, one) in enumerate(weighed)
        if sure >= (ALSO_TOUCHES if place else TOUCHES) and (one.hits or not place)
    )
    near = ""
    if weighed and not touched:
        sure, best = weighed[0]
        nearest = matcher.snippets[best.number]
        if sure >= engine.remark_line and best.coverage > FEWEST_WORDS and not _is_overview(nearest):
            near = nearest.slug
    named = any(hit.likeness == 1.0 for hit in hits)
    topical = named or bool(touched or near or paragraphs)
    return Match(touched, near, paragraphs, topical, _content(question))


def named_paragraphs(text: str) -> frozenset[int]:
    """Return the paragraphs that a text names: 第12段, 第十二段, paragraph 12, p12."""
    found = _PARAGRAPH.findall(unicodedata.normalize("NFKC", text).lower())
    return frozenset(number for parts in found if (number := _number(parts[0] or parts[1])))


def told_plainly(pack: Pack, slugs: Iterable[str]) -> tuple[str, ...]:
    """Return the snippets that say one thing first, overviews after them: evidence one can point to."""
    return tuple(sorted(slugs, key=lambda slug: slug in pack.by_slug and _is_overview(pack.by_slug[slug])))


def covered(texts: Iterable[str], engine: Engine, slugs: Iterable[str]) -> dict[str, int]:
    """Return how many of the texts touch each of the snippets; the slugs' order is kept, zeros included."""
    counts = dict.fromkeys(slugs, 0)
    for text in texts:
        for slug in read_remark(engine, text).touched:
            if slug in counts:
                counts[slug] += 1
    return counts


def _named(engine: Engine, found: Candidate, paragraphs: frozenset[int]) -> float:
    """Return what the named paragraphs say for a snippet that rests on few paragraphs, one of them named."""
    snippet = engine.matcher.snippets[found.number]
    named = paragraphs.intersection(snippet.paragraphs)
    return NAMED_PARAGRAPH if named and not _is_overview(snippet) else 0.0


def _is_overview(snippet: Snippet) -> bool:
    """Whether the snippet sums up large parts of the reading: one paragraph says little about it."""
    return len(snippet.paragraphs) > MOST_PARAGRAPHS


@lru_cache(maxsize=8)
def subject_words(engine: Engine) -> frozenset[str]:
    """Return the words of the pack's titles and keywords: what is about them is about the subject."""
    named = (name for one in engine.matcher.snippets for name in (one.title, *one.keywords))
    return frozenset(word for name in named for word in _content(engine.matcher.question(fold(name))))


def _content(question: Question) -> frozenset[str]:
    return frozenset(unit.text for unit in question.units if len(unit.text) > 1)


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _DIGITS.get(text, 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def snippets_named(texts: Iterable[str], pack: Pack, slugs: Sequence[str]) -> dict[str, int]:
    """Return how many of the texts name each of the snippets; the slugs' order is kept, zeros included."""
    folded = [fold(text) for text in texts]
    log = "\n".join(folded)  # searched for each name in one go
    begins = list(accumulate((len(text) + 1 for text in folded), initial=0))
    naming_it: dict[str, set[int]] = {slug: set() for slug in slugs}
    for name, owners in _names(pack).items():
        if found := owners & naming_it.keys():
            texts_with = set(_holding(name, log, begins))
            for slug in found:
                naming_it[slug] |= texts_with
    return {slug: len(naming_it[slug]) for slug in slugs}


def _holding(name: str, log: str, begins: Sequence[int]) -> Iterator[int]:
    """Yield the number of each text that has the name in it."""
    at = log.find(name)
    while at >= 0:
        number = bisect_right(begins, at) - 1
        yield number
        at = log.find(name, begins[number + 1])


def _names(pack: Pack) -> dict[str, set[str]]:
    """Return the telling keywords, folded, with the slugs of those that go by them."""
    owners: dict[str, set[str]] = {}
    for snippet in pack.snippets:
        for keyword in () if snippet.draft else (*snippet.keywords, snippet.speaker):
            if len(name := fold(keyword)) >= SHORTEST:
                owners.setdefault(name, set()).add(snippet.slug)
    return {name: slugs for name, slugs in owners.items() if len(slugs) <= SHARED_BY}
