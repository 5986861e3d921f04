"""The words of charts, boards and reports in three languages, and which language a text is in."""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import opencc

from bot.text.folding import to_simplified, to_traditional

FOLDER = Path(__file__).parent.parent / "locales" / "pages"
DROPPED = {"Cc", "Cs", "Co", "Cn"}
# Marks that turn the direction of what follows, beyond the element they stand in.
TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LANGUAGES = ("zh-Hant", "zh-Hans", "en")  # zh-Hans is derived from zh-Hant
SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u30fa\u30fc-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("zh", re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")),
    ("en", re.compile(r"[A-Za-z]")),
)


@cache
def phrases(language: str) -> dict[str, Any]:
    """Return a language's phrases by section; KeyError for a language that we do not speak."""
    if language not in LANGUAGES:
        raise KeyError(language)
    if language == "zh-Hans":
        simplify = opencc.OpenCC("tw2sp").convert
        return {section: _converted(found, simplify) for section, found in phrases("zh-Hant").items()}
    return tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))


def _converted(value: Any, convert: Any) -> Any:
    if isinstance(value, str):
        return convert(value)
    if isinstance(value, list):
        return [_converted(one, convert) for one in value]
    return {key: _converted(one, convert) for key, one in value.items()}


def language_of(text: str, page: str) -> str:
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


def plain(text: object) -> str:
    """Return text without controls, halves of characters and marks that turn its direction."""
    return "".join(
        letter
        if letter == "\n" or letter.isprintable() or unicodedata.category(letter) not in DROPPED
        else " "
        for letter in str(text)
        if letter not in TURNING
    )
