"""Which evidence a crowd of remarks names outright: quick, for logs too long to be read remark by remark.

Reading a remark (see coverage.py) takes some milliseconds; finding the names of snippets in it takes some
microseconds, and misses whoever speaks of a thing without naming it.
"""

from collections.abc import Iterable, Sequence

from bot.reading.folding import fold
from bot.reading.pack import Pack

SHARED_BY = 2  # snippets that may go by one keyword; one of more says little about any
SHORTEST = 2


def naming(texts: Iterable[str], pack: Pack, slugs: Sequence[str]) -> dict[str, int]:
    """Return how many of the texts name each of the snippets; the slugs' order is kept, zeros included."""
    counts = dict.fromkeys(slugs, 0)
    names = [(name, found) for name, owners in _names(pack).items() if (found := owners & counts.keys())]
    for text in texts:
        folded = fold(text)
        named = [found for name, found in names if name in folded]
        for slug in set().union(*named):
            counts[slug] += 1
    return counts


def _names(pack: Pack) -> dict[str, set[str]]:
    """Return the telling keywords, folded, with the slugs of those that go by them."""
    owners: dict[str, set[str]] = {}
    for snippet in pack.snippets:
        for keyword in () if snippet.draft else (*snippet.keywords, snippet.speaker):
            if len(name := fold(keyword)) >= SHORTEST:
                owners.setdefault(name, set()).add(snippet.slug)
    return {name: slugs for name, slugs in owners.items() if len(slugs) <= SHARED_BY}
