"""A question taken apart: its content words and how much each tells, without what it is dressed in."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from bot.text import lists
from bot.text.dictionary import rarity
from bot.text.folding import fold, to_mainland_words
from bot.text.tokens import Cutter, stem

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[a-z]+|[0-9]+")
LONGEST = 600  # characters; the rest of a longer text is not a question
LATIN_MASS, NUMBER_MASS = 5.0, 2.0
CHARACTER_WEIGHT, OTHER_WORD_WEIGHT = 0.5, 0.2


@dataclass(frozen=True)
class Unit:
    """A content word: where it stands, how much it tells, and what else it may be called."""

    text: str
    start: int
    mass: float
    others: tuple[str, ...] = ()

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Return the terms of the index that are this word."""
        return ("e:" + self.text,) if self.text.isascii() else ("w:" + self.text, "c:" + self.text)

    @cached_property
    def other_keys(self) -> tuple[str, ...]:
        """Return the terms of the index that are another word for it."""
        return tuple(("e:" if other.isascii() else "w:") + other for other in self.others)

    @cached_property
    def pair_keys(self) -> tuple[str, ...]:
        """Return the terms of its pairs of characters."""
        return (
            ()
            if self.text.isascii()
            else tuple("b:" + self.text[at : at + 2] for at in range(len(self.text) - 1))
        )


@dataclass(frozen=True)
class Question:
    """A question ready to be matched. `terms` are weighted for ranking."""

    folded: str
    units: tuple[Unit, ...]
    terms: Mapping[str, float]

    @cached_property
    def content(self) -> frozenset[str]:
        """Return the terms that were asked, without what they may also be called."""
        return frozenset(term for term, weight in self.terms.items() if weight == 1.0)

    @property
    def mass(self) -> float:
        """Return how much the content words tell together."""
        return sum(unit.mass for unit in self.units)


@lru_cache(maxsize=1)
def _fillers() -> tuple[frozenset[str], re.Pattern[str]]:
    words = lists.words("fillers")
    long = sorted((word for word in words if len(word) > 2 and not word.isascii()), key=len, reverse=True)  # noqa: PLR2004
    return words, re.compile("|".join(map(re.escape, long)))


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for line in lists.lines("synonyms"):
        group = [fold(word) for word in line.split()]
        for word in group:
            out[word] = tuple(dict.fromkeys((*out.get(word, ()), *(w for w in group if w != word))))
    return out


@lru_cache(maxsize=1)
def _chinese() -> dict[str, tuple[str, ...]]:
    """Return what stands in Chinese for an English stem."""
    out: dict[str, tuple[str, ...]] = {}
    for line in lists.lines("bilingual"):
        english, _, chinese = line.partition("=")
        words = tuple(fold(word) for word in chinese.split())
        for word in english.split():
            out[stem(word)] = tuple(dict.fromkeys((*out.get(stem(word), ()), *words)))
    return out


def in_chinese(word: str) -> tuple[str, ...]:
    """Return what stands in Chinese for an English word."""
    return _chinese().get(stem(word), ())


def is_filler(word: str) -> bool:
    """Return whether a folded word carries no content in a question."""
    return word in _fillers()[0] or (word.isascii() and (word in lists.words("english") or len(word) == 1))


def content_words(
    folded: str, cutter: Cutter, breaks: Iterable[int] = (), *, guess: bool = False
) -> Iterator[tuple[str, int]]:
    """Yield the content words of a folded text with their positions; none of them goes across a break.

    With `guess`, what no dictionary has is a word if the tokenizer guesses so; else it is single characters.
    """
    _, phrases = _fillers()
    # A filler phrase becomes as many blanks, so that positions stay right.
    rest = phrases.sub(lambda match: " " * len(match[0]), folded)
    edges = [0, *breaks, len(rest)]
    for start, end in pairwise(edges):
        for match in _RUN.finditer(rest, start, end):
            at = match.start()
            for word in [match[0]] if match[0].isascii() else cutter.jieba.cut(match[0], HMM=guess):
                if not is_filler(word):
                    yield from _bare(word, at, cutter)
                at += len(word)


def _bare(word: str, at: int, cutter: Cutter) -> Iterator[tuple[str, int]]:
    """Yield a word without fillers at its ends: a guessed one (改是, 吵個), or one rarer so (結合能)."""
    seen, single = cutter.jieba.FREQ.get(word), _fillers()[0]
    if not word.isascii() and not seen:
        while word and word[-1] in single:
            word = word[:-1]
        while word and word[0] in single:
            word, at = word[1:], at + 1
    elif len(word) > 2 and word[-1] in single and cutter.jieba.FREQ.get(word[:-1], 0) > seen:  # noqa: PLR2004
        word = word[:-1]
    if word:
        yield word, at


def take_apart(folded: str, cutter: Cutter, breaks: Iterable[int] = (), *, guess: bool = False) -> Question:
    """Return the question's content words and weighted terms; nothing is a word across a break."""
    found = list(content_words(folded[:LONGEST], cutter, breaks, guess=guess))
    units = tuple(_units(found))
    terms = _weighted(found, cutter)
    for unit in units:
        for other in unit.others:
            for term in _other_terms(other):
                terms.setdefault(term, OTHER_WORD_WEIGHT)
    return Question(folded, units, terms)


@lru_cache(maxsize=4_000)
def _other_terms(word: str) -> tuple[str, ...]:
    """Return the terms of another word for what was asked; they need no tokenizer."""
    if word.isascii():
        return tuple("e:" + stem(part) for part in word.split())
    pairs = tuple("b:" + word[at : at + 2] for at in range(len(word) - 1))
    return ("w:" + word, *pairs)


def content_terms(folded: str, cutter: Cutter) -> frozenset[str]:
    """Return the terms of a folded text's content words."""
    weighted = _weighted(list(content_words(folded, cutter)), cutter)
    return frozenset(term for term, weight in weighted.items() if weight == 1.0)


def _weighted(found: Iterable[tuple[str, int]], cutter: Cutter) -> dict[str, float]:
    terms: dict[str, float] = {}
    for run in _rejoined(found):
        for term in cutter.terms(run):
            terms[term] = CHARACTER_WEIGHT if term.startswith("c:") else 1.0
    return terms


def mainland(text: str) -> str:
    """Return a folded question in the mainland's words: 軟體 as 软件, 資訊 as 信息."""
    return fold(to_mainland_words(text[:LONGEST]))


def _units(found: Iterable[tuple[str, int]]) -> Iterator[Unit]:
    for word, at in found:
        if word.isascii():
            root = stem(word)
            mass = NUMBER_MASS if word.isdigit() else LATIN_MASS
            yield Unit(root, at, mass, in_chinese(word))
        else:
            mass = rarity(word) if len(word) > 1 else rarity(word) / 2
            yield Unit(word, at, mass, _synonyms().get(word, ()))


def _rejoined(found: Iterable[tuple[str, int]]) -> Iterator[str]:
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
