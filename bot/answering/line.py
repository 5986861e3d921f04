"""Where a pack's line between answer and refusal lies: above what off-topic questions reach by accident."""

from collections.abc import Mapping, Sequence

from bot.answering.prepared import Prepared, dump, key, load, prepare
from bot.pack.model import Snippet
from bot.text import lists
from bot.text.disk_cache import cached


def measured(snippets: Sequence[Snippet], extra: Mapping[str, Sequence[str]]) -> Prepared:
    """Return the pack prepared, its line drawn; from the user's cache if it is there."""
    if not snippets:
        return prepare(snippets, extra)
    return load(cached(f"pack-{key(snippets, extra)}", lambda: dump(_measure(snippets, extra))))


def _measure(snippets: Sequence[Snippet], extra: Mapping[str, Sequence[str]]) -> Prepared:
    from bot.answering.retriever import Retriever  # noqa: PLC0415  it asks here for its line

    prepared = prepare(snippets, extra)
    retriever = Retriever.of(prepared)
    reached = sorted(retriever.certainty(line) for line in lists.lines("offtopic"))
    return prepared.with_line([reached[int(len(reached) * 0.97)]])
