"""What goes from stage to stage: a question, and all that is known about it so far."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.answering.ranking import NameHit, Ranking
from bot.pack.model import Said


class Leaning(StrEnum):
    """How a question leans on the one before."""

    NONE = ""
    SWAP = "swap"  # another name, the same thing asked
    POINTING = "pronoun"
    SHORT = "near"  # too short to be understood alone
    COUNTED = "ordinal"  # the second one, the other one
    SOURCE = "source"  # asks who said so, or where


class Want(StrEnum):
    """What is wanted of the answer."""

    TOLD = "told"
    CONFIRMED = "confirmed"
    PLACE = "place"  # in which paragraph it stands
    QUOTATION = "quotation"


@dataclass(frozen=True)
class Turn:
    """An earlier question, as it was understood, and the snippets that answered it."""

    asked: str
    names: tuple[NameHit, ...]
    numbers: tuple[int, ...]
    listed: tuple[
        int, ...
    ] = ()  # what one may count to: the things that the answer, or the one before, names


@dataclass(frozen=True)
class Query:
    """A question on its way. `asked` is what is looked for: folded, without noise, perhaps restated."""

    text: str
    asked: str
    english: bool = False
    before: Turn | None = None
    leaning: Leaning = Leaning.NONE
    listed: tuple[int, ...] = ()  # of what was counted to
    want: Want = Want.TOLD
    ranking: Ranking = field(default_factory=Ranking)
    lead: Said | None = None
    saw: tuple[Said, ...] = ()

    def noting(self, key: str, **fields: object) -> "Query":
        """Return the query with one more sentence on what was seen."""
        return replace(self, saw=(*self.saw, said(f"saw.{key}", **fields)))


def said(key: str, **fields: object) -> Said:
    """Return a sentence to be said."""
    return Said(key, tuple((name, str(value)) for name, value in fields.items()))
