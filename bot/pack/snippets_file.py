"""snippets.md: one heading a snippet, key lines, then its text."""

from collections.abc import Iterable

from bot.pack.key_lines import (
    DRAFT,
    SLUG,
    SNIPPET_KEYS,
    KeyLine,
    derive_slug,
    items,
    known,
    slugs,
    source,
    take_keys,
)
from bot.pack.markdown import MarkdownPart, parts
from bot.pack.model import Snippet
from bot.pack.problems import PackProblems

LONGEST = 650  # with its title and source it must fit one message, and an answer stays under 700


def parse_snippets(text: str, count: int, problems: PackProblems) -> tuple[Snippet, ...]:
    """Return the snippets of that text; `count` is the number of paragraphs of the reading."""
    found = headed(text, problems)
    taken: dict[str, int] = {}
    titles: dict[str, int] = {}
    out = []
    for part in found:
        first = titles.setdefault(part.title, part.line)
        if first != part.line:
            problems.add("duplicate-title", part.line, title=part.title, first=first)
        out.append(_snippet(part, unique_slug(part, taken, problems), count, problems))
    if not out:
        problems.add("no-snippets", 1)
    _check_related(found, out, problems)
    return tuple(out)


def _check_related(
    found: Iterable[MarkdownPart], snippets: Iterable[Snippet], problems: PackProblems
) -> None:
    there = frozenset(snippet.slug for snippet in snippets)
    for part, snippet in zip(found, snippets, strict=True):
        line = next((line for line in part.keys if known(line.key, SNIPPET_KEYS) == "related"), None)
        slugs(line, snippet.related, there, problems)


def headed(text: str, problems: PackProblems) -> list[MarkdownPart]:
    """Return the parts with a ## heading and a title; text that stands before the first one is noted."""
    found = []
    for part in parts(text):
        if part.level <= 1:
            if part.level == 0 and (part.keys or part.paragraphs):
                problems.add("no-heading", (part.keys or part.paragraphs)[0].line)
        elif not part.title:
            problems.add("empty-title", part.line)
        else:
            found.append(part)
    return found


def unique_slug(part: MarkdownPart, taken: dict[str, int], problems: PackProblems) -> str:
    """Return the part's slug, written or derived from its title; bad and repeated ones are noted."""
    slug = part.slug if part.slug is not None else derive_slug(part.title)
    if not SLUG.fullmatch(slug):
        problems.add("bad-slug", part.line, slug=slug)
        return slug
    first = taken.setdefault(slug, part.line)
    if first != part.line:
        problems.add("duplicate-slug", part.line, slug=slug, first=first)
    return slug


def _snippet(part: MarkdownPart, slug: str, count: int, problems: PackProblems) -> Snippet:
    keys = take_keys(part.keys, SNIPPET_KEYS, problems)
    paragraphs, speaker = source(keys.get("source"), count, problems)
    draft = _is_draft(keys.get("status"), problems)
    if not part.text and not draft:
        problems.add("empty-snippet", part.line, title=part.title)
    if len(part.text) > LONGEST:
        problems.add("too-long", part.line, title=part.title, size=len(part.text), limit=LONGEST)
    lists = {name: items(line.value) for name, line in keys.items()}
    return Snippet(
        slug=slug,
        title=part.title,
        text=part.text,
        keywords=lists.get("keywords", ()),
        aliases=lists.get("aliases", ()),
        paragraphs=paragraphs,
        speaker=speaker,
        related=lists.get("related", ()),
        gloss=keys["gloss"].value if "gloss" in keys else "",
        absent=lists.get("absent", ()),
        draft=draft,
        line=part.line,
    )


def _is_draft(line: KeyLine | None, problems: PackProblems) -> bool:
    if line is None or not line.value:
        return False
    if line.value.lower() not in DRAFT:
        problems.add("bad-status", line.line, value=line.value)
    return True
