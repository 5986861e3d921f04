"""What a round came to, as far as it can be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.seminar.summary import Summary


@dataclass(frozen=True)
class Outcome:
    """A closed round in numbers; evidence as (title, how many remarks touched it)."""

    number: int
    prompt: str
    summary: Summary
    evidence: tuple[tuple[str, int], ...] = ()
    crossed: Mapping[tuple[int, int], int] = field(default_factory=dict)  # steps before and after -> people
    words: tuple[tuple[str, int], ...] = ()  # said at least twice, most first


@dataclass(frozen=True)
class Picture:
    """A picture ready to be posted."""

    png: bytes
    caption: str
