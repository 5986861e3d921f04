"""What a round came to, in numbers of people and never names; and as far as it can be drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.seminar.records import Remark, Stance
from bot.seminar.stances import Moved, counted, moved

MOST_SAID = 8
BAR = "▇"
BAR_WIDTH = 10  # fits beside the label on a phone


@dataclass(frozen=True)
class Summary:
    """Everything that the summary card shows."""

    people: int
    remarks: int
    before: dict[int, int]  # step -> people
    after: dict[int, int]
    moved: Moved
    words: tuple[tuple[str, int], ...]  # most said, with how often

    @property
    def most(self) -> int:
        """The highest number on any step, before or after: both are drawn to one scale."""
        return max(*self.before.values(), *self.after.values())


def summarise(remarks: Sequence[Remark], stances: Sequence[Stance], words: Mapping[str, int]) -> Summary:
    """Return the summary; `remarks` in their latest versions, `words` counted from them.

    A word that was said once only says little about a class, so it is left out.
    """
    telling = ((word, times) for word, times in words.items() if times > 1)
    often = sorted(telling, key=lambda w: (-w[1], w[0]))
    return Summary(
        people=len({remark.speaker for remark in remarks}),
        remarks=len(remarks),
        before=counted(stances, "before"),
        after=counted(stances, "after"),
        moved=moved(stances),
        words=tuple(often[:MOST_SAID]),
    )


def bars(counts: Mapping[int, int], labels: Mapping[int, str], most: int) -> str:
    """Return one line a step, most agreeing first: label, bar, number.

    A block is a person where `most` (the highest number that will be compared) is ten or fewer; else `most`
    has ten blocks, and whoever is there has one at least.

    Labels are padded so that bars begin under each other in a fixed-width font: with ideographic spaces
    beside Chinese, which is twice as wide, else with plain ones.
    """
    people_a_block = max(1.0, most / BAR_WIDTH)
    width = max(len(label) for label in labels.values())
    lines = []
    for step in sorted(counts, reverse=True):
        label = labels[step]
        pad = " " if label.isascii() else "\u3000"
        number = counts[step]
        bar = BAR * (max(1, round(number / people_a_block)) if number else 0)
        lines.append(f"{label}{pad * (width - len(label))} {bar}{' ' if bar else ''}{number}")
    return "\n".join(lines)


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
