"""Which evidence a crowd of remarks names outright: quick, for logs too long to be read remark by remark.

Reading a remark (see coverage.py) takes some milliseconds; finding the names of snippets in it takes some
microseconds, and misses whoever speaks of a thing without naming it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from bot.pack.model import Pack
from bot.text.folding import fold

SHARED_BY = 2  # snippets that may go by one keyword; one of more says little about any
SHORTEST = 2


def naming(texts: Iterable[str], pack: Pack, slugs: Sequence[str]) -> dict[str, int]:
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
