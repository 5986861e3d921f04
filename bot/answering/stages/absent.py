"""What the reading does not tell: a thing it names, asked for what its pack declares as not mentioned."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.answering import tuning
from bot.answering.stages.confidence import LINE
from bot.answering.stages.query import Leaning, Query, said
from bot.answering.stages.scene import Scene
from bot.pack.model import Answer, Snippet, Tier
from bot.pack.topics import title_in
from bot.text import lists
from bot.text.dialects import heard
from bot.text.tokens import stem

_ASKING = re.compile(r"谁|哪|几|多少|怎|什么|多长|多久|吗|\b(?:who|what|when|where|how|which)\b", re.ASCII)
_SMALL = frozenset(
    (
        "the",
        "a",
        "an",
        "of",
        "his",
        "her",
        "its",
        "their",
        "s",
        "is",
        "was",
        "are",
        "did",
        "does",
        "in",
        "on",
        "at",
        "to",
        "and",
    )
)


@dataclass(frozen=True)
class Gap:
    """A declared attribute: as the pack writes it, and the words by which one may ask for it."""

    declared: str
    label: str  # its family's name
    ways: tuple[str, ...]  # any one of these; words with a space in English, all of them


@lru_cache(maxsize=1)
def _families() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(lists.groups("attributes").items())


@lru_cache(maxsize=4_000)
def _gap(declared: str, names: tuple[str, ...]) -> Gap:
    """Return the ways to ask for what is declared; the thing's own names in it say nothing."""
    folded = heard(declared)
    for name in sorted(names, key=len, reverse=True):
        folded = folded.replace(name, " ")
    folded = heard(folded) or heard(declared)
    for label, words in _families():
        if folded in words:
            return Gap(declared, label, words)
    longest = max(
        ((word, label, words) for label, words in _families() for word in words if _has(folded, word)),
        key=lambda found: len(found[0]),
        default=None,
    )
    # A phrase that ends in what a family calls a thing (車票的價格) is asked for by the rest of it as well.
    if longest and _ASKING.search(longest[0]) and len(longest[0]) == len(folded):
        return Gap(declared, longest[1], longest[2])
    return Gap(declared, "", (folded,))


def absent(query: Query, scene: Scene) -> Query | Answer:
    """Say that the reading does not tell it, with what it does tell of the thing."""
    if scene.is_name(heard(query.text)):
        return query
    for number in _asked_of(query):
        snippet = scene.snippets[number]
        found = [(way, gap) for gap in _gaps(snippet) if (way := _asks(query.asked, gap))]
        if found and _is_all(query, number, [way for way, _ in found]):
            way, gap = max(found, key=lambda pair: (heard(pair[1].declared) == pair[0], len(pair[0])))
            if _is_told(scene, number, gap):
                continue
            english = way if way.isascii() else next((w for w in gap.ways if w.isascii()), gap.declared)
            lead = said(
                "lead.absent",
                name=_name(snippet),
                label=title_in(snippet, "en"),
                attribute=_attribute(snippet, gap),
                english=english,
            )
            seen = replace(query, lead=lead).noting("absent", attribute=gap.declared, english=english)
            return scene.answer(seen, [snippet], Tier.ABSENT, score=0.8)
    return query


def is_gap(scene: Scene, number: int, asked: str) -> bool:
    """Return whether a question asks for what that snippet's pack declares as not mentioned."""
    return any(_asks(asked, gap) for gap in _gaps(scene.snippets[number]))


def _gaps(snippet: Snippet) -> list[Gap]:
    names = tuple(heard(name) for name in (*snippet.keywords, *re.findall("《(.+?)》", snippet.title)))
    return [_gap(text, names) for text in snippet.absent]


def _asked_of(query: Query) -> Sequence[int]:
    """Return the snippets that may be asked: those named, or what was answered before."""
    named = {
        number
        for hit in query.ranking.names
        if not hit.only_alias
        for number in (hit.owners if not hit.everyday else hit.titled)
    }
    if query.before and query.leaning in {Leaning.POINTING, Leaning.SHORT}:
        own = {number for hit in query.before.names for number in hit.owners}
        return (*(n for n in query.before.numbers if n in own or not own), *own)
    ranked = query.ranking.candidates
    sure = query.ranking.confidence >= LINE
    return tuple(c.number for c in ranked if c.number in named or (sure and c is ranked[0]))


def _asks(asked: str, gap: Gap) -> str:
    """Return the longest of the ways that the question has, or an empty text."""
    return max((way for way in gap.ways if _has(asked, way)), key=len, default="")


def _has(text: str, way: str) -> bool:
    if not way.isascii():
        return way in text or (all(part in text for part in way.split("的") if part) and "的" in way)
    wanted = {stem(word) for word in way.split() if word not in _SMALL}
    return bool(wanted) and wanted <= {stem(word) for word in re.findall("[a-z0-9]+", text)}


def _is_all(query: Query, number: int, ways: Sequence[str]) -> bool:
    """Return whether hardly more is asked than these: much beside them is the real question."""
    spans = [(at, at + len(way)) for way in ways if (at := query.asked.find(way)) >= 0]
    rest = [
        unit
        for unit in query.ranking.units
        if not any(start <= unit.start < end for start, end in spans)
        and not any(unit.text in way for way in ways)
        and not any(hit.has(unit.start) for hit in query.ranking.names if number in hit.owners)
    ]
    return sum(unit.weight for unit in rest) < tuning.BESIDE_ABSENT


def _is_told(scene: Scene, number: int, gap: Gap) -> bool:
    """Return whether the snippet itself has a word of it: then no denial stands above it."""
    text = scene.texts[number]
    return any(
        way in text for way in gap.ways if not way.isascii() and not _ASKING.search(way) and len(way) > 1
    )


def _name(snippet: Snippet) -> str:
    name = snippet.keywords[0] if snippet.keywords else snippet.title
    return (
        name if name.startswith("《") else f"《{name}》" if f"《{name}》" in snippet.title else f"「{name}」"
    )


def _attribute(snippet: Snippet, gap: Gap) -> str:
    """Return the attribute as it stands in a Chinese sentence."""
    if any(name in gap.declared for name in snippet.keywords):
        return gap.declared  # 橘子多少錢 says itself of what
    nominal = not _ASKING.search(heard(gap.declared))
    return f"{_name(snippet)}的{gap.declared if nominal or not gap.label else gap.label}"
