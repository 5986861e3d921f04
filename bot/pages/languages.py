"""Which language a piece of text is in, as far as its letters tell: for `lang`, so it is read out right."""

import re

SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("zh", re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")),
    ("en", re.compile(r"[A-Za-z]")),
)


def spoken_in(text: str, page: str) -> str:
    """Return the text's language; the page's own for Chinese on a Chinese page, and where letters lack."""
    found = next((language for language, letters in SCRIPTS if letters.search(text)), page)
    return page if page.partition("-")[0] == found else found
