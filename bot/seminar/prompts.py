"""Which prompts a teacher is offered, and how a prompt is put in a language."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.pack.model import PHASES, Pack, Prompt, Snippet
from bot.seminar.records import Seminar, Terms
from bot.text.folding import in_script

_FIRST = re.compile(r".+?[.?!](?=\s|$)")
ARGUING = frozenset({"立場", "交鋒"})  # phases whose prompts one can agree or disagree with
EVIDENCE = 2  # pieces on each side that a card offers


def title_of(prompt: Prompt, language: str) -> str:
    """Return what to call a prompt: in English the first sentence of its wording, where the pack has one."""
    if language == "en" and prompt.gloss:
        return _first(prompt).removesuffix(".")
    return in_script(prompt.title, language)


def details_of(prompt: Prompt, language: str, text: str) -> str:
    """Return what stands below the title, `text` being the prompt's as it was opened.

    In English the rest of the wording, and then the original: those who read it speak to each other.
    """
    if language != "en" or not prompt.gloss:
        return text
    rest = prompt.gloss.removeprefix(_first(prompt)).strip()
    return "\n\n".join(filter(None, (rest, f"{prompt.title}\n{text}")))


def _first(prompt: Prompt) -> str:
    found = _FIRST.match(prompt.gloss)
    return found[0] if found else prompt.gloss


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


def usual_terms(pack: Pack, slug: str) -> Terms:
    """Return the terms that are proposed for a prompt: stances only where there is something to be for.

    A warm-up, a close reading and a synthesis ask for stories, findings and products; one can neither agree
    nor disagree with them. The teacher's own words may be anything, so the card asks.
    """
    prompt = pack.prompt(slug)
    return Terms(stance_on=prompt is None or prompt.phase in ARGUING)


def terms_for(seminar: Seminar, pack: Pack, slug: str) -> Terms:
    """Return the terms that are proposed for a prompt in a seminar: the usual ones, held as it has chosen."""
    usual = usual_terms(pack, slug)
    return replace(usual, visibility=seminar.visibility, facilitation=seminar.facilitation)


def evidence_of(pack: Pack, slug: str) -> list[Snippet]:
    """Return some evidence of a prompt, pieces of both sides in turn, none twice; [] for own words."""
    prompt = pack.prompt(slug)
    if prompt is None:
        return []
    sides = [
        [pack.by_slug[one] for one in side if one in pack.by_slug and not pack.by_slug[one].draft]
        for side in (prompt.evidence_for, prompt.evidence_against)
    ]
    mixed = [side[at] for at in range(EVIDENCE) for side in sides if at < len(side)]
    return list(dict.fromkeys(mixed))


def planned_next(pack: Pack, plan: Sequence[str], used: Collection[str]) -> Prompt | None:
    """Return the first prompt of the plan that the seminar has not had, or None."""
    found = (pack.prompt(slug) for slug in plan if slug not in used)
    return next((prompt for prompt in found if prompt is not None), None)


def fitting_next(pack: Pack, last: str, used: Collection[str], plan: Sequence[str]) -> Sequence[Prompt]:
    """Return two prompts that fit next: the plan's, where there is one, and what could follow the last."""
    planned = planned_next(pack, plan, used)
    others = next_prompts(pack, last, used, 3)
    return [*([planned] if planned else []), *(one for one in others if one != planned)][:2]
