"""All that a pack can be asked about, section by section, as a teacher reads it."""

from collections.abc import Iterator

from bot.pack.model import Pack, Section, Snippet


def topics(pack: Pack) -> Iterator[str]:
    """Yield a line for each section and below it one for each snippet: its title, slug and paragraphs.

    A snippet stands under the section of its first paragraph; what has no source comes last.
    """
    placed: set[str] = set()
    for section in pack.sections:
        within = [item for item in pack.snippets if _stands_in(item, section) and item.slug not in placed]
        placed |= {item.slug for item in within}
        span = f"P{section.first}" if section.first == section.last else f"P{section.first}-P{section.last}"
        yield f"{span} {section.title}（{len(within)}）"
        yield from map(_line, within)
    rest = [item for item in pack.snippets if item.slug not in placed]
    if rest:
        yield f"其他 / others（{len(rest)}）"
        yield from map(_line, rest)


def _stands_in(snippet: Snippet, section: Section) -> bool:
    return bool(snippet.paragraphs) and section.first <= snippet.paragraphs[0] <= section.last


def _line(snippet: Snippet) -> str:
    numbers = "、".join(f"P{number}" for number in snippet.paragraphs) or "－"
    draft = "　草稿 / draft" if snippet.draft else ""
    return f"  {snippet.title}　{{#{snippet.slug}}}　{numbers}{draft}"
