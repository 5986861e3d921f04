"""Cells of a table that a spreadsheet will open: words must stay words there."""

import re

# What makes a spreadsheet take a cell for a formula, also in full width and behind blanks.
_FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]|[\t\r\n]")


def safe_text(text: str) -> str:
    """Return the text as it may stand in a CSV cell: one that looks like a formula gets a ' in front."""
    return f"'{text}" if _FORMULA.match(text) else text


def safe_cell(value: object) -> object:
    """Return the value as it may stand in a CSV cell: numbers stay numbers; None becomes an empty cell."""
    if value is None:
        return ""
    return safe_text(value) if isinstance(value, str) else value
