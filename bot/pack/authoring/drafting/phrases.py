"""What a draft says around what comes from the reading: zh-Hant.toml, from it in Simplified, and en.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.pack.model import Prompt
from bot.text.folding import to_simplified


@dataclass(frozen=True)
class Wording:
    """The words of one language; what stands in braces is filled from the reading."""

    hint: str  # above what to write from
    untitled: str
    opening: str  # the title of what stands before the first section
    joint: str  # between names
    about: Mapping[str, Any]
    paragraph: Mapping[str, str]
    titles: Mapping[str, str]
    aliases: Mapping[str, Sequence[str]]
    prompts: Sequence[Sequence[Prompt]]  # of each, the first is taken that the reading has enough for


def wording(language: str) -> Wording:
    """Return the words for a reading in zh-Hant, zh-Hans or en."""
    written = "en" if language == "en" else "zh-Hant"
    raw = tomllib.loads((Path(__file__).parent / f"{written}.toml").read_text(encoding="utf-8"))
    texts = _simplified(raw) if language == "zh-Hans" else raw
    prompts = [
        tuple(
            Prompt(
                slug=f"q{number}",
                title=each["title"],
                text=each["text"],
                phase=was["phase"],  # records name it in one script only
                follow_ups=tuple(each["follow_ups"]),
                minutes=each["minutes"],
            )
            for each, was in choices
        )
        for number, choices in groupby(
            zip(texts["prompts"], raw["prompts"], strict=True), key=lambda pair: int(pair[0]["number"])
        )
    ]
    return Wording(**{**texts, "prompts": tuple(prompts)})


def _simplified(value: Any) -> Any:
    if isinstance(value, str):
        return to_simplified(value)
    if isinstance(value, dict):
        return {key: _simplified(item) for key, item in value.items()}
    return [_simplified(item) for item in value] if isinstance(value, list) else value
