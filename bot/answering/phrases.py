"""The sentences that stand before answers or instead of them, in the reader's language: `locales/answering`."""

import tomllib
from functools import cache
from pathlib import Path

from bot.pack.model import Said

LOCALES = Path(__file__).parents[1] / "locales" / "answering"


@cache
def _phrases(language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((LOCALES / f"{language}.toml").read_text("utf-8"))


def say(said: Said, language: str) -> str:
    """Return the sentence in English, or else in Traditional Chinese."""
    group, _, name = said.key.partition(".")
    phrase = _phrases("en" if language == "en" else "zh-Hant")[group][name]
    return phrase.format_map(dict(said.fields)).strip()
