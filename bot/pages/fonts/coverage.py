"""What the bundled fonts can draw. What they cannot is dropped, never drawn as a box."""

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
FAMILY = "Wendu Sans"
FILES = {"regular": FOLDER / "regular.otf", "bold": FOLDER / "bold.otf"}


@cache
def metrics() -> dict[str, Any]:
    """Return what tools/build_fonts.py wrote down: coverage as spans, and the widths that are not one em."""
    read: dict[str, Any] = json.loads((FOLDER / "metrics.json").read_text(encoding="utf-8"))
    return read


@cache
def coverage() -> frozenset[str]:
    """Return every character that both weights have."""
    return frozenset(chr(point) for first, last in metrics()["coverage"] for point in range(first, last + 1))


def drawable(text: str) -> str:
    """Return the text as one line of characters that the fonts have.

    White space of any kind becomes one space; emoji, controls, bidi marks, stacked accents and scripts that
    the fonts lack are dropped.
    """
    known = coverage()
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return " ".join("".join(letter for letter in composed if letter in known).split())
