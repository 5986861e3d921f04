"""The words a class said most: content words only, counted once a remark or as often as said."""

from collections import Counter
from collections.abc import Iterable

from bot.reading.dictionary import tokenizer
from bot.reading.folding import fold, to_traditional
from bot.reading.pack import Pack
from bot.reading.question import content_words
from bot.reading.terms import Cutter


def words(texts: Iterable[str], pack: Pack) -> Counter[str]:
    """Return how often each content word was said, as Taiwan writes it (or as the pack's keywords do)."""
    names = {fold(keyword): keyword for snippet in pack.snippets for keyword in snippet.keywords}
    cutter = Cutter(tokenizer(sorted(name for name in names if 1 < len(name) <= 6 and not name.isascii())))  # noqa: PLR2004
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(word for word, _ in content_words(fold(text), cutter) if _tells(word))
    return Counter({names.get(word) or to_traditional(word): times for word, times in counted.items()})


def _tells(word: str) -> bool:
    return len(word) > 1 and not word.isdigit()
