"""What a round came to, as far as it can be drawn."""

from dataclasses import dataclass

from bot.seminar.summary import Summary


@dataclass(frozen=True)
class Outcome:
    """A closed round in numbers; evidence as (title, how many remarks touched it), one group a side."""

    number: int
    prompt: str
    summary: Summary
    evidence: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Picture:
    """A picture ready to be posted."""

    png: bytes
    caption: str
