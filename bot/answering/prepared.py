"""What is worked out once for a pack and kept: its names, its own words, its index, its line."""

import hashlib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from bot.answering import question_kinds, tuning
from bot.answering.index import Index, build
from bot.answering.name_book import Name, collect
from bot.pack.model import Snippet
from bot.text.dialects import clauses, heard
from bot.text.dictionary import tokenizer
from bot.text.tokens import Cutter, runs

_STOPS = re.compile(r"[。！？!?；;\n]+|\.\s")
LONGEST_WORD = 6  # characters; longer names are phrases, not words


@dataclass(frozen=True)
class Ways:
    """Which of a snippet's ways to ask for it have a term, and how much each way tells."""

    having: Mapping[str, Sequence[int]]
    masses: Sequence[float]


@dataclass(frozen=True)
class Prepared:
    """A pack's searchable form."""

    names: Sequence[Name]
    words: Sequence[str]
    index: Index
    told: Sequence[Mapping[str, float]]  # how well each snippet answers each kind of question
    ways: Sequence[Ways]  # how each snippet is asked for
    sentences: Sequence[Sequence[str]]  # each snippet's sentences, folded; its title is the first
    read: Sequence[Sequence[str]]  # the sentences of the paragraphs it rests on, where the reading is at hand
    spread: Mapping[str, int]  # in how many snippets each title and keyword is found
    line: Sequence[float] = ()

    def rarity_of(self, name: str) -> float:
        """Return how much a name tells among this pack's snippets, 0.0-1.0."""
        size = self.index.size
        return math.log(1 + size / self.spread.get(name, 1)) / math.log(1 + size)

    @cached_property
    def is_chinese(self) -> bool:
        """Return whether the snippets are told in Chinese."""
        return any(not char.isascii() for told in self.sentences[:3] for char in "".join(told))

    def cutter(self) -> Cutter:
        """Return a tokenizer of the pack's own, which knows its names."""
        return Cutter(tokenizer(self.words))

    def with_line(self, line: Sequence[float]) -> "Prepared":
        """Return the same with its line drawn."""
        return replace(self, line=line)


def prepare(
    snippets: Sequence[Snippet], extra: Mapping[str, Sequence[str]], reading: Sequence[str] = ()
) -> Prepared:
    """Return the searchable form of these snippets, worked out anew; `reading` are its paragraphs."""
    names = collect(snippets, extra)
    words = sorted(set(_own_words(names)))
    cutter = Cutter(tokenizer(words))
    paragraphs = [_paragraphs(snippet, reading) for snippet in snippets]
    index = build(
        [
            _fields(snippet, extra.get(snippet.slug, ()), told, cutter)
            for snippet, told in zip(snippets, paragraphs, strict=True)
        ]
    )
    sentences = [_sentences(snippet) for snippet in snippets]
    return Prepared(
        names,
        words,
        index,
        told=[question_kinds.told(snippet) for snippet in snippets],
        ways=[_learn(snippet, extra.get(snippet.slug, ()), cutter, index) for snippet in snippets],
        sentences=sentences,
        read=[[sentence for text in told for sentence in _parts(text)] for told in paragraphs],
        spread=_spread(names, ["\n".join(told) for told in sentences]),
    )


def _spread(names: Iterable[Name], texts: Sequence[str]) -> dict[str, int]:
    """Return in how many snippets each title and keyword stands that more than its owners speak of."""
    own = (name for name in names if not name.only_alias)
    found = {
        name.folded: sum(name.folded in text or n in dict(name.owners) for n, text in enumerate(texts))
        for name in own
    }
    return {name: times for name, times in found.items() if times > 1}


def _own_words(names: Iterable[Name]) -> Iterable[str]:
    for name in names:
        if not name.only_alias:
            for run in runs(name.folded):
                if 1 < len(run) <= LONGEST_WORD and not run.isascii():
                    yield run


def _paragraphs(snippet: Snippet, reading: Sequence[str]) -> list[str]:
    """Return the paragraphs that a snippet rests on; of one that sums up much of the reading, none."""
    if len(snippet.paragraphs) > tuning.MOST_PARAGRAPHS:
        return []
    return [reading[number - 1] for number in snippet.paragraphs if number <= len(reading)]


def _fields(
    snippet: Snippet, more: Sequence[str], reading: Sequence[str], cutter: Cutter
) -> dict[str, list[str]]:
    texts: dict[str, Iterable[str]] = {
        "title": [snippet.title, snippet.label],
        "keywords": snippet.keywords,
        "aliases": (*snippet.aliases, *more),
        "text": [snippet.text, snippet.speaker],
        "gloss": [snippet.sentence],
        "reading": reading,
    }
    return {
        name: [t for text in given for clause in clauses(text) for t in cutter.terms(clause)]
        for name, given in texts.items()
    }


def _learn(snippet: Snippet, more: Sequence[str], cutter: Cutter, index: Index) -> Ways:
    """Return the ways to ask for a snippet; `more` are aliases that are not in the pack."""
    having: dict[str, list[int]] = {}
    masses = []
    ways = (snippet.title, snippet.label, *snippet.keywords, *snippet.aliases, *more)
    for way, text in enumerate(ways):
        terms = {term for clause in clauses(text) for term in cutter.terms(clause)}
        masses.append(round(sum(index.idf(term) for term in terms), 2))
        for term in terms:
            having.setdefault(term, []).append(way)
    return Ways(having, masses)


def _sentences(snippet: Snippet) -> list[str]:
    """Return a snippet's title with its speaker, and then its sentences, folded."""
    gloss = [heard(snippet.sentence)] if snippet.sentence else []
    return [heard(f"{snippet.title} {snippet.speaker}"), *_parts(snippet.text), *gloss]


def _parts(text: str) -> list[str]:
    return [part for part in map(heard, _STOPS.split(text)) if part]


def key(snippets: Sequence[Snippet], extra: Mapping[str, Sequence[str]], reading: Sequence[str]) -> str:
    """Return a short name for this content."""
    digest = hashlib.sha256(repr((snippets, sorted(extra.items()), reading)).encode("utf-8", "replace"))
    return digest.hexdigest()[:24]


def dump(prepared: Prepared) -> dict[str, Any]:
    """Return the prepared form as plain JSON."""
    index = prepared.index
    return {
        **vars(prepared),
        "names": [[name.folded, name.shown, name.owners] for name in prepared.names],
        "index": [index.size, index.lists, index.sounds],
        "ways": [[way.having, way.masses] for way in prepared.ways],
    }


def load(saved: Mapping[str, Any]) -> Prepared:
    """Return the prepared form from what `dump` returned."""
    names = [Name(folded, shown, tuple(map(tuple, owners))) for folded, shown, owners in saved["names"]]
    ways = [Ways(having, masses) for having, masses in saved["ways"]]
    return Prepared(**{**saved, "names": names, "index": Index(*saved["index"]), "ways": ways})
