"""The words a class said most: content words only, counted once a remark or as often as said."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from bot.reading import lists
from bot.reading.dictionary import tokenizer
from bot.reading.folding import fold, to_traditional
from bot.reading.pack import Pack
from bot.reading.question import content_words
from bot.reading.terms import Cutter

LATIN = re.compile("[A-Za-z]{2,}")


def words(texts: Iterable[str], pack: Pack) -> Counter[str]:
    """Return how often each content word was said, as Taiwan writes it (or as the pack's keywords do).

    A Latin word is shown as it was written most often: AI, not ai.
    """
    names = {fold(keyword): keyword for snippet in pack.snippets for keyword in snippet.keywords}
    cutter = Cutter(tokenizer(sorted(name for name in names if 1 < len(name) <= 6 and not name.isascii())))  # noqa: PLR2004
    counted: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    for text in texts:
        counted.update(word for word, _ in content_words(fold(text), cutter) if _tells(word))
        for word in LATIN.findall(unicodedata.normalize("NFKC", text)):
            written.setdefault(word.lower(), Counter())[word] += 1
    shown = names | {word: forms.most_common(1)[0][0] for word, forms in written.items()}
    return Counter({shown.get(word) or to_traditional(word): times for word, times in counted.items()})


def _tells(word: str) -> bool:
    return len(word) > 1 and not word.isdigit() and word not in lists.words("arguing")
