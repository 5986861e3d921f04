"""What a pack can be asked about: all its topics, the main ones, and what they are called in a language."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.pack.model import BAR, Pack, Section, Snippet
from bot.text.folding import in_script

_HAN = re.compile(r"[\u3400-\u9fff]")


def title_in(snippet: Snippet, language: str) -> str:
    """Return what a snippet is called: in English by its English title, where the pack has one."""
    if language == "en" and snippet.label:
        return snippet.label
    return in_script(snippet.title, language)


def question_in(question: str, language: str) -> str:
    """Return a follow-up question in that language; empty in English where it is in Chinese only."""
    chinese, _, english = question.partition(BAR)
    if language == "en":
        return english or ("" if _HAN.search(chinese) else chinese)
    return in_script(chinese, language)


def main_topics(snippets: Sequence[Snippet], most: int) -> tuple[Snippet, ...]:
    """Return that many snippets, the one most often named as related first; drafts are none."""
    named = Counter(slug for snippet in snippets for slug in snippet.related)
    asked = (snippet for snippet in snippets if not snippet.draft)
    return tuple(sorted(asked, key=lambda snippet: -named[snippet.slug])[:most])


def topic_lines(pack: Pack) -> Iterator[str]:
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
