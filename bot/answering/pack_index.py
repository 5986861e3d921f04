"""What is worked out once for a pack and kept: its names, its own words, its index, its thresholds."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.answering import question_kinds
from bot.answering.bm25 import Index, build
from bot.answering.names import Name, collect
from bot.answering.phrasings import Ways, learn
from bot.pack.model import Snippet
from bot.text.dialects import clauses
from bot.text.dictionary import tokenizer
from bot.text.folding import fold
from bot.text.tokens import Cutter, runs

LONGEST_WORD = 6  # characters; longer names are phrases, not words


@dataclass(frozen=True)
class Prepared:
    """A pack's searchable form. `line` is what is needed to answer, to suggest, and to know a remark."""

    names: Sequence[Name]
    words: Sequence[str]
    index: Index
    told: Sequence[Mapping[str, float]]  # how well each snippet answers each kind of question
    ways: Sequence[Ways]  # how each snippet is asked for
    texts: Sequence[str]  # each snippet's title, text and speaker, folded
    line: tuple[float, float, float] | None = None

    def cutter(self) -> Cutter:
        """Return a tokenizer of the pack's own, which knows its names."""
        return Cutter(tokenizer(self.words))


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
        ways=[learn(snippet, extra.get(snippet.slug, ()), cutter, index) for snippet in snippets],
        texts=[fold(f"{snippet.title}。{snippet.text}。{snippet.speaker}") for snippet in snippets],
    )


def _own_words(names: Iterable[Name]) -> Iterable[str]:
    for name in names:
        if any(kind != "alias" for _, kind in name.owners):
            for run in runs(name.folded):
                if 1 < len(run) <= LONGEST_WORD and not run.isascii():
                    yield run


def _fields(snippet: Snippet, more: Sequence[str], cutter: Cutter) -> dict[str, list[str]]:
    texts: dict[str, Iterable[str]] = {
        "title": [snippet.title],
        "keywords": snippet.keywords,
        "aliases": (*snippet.aliases, *more),
        "text": [snippet.text, snippet.speaker],
        "gloss": [snippet.sentence],
    }
    return {
        name: [t for text in given for clause in clauses(text) for t in cutter.terms(clause)]
        for name, given in texts.items()
    }


def key(snippets: Sequence[Snippet], extra: Mapping[str, Sequence[str]]) -> str:
    """Return a short name for this content."""
    digest = hashlib.sha256(repr((snippets, sorted(extra.items()))).encode("utf-8", "replace"))
    return digest.hexdigest()[:24]


def dump(prepared: Prepared) -> dict[str, Any]:
    """Return the prepared form as plain JSON."""
    index = prepared.index
    names = [[name.folded, name.shown, name.owners] for name in prepared.names]
    ways = [[way.having, way.masses] for way in prepared.ways]
    return {
        **vars(prepared),
        "names": names,
        "index": [index.size, index.lists, index.sounds, sorted(index.subject)],
        "ways": ways,
    }


def load(saved: Mapping[str, Any]) -> Prepared:
    """Return the prepared form from what `dump` returned."""
    names = [Name(folded, shown, tuple(map(tuple, owners))) for folded, shown, owners in saved["names"]]
    ways = [Ways(having, masses) for having, masses in saved["ways"]]
    line = tuple(saved["line"])
    return Prepared(**{**saved, "names": names, "index": Index(*saved["index"]), "ways": ways, "line": line})
