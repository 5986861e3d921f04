"""What weighs nothing in a question: laughter, sighs, particles, emoji."""

import re
from functools import lru_cache

from bot.text import lists
from bot.text.dialects import heard


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = {
        place: "|".join(
            rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
            for word in sorted(given, key=len, reverse=True)
        )
        for place, given in lists.groups("noise").items()
    }
    return (
        re.compile(words["anywhere"], re.ASCII),
        re.compile(rf"^(?:\s*(?:{words['start']}))+", re.ASCII),
        re.compile(rf"(?:(?:{words['end']})\s*)+$", re.ASCII),
    )


def without_noise(text: str) -> str:
    """Return a text as it is compared, without what weighs nothing; all of it may be gone."""
    anywhere, start, end = _patterns()
    rest = anywhere.sub(" ", heard(text)).strip()
    rest = end.sub("", start.sub("", rest)).strip()
    return heard(rest)
