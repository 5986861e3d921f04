"""What one may well ask about a reading: the snippets that most others name as related."""

from collections import Counter
from collections.abc import Sequence

from bot.pack.model import Snippet


def most_named(snippets: Sequence[Snippet], most: int) -> tuple[Snippet, ...]:
    """Return that many snippets, the one most often named as related first; drafts are none."""
    named = Counter(slug for snippet in snippets for slug in snippet.related)
    asked = (snippet for snippet in snippets if not snippet.draft)
    return tuple(sorted(asked, key=lambda snippet: -named[snippet.slug])[:most])
