"""Which language and script a text is in, as far as its letters tell: for `lang`, so it is read out right."""

import re

from bot.text.folding import to_simplified, to_traditional

SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u30fa\u30fc-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("zh", re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")),
    ("en", re.compile(r"[A-Za-z]")),
)


def spoken_in(text: str, page: str) -> str:
    """Return the text's language; the page's own where letters do not tell.

    Chinese is zh-Hant or zh-Hans by the letters that only one script has; without such letters it is the
    page's, or zh on a page that is not Chinese.
    """
    found = next((language for language, letters in SCRIPTS if letters.search(text)), page)
    if found != "zh":
        return page if page.partition("-")[0] == found else found
    if to_simplified(text) != text:
        return "zh-Hant"
    if to_traditional(text) != text:
        return "zh-Hans"
    return page if page.startswith("zh") else found
