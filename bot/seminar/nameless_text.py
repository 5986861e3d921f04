"""Texts for counting words: with nobody's name in them, and nobody's alias in place of a name."""

import re
from collections.abc import Collection, Sequence


def without_names(texts: Sequence[str], masked: Sequence[str], stand_ins: Collection[str]) -> list[str]:
    """Return the texts without names: a word said often must not be a classmate.

    `masked` are the same texts with one of the stand-ins where a name was. Where there was none, the words
    are left alone: an alias is an animal, and a class may speak of animals.
    """
    longest_first = sorted(filter(None, stand_ins), key=len, reverse=True)
    stand_in = re.compile("|".join(map(_alone, longest_first)) or r"(?!)")
    return [
        text if text == hidden else stand_in.sub(" ", hidden)
        for text, hidden in zip(texts, masked, strict=True)
    ]


def _alone(name: str) -> str:
    """Return a pattern for the name; a Latin one is none inside a longer word: Owl is not in Owlish."""
    return rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" if name.isascii() else re.escape(name)
