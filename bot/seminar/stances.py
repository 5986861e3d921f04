"""The rule of before and after.

A stance is "before" until the teacher presses 「收尾：再表態一次」, and "after" from then on. Whoever joins
late has only an "after". Nobody's "before" can be changed once the teacher has asked again: what
a person thought at first stays what it was. A closed round takes no stances.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bot.seminar.cues import gives_reason, opens_reason
from bot.seminar.records import STEPS, Moment, Round, Stance
from bot.text.folding import fold, to_simplified

# As the buttons call the steps, and as people do.
STEP_NAMES = {
    1: ("強烈反對", "非常反對", "非常不同意", "strongly disagree"),
    2: ("反對", "不同意", "不贊成", "disagree"),
    3: ("中立", "沒意見", "neutral"),
    4: ("贊成", "同意", "agree"),
    5: ("強烈贊成", "非常贊成", "非常同意", "strongly agree"),
}


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


def read_stance(words: str) -> tuple[int | None, str]:
    """Return the step and the reason in what stands behind /stance, either of which may be missing.

    The step is a digit or a name; a space, a stop or a word such as 因為 parts it from the reason. What only
    begins like a step (4個理由, 反對者) is neither. A connective with nothing behind it is no reason.
    """
    begun = _begins_with_step().match(words)
    if begun is None:
        return None, words if gives_reason(words) else ""
    rest = words[begun.end() :]
    if rest[:1].isalnum() and not opens_reason(rest):
        return None, ""
    reason = re.sub(r"^(?:\s+|[，,、。.：:；;]+\s*)", "", rest)
    return _step_called()[fold(begun[0])], reason if gives_reason(reason) else ""


@cache
def _step_called() -> dict[str, int]:
    named = {fold(name): step for step, names in STEP_NAMES.items() for name in names}
    return named | {str(step): step for step in STEPS}


@cache
def _begins_with_step() -> re.Pattern[str]:
    names = [
        script for names in STEP_NAMES.values() for name in names for script in (name, to_simplified(name))
    ]
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"\s*(?:{'|'.join(longest_first)}|[1-5１-５](?!\d))", re.IGNORECASE)


def reason_of(text: str) -> str:
    """Return the reason in a message that gives one, with the command or, edited away, without."""
    return read_stance("".join(text.split(maxsplit=1)[1:]) if text.startswith("/") else text)[1]


def stance_of(stances: Iterable[Stance], person_id: int, moment: Moment) -> Stance | None:
    """Return what that person chose at that moment, or None."""
    found = (one for one in stances if (one.person_id, one.moment) == (person_id, moment))
    return next(found, None)
