"""The rule of before and after.

A stance is "before" until the teacher presses 「收尾：再表態一次」, and "after" from then on. Whoever joins
late has only an "after". Nobody's "before" can be changed once the teacher has asked again: what
a person thought at first stays what it was. A closed round takes no stances.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.seminar.cues import gives_reason
from bot.seminar.records import STEPS, Moment, Round, Stance


@dataclass(frozen=True)
class Moved:
    """How those moved who chose both times, in numbers of people, never names."""

    pairs: int
    up: int  # now nearer to agreeing
    down: int
    same: int


def moment_of(opened: Round) -> Moment:
    """Return whether a stance chosen now is one from before the discussion or after it."""
    return "before" if opened.asked_again_at is None else "after"


def counted(stances: Iterable[Stance], moment: Moment) -> dict[int, int]:
    """Return how many people stand on each of the five steps at that moment; zeros included."""
    counts = dict.fromkeys(STEPS, 0)
    for stance in stances:
        if stance.moment == moment:
            counts[stance.step] += 1
    return counts


def crossed(stances: Iterable[Stance]) -> Counter[tuple[int, int]]:
    """Return how many of those who chose both times went from which step to which."""
    steps: dict[Moment, dict[int, int]] = {"before": {}, "after": {}}
    for stance in stances:
        steps[stance.moment][stance.person_id] = stance.step
    after = steps["after"]
    return Counter((step, after[person]) for person, step in steps["before"].items() if person in after)


def moved(stances: Iterable[Stance]) -> Moved:
    """Return how the people with two stances moved between them."""
    pairs = crossed(stances)
    up = sum(people for (before, after), people in pairs.items() if after > before)
    down = sum(people for (before, after), people in pairs.items() if after < before)
    return Moved(pairs=pairs.total(), up=up, down=down, same=pairs.total() - up - down)


def parse_step(text: str) -> int | None:
    """Return the step somebody wrote (1-5, full-width digits too), or None."""
    word = text.strip()
    return int(word) if len(word) == 1 and word.isdecimal() and int(word) in STEPS else None


def read_stance(words: str) -> tuple[int | None, str]:
    """Return the step and the reason in what stands behind /stance, either of which may be missing.

    A connective with nothing behind it, such as 因為 alone, is no reason.
    """
    written, _, rest = words.partition(" ")
    step = parse_step(written)
    reason = words if step is None else rest.strip()
    return step, reason if gives_reason(reason) else ""


def reason_of(text: str) -> str:
    """Return the reason in a message that gives one, with the command or, edited away, without."""
    return read_stance("".join(text.split(maxsplit=1)[1:]) if text.startswith("/") else text)[1]


def stance_of(stances: Iterable[Stance], person_id: int, moment: Moment) -> Stance | None:
    """Return what that person chose at that moment, or None."""
    found = (one for one in stances if (one.person_id, one.moment) == (person_id, moment))
    return next(found, None)
