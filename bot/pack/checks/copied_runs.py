"""Runs of a text that were copied from an article, punctuation and spaces left aside."""

import re
from collections.abc import Iterator, Sequence

from bot.text.folding import fold

_HAN = re.compile(r"[\u3400-\u9fff]")


def copied_runs(text: str, article: Sequence[str], least: int) -> Iterator[str]:
    """Yield each longest run of the text, of at least that many Han characters, that stands in the article.

    Both are compared simplified and without punctuation, so a copy is found whatever script it is in. Titles
    in 《》 do not count.
    """
    plain, origins = _spelled(re.sub(r"《[^《》]*》", lambda title: "　" * len(title[0]), text))
    source = "\n".join(_spelled(paragraph)[0] for paragraph in article)
    at = 0
    while at + least <= len(plain):
        size = _longest(plain, at, source, least)
        run = plain[at : at + size]
        if size and len(_HAN.findall(run)) >= least:
            yield text[origins[at] : origins[at + size - 1] + 1]
        at += max(1, size)


def _longest(plain: str, at: int, source: str, least: int) -> int:
    """Return how many characters from `at` on stand in the source, or 0 if fewer than `least` do."""
    if plain[at : at + least] not in source:
        return 0
    low, high = least, len(plain) - at
    while low < high:
        middle = (low + high + 1) // 2
        if plain[at : at + middle] in source:
            low = middle
        else:
            high = middle - 1
    return low


def _spelled(text: str) -> tuple[str, list[int]]:
    """Return the folded letters of a text, and where each of them stood."""
    letters = [(fold(char), place) for place, char in enumerate(text)]
    kept = [(letter, place) for folded, place in letters for letter in folded if letter.strip()]
    return "".join(letter for letter, _ in kept), [place for _, place in kept]
