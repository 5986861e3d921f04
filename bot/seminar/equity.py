"""How talk is spread over a class: shares, the Gini coefficient, who carries it and who has not spoken yet.

Somebody's share is the smaller of their share of the remarks and their share of the letters: neither many
one-word lines nor a single long one make somebody dominant.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.seminar.records import Remark


@dataclass(frozen=True)
class Talk:
    """What one person said, in numbers, and as a share (0.0-1.0) of what all said."""

    person_id: int
    remarks: int
    letters: int
    share: float


def talk_of(remarks: Iterable[Remark], present: Collection[int] = ()) -> list[Talk]:
    """Return how much each person said, most first; `present` are people to be counted even if silent."""
    counts: dict[int, list[int]] = {person: [0, 0] for person in present}
    for remark in remarks:
        count = counts.setdefault(remark.person_id, [0, 0])
        count[0] += 1
        count[1] += len(remark.text)
    said, letters = (sum(count[at] for count in counts.values()) or 1 for at in (0, 1))
    talks = [Talk(who, n, size, min(n / said, size / letters)) for who, (n, size) in counts.items()]
    return sorted(talks, key=lambda talk: (-talk.remarks, -talk.letters, talk.person_id))


def gini(counts: Sequence[int]) -> float:
    """Return the Gini coefficient: 0.0 when all said the same, towards 1.0 when few said all."""
    total = sum(counts)
    if not total:
        return 0.0
    ranked = sum(rank * count for rank, count in enumerate(sorted(counts), start=1))
    return 2 * ranked / (len(counts) * total) - (len(counts) + 1) / len(counts)


def quiet(talks: Iterable[Talk]) -> frozenset[int]:
    """Return who is there and has not said anything."""
    return frozenset(talk.person_id for talk in talks if not talk.remarks)


def dominant(talks: Sequence[Talk], *, share: float, remarks: int) -> Talk | None:
    """Return who has at least that share and number of remarks, or None."""
    loud = [talk for talk in talks if talk.share >= share and talk.remarks >= remarks]
    return max(loud, key=lambda talk: talk.share, default=None)
