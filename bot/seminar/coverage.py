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

from bot.answering.engine import Engine
from bot.answering.ranking import Ranking, Unit
from bot.answering.stages.paragraph import named_paragraphs as paragraphs_of
from bot.pack.model import Pack, Snippet
from bot.text.dialects import heard
from bot.text.folding import fold

LONGEST = 500  # characters of a remark that are read
SURE = 0.92  # confidence from which the best snippet counts as touched; a lower one is enough …
RATHER_SURE, TELLING = 0.5, 6.0  # … when a word that it knows tells as much as this
NEAR = 0.2  # confidence from which it is near, where it knows half of the remark
NAMED = 2.0  # weight of names that are a snippet's own, from which it is touched whatever else is said
NAMED_PARAGRAPH = 0.3  # what naming its paragraph adds to the confidence
FEWEST_WORDS = 0.5  # of a remark's content that a snippet must know to be near it at all
LOOKED_AT = 6
MOST_PIECES = 6  # of a remark, looked at one by one: people say several things in one
MOST_PARAGRAPHS = 2  # that a snippet rests on; more: it is an overview

SHARED_BY = 2  # snippets that may go by one keyword; one of more says little about any
SHORTEST = 2
_PIECES = re.compile(r"[。！？!?；;\n…]+")


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
    said = text[:LONGEST]
    if not heard(said) or not engine.retriever.snippets:
        return NOTHING
    whole, paragraphs = engine.retriever.rank(said), named_paragraphs(text)
    pieces = [whole, *map(engine.retriever.rank, filter(heard, _PIECES.split(said)[:MOST_PIECES]))]
    touched = _touched(engine, pieces, paragraphs)
    near = "" if touched else next(filter(None, (_near(engine, piece) for piece in pieces)), "")
    named = any(hit.likeness == 1.0 for hit in whole.names)
    topical = named or bool(touched or near or paragraphs)
    return Match(touched, near, paragraphs, topical, _content(whole.units))


def _touched(engine: Engine, pieces: Iterable[Ranking], paragraphs: frozenset[int]) -> tuple[str, ...]:
    """Return what answers a piece of the remark surely enough, or goes by a name in it, surest first."""
    sure: dict[str, float] = {}
    for piece in pieces:
        claimed: set[str] = set()
        for place, one in enumerate(piece.candidates[:LOOKED_AT]):
            snippet = engine.retriever.snippets[one.number]
            own = [hit for hit in one.names if not hit.everyday and hit.name not in claimed]
            named = sum(hit.weight for hit in own) >= NAMED
            confidence = 0.0 if place else piece.confidence + _named(snippet, paragraphs)
            told = max((unit.weight for unit in piece.units if unit.text in one.covered), default=0.0)
            if named or confidence >= (RATHER_SURE if told >= TELLING else SURE):
                titled = any(one.number in hit.titled for hit in own)
                sure[snippet.slug] = max(sure.get(snippet.slug, 0.0), confidence + titled)
                claimed |= {hit.name for hit in own}
    return tuple(sorted(sure, key=lambda slug: -sure[slug]))


def _near(engine: Engine, piece: Ranking) -> str:
    """Return the snippet that a piece comes near without touching it, or an empty text."""
    if not piece.candidates or piece.confidence < NEAR:
        return ""
    best = piece.candidates[0]
    snippet = engine.retriever.snippets[best.number]
    total = sum(unit.weight for unit in piece.units)
    known = sum(unit.weight for unit in piece.units if unit.text in best.covered)
    return snippet.slug if known > FEWEST_WORDS * total and not _is_overview(snippet) else ""


def named_paragraphs(text: str) -> frozenset[int]:
    """Return the paragraphs that a text names: 第12段, 第十二段, paragraph 12, p12."""
    return paragraphs_of(heard(unicodedata.normalize("NFKC", text)))


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


def _named(snippet: Snippet, paragraphs: frozenset[int]) -> float:
    """Return what the named paragraphs say for a snippet that rests on few paragraphs, one of them named."""
    named = paragraphs.intersection(snippet.paragraphs)
    return NAMED_PARAGRAPH if named and not _is_overview(snippet) else 0.0


def _is_overview(snippet: Snippet) -> bool:
    """Whether the snippet sums up large parts of the reading: one paragraph says little about it."""
    return len(snippet.paragraphs) > MOST_PARAGRAPHS


@lru_cache(maxsize=8)
def subject_words(engine: Engine) -> frozenset[str]:
    """Return the words of the pack's titles and keywords: what is about them is about the subject."""
    named = (name for one in engine.retriever.snippets for name in (one.title, *one.keywords))
    return frozenset(word for name in named for word in _content(engine.retriever.rank(name).units))


def _content(units: Iterable[Unit]) -> frozenset[str]:
    return frozenset(unit.text for unit in units if len(unit.text) > 1)


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
