"""Names found inside a question: exact first, then the same by sound, or with a slip of the keyboard."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import eq

from bot.answering.ranking import NameHit
from bot.pack.model import Snippet
from bot.text import lists
from bot.text.dialects import heard
from bot.text.dictionary import is_word
from bot.text.pinyin import likeness, readings, sound_class
from bot.text.tokens import stem

TITLE, KEYWORD, ALIAS = "title", "keyword", "alias"
LONGEST = 40  # folded characters; longer aliases are found by ranking
LATIN_SHORTEST = 5  # letters of a Latin word that may be corrected
LATIN_CUTOFF = 0.79  # one slip in five letters; 0.8 itself is lost in rounding
ANOTHER_WORD = 0.15  # what a pair counts against a slip when it is a word of its own
MOST_CANDIDATES = 60  # names looked at for one pair of sounds
MOST_LOOKED_AT = 2_000  # and for one question

_QUOTED = re.compile(r"[《〈「“](.+?)[》〉」”]")
_PLAIN_NUMBER = re.compile(r"^[\d\s年月日号第段]+$")
_INITIALS = re.compile("[a-z]{2}")  # XR, when it is a keyword
_SHARE = re.compile(r"\d{2,}\s*[%％]")  # a number that is a name of its own


@dataclass(frozen=True)
class Name:
    """A folded name and the snippets that go by it, each with what it is there: title, keyword or alias."""

    folded: str
    shown: str
    owners: tuple[tuple[int, str], ...]

    @cached_property
    def only_alias(self) -> bool:
        """Return whether no snippet has it as its title or a keyword."""
        return all(kind == ALIAS for _, kind in self.owners)

    def hit(self, start: int, end: int, alike: float) -> NameHit:
        """Return it as found; it weighs by length, likeness cubed, and rarity."""
        size = sum(
            0.34 if char.isascii() else 1.0 for char in self.folded
        )  # a letter is a third of a character
        weight = min(size, 8.0) * alike**3 / math.sqrt(len(self.owners))
        return NameHit(
            self.folded,
            self.shown,
            start,
            end,
            alike,
            tuple(number for number, _ in self.owners),
            tuple(number for number, kind in self.owners if kind == TITLE),
            weight,
            is_word(self.folded),
            self.only_alias,
        )


def collect(snippets: Sequence[Snippet], extra: Mapping[str, Sequence[str]]) -> list[Name]:
    """Return all names of the snippets; `extra` has more aliases by slug."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    shown: dict[str, str] = {}
    for number, snippet in enumerate(snippets):
        for text, kind in _names(snippet, extra.get(snippet.slug, ())):
            folded = heard(text)
            short = _SHARE.fullmatch(text) or (kind != ALIAS and _INITIALS.fullmatch(folded))
            if folded and (_is_name(folded) or short):
                found[folded].setdefault(number, kind)
                shown.setdefault(folded, text)
    return [Name(folded, shown[folded], tuple(owners.items())) for folded, owners in found.items()]


def _names(snippet: Snippet, extra: Iterable[str]) -> Iterable[tuple[str, str]]:
    yield snippet.title, TITLE
    if snippet.label:
        yield snippet.label, TITLE
    for quoted in _QUOTED.findall(snippet.title):
        yield quoted, TITLE
    for keyword in snippet.keywords:
        yield keyword, KEYWORD
        bare = re.sub(r"[（(].*?[）)]", "", keyword)
        if bare != keyword:
            yield bare, KEYWORD
    for alias in (*snippet.aliases, *extra):
        yield alias, ALIAS


def _is_name(folded: str) -> bool:
    size = sum(0.5 if char.isascii() else 1.0 for char in folded)
    return size > 1 and len(folded) <= LONGEST * 3 and not _PLAIN_NUMBER.match(folded)


class NameBook:
    """All names of a pack, found exactly, by sound, or nearly."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = {name.folded: name for name in names}
        self._sizes = sorted({len(folded) for folded in self.names if len(folded) <= LONGEST}, reverse=True)
        self._beginnings = {folded[:2] for folded in self.names}  # most places in a question begin no name

    @cached_property
    def _near(self) -> "_NearNames":
        return _NearNames(self.names.values())

    def exact(self, folded: str) -> Name | None:
        """Return the name that is the whole text, or None."""
        return self.names.get(folded)

    def hits(self, folded: str) -> list[NameHit]:
        """Return the names in the question that do not overlap, left to right."""
        found = self._exact_hits(folded)
        covered = {at for hit in found for at in range(hit.start, hit.end)}
        if len(covered) >= len(folded):
            return _choose(found)
        near = self._near.hits(folded, covered)
        # What is written rightly is not corrected, unless it is a part of something longer.
        found += [hit for hit in near if all(_apart(hit, other) or _within(other, hit) for other in found)]
        return _choose(found)

    def _exact_hits(self, folded: str) -> list[NameHit]:
        out = []
        starts = (at for at in range(len(folded)) if folded[at : at + 2] in self._beginnings)
        for start in starts:
            for size in self._sizes:
                name = self.names.get(folded[start : start + size])
                if name and start + size <= len(folded) and _stands_alone(folded, start, start + size):
                    out.append(name.hit(start, start + size, 1.0))
        return out


def _apart(one: NameHit, other: NameHit) -> bool:
    return one.end <= other.start or other.end <= one.start


def _within(part: NameHit, whole: NameHit) -> bool:
    inside = whole.start <= part.start and part.end <= whole.end
    return inside and part.end - part.start < whole.end - whole.start


def _choose(hits: Iterable[NameHit]) -> list[NameHit]:
    """Return hits that do not overlap: longer and more alike ones are chosen first."""
    taken: set[int] = set()
    out = []
    for hit in sorted(hits, key=lambda h: (-(h.end - h.start) * h.likeness**2, h.start)):
        span = range(hit.start, hit.end)
        if taken.isdisjoint(span):
            taken.update(span)
            out.append(hit)
    return sorted(out, key=lambda h: h.start)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether a Latin name is not the inside of a longer Latin word."""
    left = start > 0 and _one_word(text[start - 1], text[start])
    right = end < len(text) and _one_word(text[end - 1], text[end])
    return not (left or right)


def _one_word(one: str, other: str) -> bool:
    return (one + other).isascii() and (one + other).isalnum() and one.isdigit() == other.isdigit()


class _NearNames:
    """Finds names that were typed with a slip: another character of the same sound, a Latin letter wrong."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._by_sounds: dict[tuple[str, str, int], list[tuple[Name, int]]] = defaultdict(list)
        self._latin: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            if name.folded.isascii():
                for word in name.folded.split():
                    if len(word) >= LATIN_SHORTEST and name.folded.count(" ") <= 1:
                        self._latin[word].append(name)
            elif 2 <= len(name.folded) <= (6 if name.only_alias else 12):  # noqa: PLR2004  questions are long
                for key, at in _sound_keys(name.folded):
                    self._by_sounds[key].append((name, at))

    def hits(self, folded: str, covered: set[int]) -> list[NameHit]:
        """Return near hits; where exact ones cover all of a span, nothing is corrected."""
        return [*self._by_sound(folded, covered), *self._by_letters(folded, covered)]

    def _by_sound(self, folded: str, covered: set[int]) -> Iterable[NameHit]:
        seen: set[tuple[str, int]] = set()
        looked_at = 0
        for key, at in _sound_keys(folded):
            for name, offset in self._by_sounds.get(key, ())[:MOST_CANDIDATES]:
                start = at - offset
                end = start + len(name.folded)
                if start < 0 or end > len(folded) or (name.folded, start) in seen:
                    continue
                seen.add((name.folded, start))
                if covered.issuperset(range(start, end)):
                    continue
                looked_at += 1
                if looked_at > MOST_LOOKED_AT:
                    return  # no question: the same characters over and over
                alike = _aligned(folded, start, name.folded, unlike=not name.only_alias)
                if alike:
                    yield name.hit(start, end, alike)

    def _by_letters(self, folded: str, covered: set[int]) -> Iterable[NameHit]:
        if not self._latin:
            return
        from rapidfuzz import process  # noqa: PLC0415  only where a name has Latin letters
        from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415

        for match in re.finditer(rf"[a-z]{{{LATIN_SHORTEST - 1},}}", folded):
            word = match[0]
            if word in self._latin or match.start() in covered or word in lists.words("english"):
                continue
            best = process.extractOne(
                word,
                self._latin.keys(),
                scorer=DamerauLevenshtein.normalized_similarity,
                score_cutoff=LATIN_CUTOFF,
            )
            if best and best[0][0] == word[0] and stem(best[0]) != stem(word):  # a plural is no slip
                for name in self._latin[best[0]]:
                    if all(other == best[0] or other in folded for other in name.folded.split()):
                        yield name.hit(match.start(), match.end(), best[1])


def _sound_keys(text: str) -> Iterable[tuple[tuple[str, str, int], int]]:
    """Yield (sound, sound, distance) of neighbours and of next neighbours, with the first one's position."""
    sounds = [sound_class(readings(char)[0]) for char in text]
    for gap in (1, 2):
        for at in range(len(sounds) - gap):
            yield (sounds[at], sounds[at + gap], gap), at


def _other_words(folded: str, start: int, each: Sequence[float]) -> int:
    """Return how many pairs with a differing character are everyday words (末日 in 世界末日).

    Such a word may go beyond the span: 第一部電影 is no slip of 第一部分.
    """
    alike = {start + at: value for at, value in enumerate(each)}
    pairs = range(max(0, start - 1), min(len(folded) - 1, start + len(each)))
    return sum(
        min(alike.get(at, 1.0), alike.get(at + 1, 1.0)) < 1.0 and is_word(folded[at : at + 2]) for at in pairs
    )


def _aligned(folded: str, start: int, name: str, *, unlike: bool) -> float:
    """Return how alike a name and as much of the text from there are, or 0.0 when not enough.

    `unlike` allows for a character that sounds quite different.
    """
    typed = folded[start : start + len(name)]
    same = sum(map(eq, typed, name))
    if not same or same * 2 < len(name) - 1 or list(map(str.isascii, typed)) != list(map(str.isascii, name)):
        return 0.0  # half of the characters must be right; looked at first, for it is cheap
    each = [likeness(a, b) for a, b in zip(typed, name, strict=True)]
    if not (unlike or all(each)):
        return 0.0
    alike = sum(each) / len(each) - ANOTHER_WORD * _other_words(folded, start, each)
    if len(name) == 2:  # noqa: PLR2004  so short a slip must sound the same, and be no other word
        return alike if alike >= 0.875 and not is_word(typed) else 0.0  # noqa: PLR2004
    needed = 0.64 if len(name) > 3 else 0.66  # noqa: PLR2004
    return 0.0 if alike < needed or (len(name) == 3 and is_word(typed)) else alike  # noqa: PLR2004
