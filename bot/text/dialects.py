"""What Cantonese and the mainland's streets say, in written words: one way of asking is known in others."""

import re
from functools import lru_cache

from bot.text import lists
from bot.text.dictionary import is_word
from bot.text.folding import fold

_STOPS = re.compile("[，,。！？!?；;：:、…\n]+")


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Return what is written for a word that is surely spoken, and for one that is only beside another."""
    sure: dict[str, str] = {}
    doubtful: dict[str, str] = {}
    for line in lists.lines("spoken"):
        said, instead = map(fold, line.lstrip("? ").split())
        (doubtful if line.startswith("?") else sure)[said] = instead
    return sure, doubtful


@lru_cache(maxsize=2)
def _pattern(*, all_of_them: bool) -> re.Pattern[str]:
    sure, doubtful = _tables()
    words = [*sure, *doubtful] if all_of_them else list(sure)
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def clauses(text: str) -> list[str]:
    """Return the parts between a text's commas and stops, each as it is compared."""
    return [part for part in map(heard, _STOPS.split(text)) if part]


def breaks(text: str, folded: str) -> list[int]:
    """Return where the later clauses begin in the text as it is compared."""
    out, at = [], 0
    for clause in clauses(text):
        start = folded.find(clause, at)
        if start > 0:
            out.append(start)
        at = max(at, start + len(clause))
    return out


@lru_cache(maxsize=1_000)  # every stage of a question hears it anew
def heard(text: str) -> str:
    """Return a text as it is compared: folded, and in the words of writing."""
    return written(fold(text))


def written(folded: str) -> str:
    """Return a folded text with what is only spoken in the words of writing; any other text as it is."""
    if not _pattern(all_of_them=False).search(folded):
        return folded
    return _pattern(all_of_them=True).sub(_instead, folded)


def _instead(match: re.Match[str]) -> str:
    sure, doubtful = _tables()
    word = match[0]
    if word in sure:
        # What has a character that is only spoken is no part of a word of writing: 唔好看.
        plain = len(word) > 1 and sure.keys().isdisjoint(word)
        return word if plain and _ends_in_another(match.string, match.end()) else sure[word]
    return word if _is_part(match.string, match.start(), match.end()) else doubtful[word]


def _ends_in_another(text: str, end: int) -> bool:
    """Return whether the last character before `end` begins an everyday word: 翻成日文 says no 成日."""
    return end < len(text) and is_word(text[end - 1 : end + 1])


def _is_part(text: str, start: int, end: int) -> bool:
    """Return whether what stands there is a part of an everyday word of up to two characters more."""
    windows = ((start - left, end + right) for left in range(3) for right in range(3 - left) if left + right)
    return any(is_word(text[max(0, first) : last]) for first, last in windows)
