"""What the rehearsal itself says, on its page and in the terminal: TOML with Chinese and English."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.text.folding import in_script

REFUSALS = Path(__file__).with_name("refusals.toml")
COLUMNS = {"zh-Hant": "zh", "zh-Hans": "zh", "en": "en"}


def refusal(key: str, **fields: object) -> str:
    """Return why something is not done, in both languages: Chinese · English."""
    return " · ".join(_refusals()[key][column].format(**fields) for column in ("zh", "en"))


@cache
def _refusals() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(REFUSALS.read_text(encoding="utf-8"))


def told(reason: str, language: str) -> str:
    """Return a reason that is written in both languages, Chinese · English, in the reader's."""
    chinese, _, english = reason.partition(" · ")
    return english or chinese if language == "en" else in_script(chinese, language)


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
    return {key: in_script(text, language) for key, text in texts.items()}
