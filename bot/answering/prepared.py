"""What is worked out once for a pack and kept: its names, its own words, its index, its line."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.answering import question_kinds
from bot.answering.index import Index, build
from bot.answering.name_book import Name, collect
from bot.pack.model import Snippet
from bot.text.content_words import content_words
from bot.text.dialects import clauses, heard
from bot.text.dictionary import tokenizer
from bot.text.tokens import Cutter, runs

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
    line: Sequence[float] = ()

    def cutter(self) -> Cutter:
        """Return a tokenizer of the pack's own, which knows its names."""
        return Cutter(tokenizer(self.words))

    def with_line(self, line: Sequence[float]) -> "Prepared":
        """Return the same with its line drawn."""
        return replace(self, line=line)


def prepare(snippets: Sequence[Snippet], extra: Mapping[str, Sequence[str]]) -> Prepared:
    """Return the searchable form of these snippets, worked out anew."""
    names = collect(snippets, extra)
    words = sorted(set(_own_words(names)))
    cutter = Cutter(tokenizer(words))
    index = build([_fields(snippet, extra.get(snippet.slug, ()), cutter) for snippet in snippets])
    return Prepared(
        names,
        words,
        index,
        told=[question_kinds.told(snippet) for snippet in snippets],
        ways=[_learn(snippet, extra.get(snippet.slug, ()), cutter, index) for snippet in snippets],
        sentences=[_sentences(snippet) for snippet in snippets],
    )


def _own_words(names: Iterable[Name]) -> Iterable[str]:
    for name in names:
        if not name.only_alias:
            for run in runs(name.folded):
                if 1 < len(run) <= LONGEST_WORD and not run.isascii():
                    yield run


def _fields(snippet: Snippet, more: Sequence[str], cutter: Cutter) -> dict[str, list[str]]:
    texts: dict[str, Iterable[str]] = {
        "title": [snippet.title, snippet.label],
        "keywords": snippet.keywords,
        "aliases": (*snippet.aliases, *more),
        "text": [snippet.text, snippet.speaker],
        "gloss": [snippet.sentence],
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
        terms = content_terms(heard(text), cutter)
        masses.append(round(sum(index.idf(term) for term in terms), 2))
        for term in terms:
            having.setdefault(term, []).append(way)
    return Ways(having, masses)


def content_terms(folded: str, cutter: Cutter) -> frozenset[str]:
    """Return the terms of a folded text's content words."""
    found = content_words(folded, cutter)
    return frozenset(term for run in rejoined(found) for term in cutter.terms(run))


def rejoined(found: Iterable[tuple[str, int]]) -> Iterable[str]:
    """Yield content words that stood side by side as one run, so that pairs across them count."""
    run, end = "", -1
    for word, at in found:
        if at != end or word.isascii() or run.isascii():
            if run:
                yield run
            run = ""
        run += word
        end = at + len(word)
    if run:
        yield run


def _sentences(snippet: Snippet) -> list[str]:
    told = "".join(char if char not in "。！？!?\n；;" else "\n" for char in snippet.text).split("\n")
    if snippet.sentence:
        told.append(snippet.sentence)
    return [heard(f"{snippet.title} {snippet.speaker}"), *filter(None, map(heard, told))]


def key(snippets: Sequence[Snippet], extra: Mapping[str, Sequence[str]]) -> str:
    """Return a short name for this content."""
    digest = hashlib.sha256(repr((snippets, sorted(extra.items()))).encode("utf-8", "replace"))
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
