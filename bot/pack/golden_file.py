"""golden.md: questions, and which snippets must answer them."""

import re

from bot.pack.key_lines import nearest
from bot.pack.markdown import TextLine, parts
from bot.pack.model import Golden
from bot.pack.problems import PackProblems

_ARROW = re.compile(r"\s*(?:->|→|=>|－>)\s*")
_NOTHING = frozenset({"無", "无", "none", "沒有", "没有", "-"})


def parse_golden(text: str, known_slugs: frozenset[str], problems: PackProblems) -> tuple[Golden, ...]:
    """Return the golden questions of that text, in order."""
    out = []
    for part in parts(text, lists=True):
        for item in part.items:
            found = _golden(item, part.title, known_slugs, problems)
            if found is not None:
                out.append(found)
    return tuple(out)


def _golden(item: TextLine, kind: str, known_slugs: frozenset[str], problems: PackProblems) -> Golden | None:
    """Return one question: `question -> a | b` (either), `a + b` (both), `none` (must not be answered)."""
    asked, *wanted = _ARROW.split(item.text)
    if len(wanted) != 1 or not asked or not wanted[0]:
        problems.add("bad-golden", item.line, value=item.text)
        return None
    if wanted[0].lower() in _NOTHING:
        return Golden(asked, (), item.line, kind, ())
    ways = tuple(
        tuple(slug.strip() for slug in way.split("+") if slug.strip())
        for way in re.split(r"[|｜]", wanted[0])
    )
    slugs = tuple(dict.fromkeys(slug for way in ways for slug in way))
    for slug in slugs:
        if slug not in known_slugs:
            problems.add("dangling", item.line, slug=slug, near=nearest(slug, known_slugs))
    return Golden(asked, slugs, item.line, kind, ways)
