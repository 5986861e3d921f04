"""Names and @usernames of participants inside what others wrote, replaced by their aliases.

A display name of one character is left alone (it would blot out a common character everywhere), and so are
people who took no part. Latin names count only as whole words; case and width do not matter in Latin letters.
"""

import re
from collections.abc import Callable, Iterable

from db.ground import Ground

_WORD = re.compile(r"[0-9A-Za-z_À-ɏ]")
_SHORTEST_PART = {True: 3, False: 2}  # letters a part of a name must have to count alone: Latin, other


def masker(named: Iterable[tuple[str, str, str]]) -> Callable[[str], str]:
    """Return a function that replaces names in a text; `named` gives (name, username, alias) a person."""
    found: dict[str, str] = {}
    for name, username, alias in named:
        if username:
            found.setdefault(f"@{username}".casefold(), f"@{alias}")
        for part in name_parts(name):
            found.setdefault(part.casefold(), alias)
    if not found:
        return lambda text: text
    longest_first = sorted(found, key=len, reverse=True)
    pattern = re.compile("|".join(map(_bounded, longest_first)), re.IGNORECASE)
    return lambda text: pattern.sub(lambda hit: found.get(hit[0].casefold(), hit[0]), text)


def name_parts(name: str) -> list[str]:
    """Return the ways in which a display name is used: as a whole, and its parts that are long enough."""
    whole = " ".join(name.split())
    parts = [part for part in whole.split() if len(part) >= _SHORTEST_PART[bool(_WORD.match(part))]]
    return list(dict.fromkeys(part for part in (whole, *parts) if len(part) > 1))


def _bounded(name: str) -> str:
    """Return a pattern for the name that does not match inside a longer Latin word."""
    before = r"(?<![0-9A-Za-z_])" if _WORD.match(name[0]) else ""
    after = r"(?![0-9A-Za-z_])" if _WORD.match(name[-1]) else ""
    return before + re.escape(name) + after


def seminar_masker(ground: Ground, seminar_id: int) -> Callable[[str], str]:
    """Return the masker for all who took part in a seminar."""
    return masker(
        tuple(row)
        for row in ground.all(
            "SELECT p.name, p.username, a.alias FROM aliases a JOIN people p ON p.id = a.person_id"
            " WHERE a.seminar_id = ? ORDER BY p.id",
            (seminar_id,),
        )
    )
