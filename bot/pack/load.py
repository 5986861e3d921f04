"""From a folder of Markdown to a checked pack, or to all that is wrong with it at once."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bot.pack.golden_file import parse_golden
from bot.pack.key_lines import INCLUDED, PACK_KEYS, SLUG, KeyLine, known, number, take_keys
from bot.pack.markdown import MarkdownPart, parts, read_text
from bot.pack.model import Golden, Pack, Prompt, Section
from bot.pack.problems import PackError, PackProblems
from bot.pack.prompts_file import parse_prompts
from bot.pack.reading_file import parse_reading
from bot.pack.snippets_file import parse_snippets

MOST_PARAGRAPHS = 2000
_SECTION = re.compile(r"^[PpＰ]\s*(\d{1,4})(?:\s*[-–—~～]\s*[PpＰ]?\s*(\d{1,4}))?\s+(\S.*)$")


def load_pack(folder: Path) -> Pack:
    """Return the pack of that folder, every reference in it resolved.

    Raises:
        PackError: something is wrong; its `problems` name file, line and what to write instead.
    """
    problems = PackProblems()
    with problems.of("pack.md"):
        pack, included = _parse_head(folder, problems)
    if included:
        with problems.of("reading.md"):
            text = read_text(folder / "reading.md", problems)
            paragraphs = parse_reading(text, pack.paragraph_count, problems) if text is not None else ()
            pack = replace(pack, paragraphs=paragraphs)
    with problems.of("snippets.md"):
        text = read_text(folder / "snippets.md", problems)
        snippets = parse_snippets(text, pack.paragraph_count, problems) if text is not None else ()
        slugs = frozenset(snippet.slug for snippet in snippets)
    prompts, golden = _parse_rest(folder, slugs, problems)
    if found := problems.all():
        raise PackError(found)
    by_slug = {snippet.slug: snippet for snippet in snippets}
    return replace(pack, snippets=snippets, prompts=prompts, golden=golden, by_slug=by_slug)


def _parse_rest(
    folder: Path, slugs: frozenset[str], problems: PackProblems
) -> tuple[tuple[Prompt, ...], tuple[Golden, ...]]:
    """Return the prompts and golden questions; a pack may do without them."""
    prompts: tuple[Prompt, ...] = ()
    golden: tuple[Golden, ...] = ()
    if (folder / "discussion.md").exists():
        with problems.of("discussion.md"):
            text = read_text(folder / "discussion.md", problems)
            prompts = parse_prompts(text or "", slugs, problems)
    if (folder / "golden.md").exists():
        with problems.of("golden.md"):
            text = read_text(folder / "golden.md", problems)
            golden = parse_golden(text or "", slugs, problems)
    return prompts, golden


def _parse_head(folder: Path, problems: PackProblems) -> tuple[Pack, bool]:
    """Return the pack without its content, from pack.md, and whether the reading itself is included."""
    slug = folder.resolve().name
    if not SLUG.fullmatch(slug):
        problems.add("bad-slug-folder", 0, name=slug)
    text = read_text(folder / "pack.md", problems)
    if text is None:
        return Pack(slug, "", "", "", "", MOST_PARAGRAPHS), False
    return parse_head(text, slug, problems)


def parse_head(text: str, slug: str, problems: PackProblems) -> tuple[Pack, bool]:
    """Return the pack that a pack.md tells of, without content, and whether the reading is included."""
    empty = Pack(slug, "", "", "", "", MOST_PARAGRAPHS)
    found = parts(text, lists=True)
    head = next((part for part in found if part.level == 1 and part.title), None)
    if head is None:
        problems.add("no-title", 1)
        return empty, False
    values = take_keys(head.keys, PACK_KEYS, problems)
    written = values.get("paragraphs")
    if written is None:
        problems.add("no-count", head.line)
    count = number(written, 1, MOST_PARAGRAPHS, MOST_PARAGRAPHS, problems)
    text_of = {name: line.value for name, line in values.items()}
    pack = Pack(
        slug=slug,
        title=head.title,
        author=text_of.get("author", ""),
        source=text_of.get("source", ""),
        licence=text_of.get("licence", ""),
        paragraph_count=count,
        language=text_of.get("language", ""),
        sections=tuple(_sections(found, count, problems)),
    )
    return pack, _is_included(values.get("full_text"), problems)


def _is_included(line: KeyLine | None, problems: PackProblems) -> bool:
    if line is None or not line.value:
        return False
    answer = known(line.value, INCLUDED)
    if not answer:
        problems.add("bad-full-text", line.line, value=line.value)
    return answer == "yes"


def _sections(found: Iterable[MarkdownPart], count: int, problems: PackProblems) -> Iterable[Section]:
    for part in found:
        for item in part.items:
            match = _SECTION.match(item.text)
            if not match:
                problems.add("bad-section", item.line, value=item.text)
                continue
            first, last = int(match[1]), int(match[2] or match[1])
            if not 1 <= first <= last <= count:
                problems.add("outside", item.line, number=last, count=count)
                continue
            yield Section(match[3].strip(), first, last)
