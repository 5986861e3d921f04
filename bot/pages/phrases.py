"""The words on charts and in reports, from `bot/locales/pages/`, in three languages."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import opencc

from bot.pages.charts.labels import Labels

FOLDER = Path(__file__).parent.parent / "locales" / "pages"
LANGUAGES = ("zh-Hant", "zh-Hans", "en")  # zh-Hans is derived from zh-Hant


@cache
def phrases(language: str) -> dict[str, Any]:
    """Return a language's phrases by section; KeyError for a language that we do not speak."""
    if language not in LANGUAGES:
        raise KeyError(language)
    if language == "zh-Hans":
        simplify = opencc.OpenCC("tw2sp").convert
        return {section: _converted(found, simplify) for section, found in phrases("zh-Hant").items()}
    return tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))


def chart_labels(language: str) -> Labels:
    """Return the words on charts."""
    words = dict(phrases(language)["charts"])
    return Labels(**(words | {"steps": tuple(words["steps"])}))


def _converted(value: Any, convert: Any) -> Any:
    if isinstance(value, str):
        return convert(value)
    if isinstance(value, list):
        return [_converted(one, convert) for one in value]
    return {key: _converted(one, convert) for key, one in value.items()}
