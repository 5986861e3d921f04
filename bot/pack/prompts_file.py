"""discussion.md: one heading a discussion question."""

from bot.pack.key_lines import PHASES, PROMPT_KEYS, KeyLine, items, known, number, sentences, slugs, take_keys
from bot.pack.markdown import MarkdownPart
from bot.pack.model import Prompt
from bot.pack.problems import PackProblems
from bot.pack.snippets_file import headed, unique_slug


def parse_prompts(text: str, known_slugs: frozenset[str], problems: PackProblems) -> tuple[Prompt, ...]:
    """Return the discussion questions of that text."""
    taken: dict[str, int] = {}
    return tuple(
        _prompt(part, unique_slug(part, taken, problems), known_slugs, problems)
        for part in headed(text, problems)
    )


def _prompt(part: MarkdownPart, slug: str, known_slugs: frozenset[str], problems: PackProblems) -> Prompt:
    keys = take_keys(part.keys, PROMPT_KEYS, problems)
    if not part.text:
        problems.add("empty-prompt", part.line, title=part.title)
    evidence = {side: items(keys[side].value) if side in keys else () for side in ("for", "against")}
    for side, named in evidence.items():
        slugs(keys.get(side), named, known_slugs, problems)
    return Prompt(
        slug=slug,
        title=part.title,
        text=part.text,
        phase=_phase(keys.get("phase"), problems),
        follow_ups=sentences(keys["follow_ups"].value) if "follow_ups" in keys else (),
        evidence_for=evidence["for"],
        evidence_against=evidence["against"],
        gloss=keys["gloss"].value if "gloss" in keys else "",
        minutes=number(keys.get("minutes"), 1, 180, 10, problems),
        line=part.line,
    )


def _phase(line: KeyLine | None, problems: PackProblems) -> str:
    default = next(iter(PHASES))
    if line is None:
        return default
    phase = known(line.value, PHASES)
    if not phase:
        problems.add("bad-phase", line.line, value=line.value, phases="、".join(PHASES))
    return phase or default
