"""What the rehearsal itself says, on its page and in the terminal: TOML with Chinese and English."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.reading.folding import to_simplified

COLUMNS = {"zh-Hant": "zh", "zh-Hans": "zh", "en": "en"}


@cache
def texts_of(folder: Path, language: str) -> Mapping[str, str]:
    """Return the texts of all TOML files of a folder; Simplified Chinese is made from the Traditional.

    Raises:
        KeyError: for a language that is not spoken here.
    """
    column = COLUMNS[language]
    texts: dict[str, str] = {}
    for file in sorted(folder.glob("*.toml")):
        written = tomllib.loads(file.read_text(encoding="utf-8"))
        texts |= {key: str(words[column]) for key, words in written.items()}
    if language == "zh-Hans":
        return {key: to_simplified(text) for key, text in texts.items()}
    return texts
