"""Which prompts a teacher is offered: by phase, and what could follow a round."""

from collections.abc import Collection, Sequence

from bot.reading.pack import PHASES, Pack, Prompt


def phases_of(pack: Pack) -> list[tuple[str, list[Prompt]]]:
    """Return the phases that have prompts, in the order of a lesson, each with its prompts."""
    return [(phase, found) for phase in PHASES if (found := [p for p in pack.prompts if p.phase == phase])]


def next_prompts(pack: Pack, last: str, used: Collection[str], count: int = 2) -> Sequence[Prompt]:
    """Return prompts that could follow the one with slug `last`, those of a later phase first.

    A lesson moves on: from the phase after the last one forwards, then the same phase, then earlier
    ones; never a prompt that this seminar has had. After the teacher's own words it begins at the start.
    """
    before = pack.prompt(last)
    at = PHASES.index(before.phase) if before is not None else -1
    left = [prompt for prompt in pack.prompts if prompt.slug not in used and prompt.slug != last]
    order = [*PHASES[at + 1 :], *reversed(PHASES[: at + 1])]
    return sorted(left, key=lambda prompt: order.index(prompt.phase))[:count]
