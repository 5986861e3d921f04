"""Snippet stubs: a heading, keywords, a source, and the paragraph to write from. Never answered from."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.pack.authoring.drafting.phrases import Wording
from bot.pack.authoring.drafting.proposals import Proposal
from bot.pack.key_values import SLUG, derive_slug
from bot.pack.model import Snippet
from bot.pack.reading_file import Reading


def draft_snippets(
    reading: Reading, proposals: Iterable[Proposal], said: Wording
) -> tuple[tuple[Snippet, ...], dict[str, str]]:
    """Return the stubs, each marked as a draft, and by slug the comment that shows what to write from.

    Every paragraph has a stub: those that no proposal stands in get one of their own.
    """
    if not reading.paragraphs:
        return (), {}
    stubs = [_overview(reading, said), *(_stub(item, said) for item in proposals)]
    covered = {stub.paragraphs[0] for stub in stubs[1:] if stub.paragraphs}
    stubs += [_of_paragraph(n, said) for n in range(1, len(reading.paragraphs) + 1) if n not in covered]
    stubs[1:] = sorted(stubs[1:], key=lambda stub: stub.paragraphs[0])
    named = tuple(_unique(stubs))
    return named, {stub.slug: _to_write_from(stub, reading.paragraphs, said.hint) for stub in named}


def _overview(reading: Reading, said: Wording) -> Snippet:
    return Snippet(
        slug="about",
        title=said.about["title"],
        text="",
        keywords=tuple(said.about["keywords"]),
        aliases=tuple(said.about["aliases"]),
        paragraphs=(1,) if len(reading.paragraphs) == 1 else (1, len(reading.paragraphs)),
        draft=True,
    )


def _stub(proposal: Proposal, said: Wording) -> Snippet:
    text = re.sub(r"[,，、;；]", " ", proposal.text)  # a separator would cut the keyword in two
    keywords = tuple(re.sub(r"\s*[,，、;；]\s*", " ", keyword) for keyword in proposal.keywords)
    return Snippet(
        slug="",
        title=said.titles.get(proposal.kind, "{x}").replace("{x}", proposal.text),
        text="",
        keywords=keywords,
        aliases=tuple(alias.replace("{x}", text) for alias in said.aliases[proposal.kind]),
        paragraphs=proposal.paragraphs[:6] or (1,),
        draft=True,
    )


def _of_paragraph(number: int, said: Wording) -> Snippet:
    return Snippet(
        slug=f"paragraph-{number}",
        title=said.paragraph["title"].format(n=number),
        text="",
        aliases=(said.paragraph["alias"].format(n=number),),
        paragraphs=(number,),
        draft=True,
    )


def _unique(stubs: Sequence[Snippet]) -> Iterator[Snippet]:
    slugs: set[str] = set()
    titles: set[str] = set()
    for stub in stubs:
        title = _free(stub.title, titles, "（{}）")
        slug = stub.slug or derive_slug(stub.title)[:34].strip("-")
        slug = _free(slug if SLUG.fullmatch(slug) else "snippet", slugs, "-{}")
        yield Snippet(**{**vars(stub), "slug": slug, "title": title})


def _free(wanted: str, taken: set[str], ending: str) -> str:
    name, count = wanted, 1
    while name in taken:
        count += 1
        name = wanted + ending.format(count)
    taken.add(name)
    return name


def _to_write_from(stub: Snippet, paragraphs: Sequence[str], hint: str) -> str:
    """Return the first paragraph in full and, of the others, the sentences that name the thing."""
    first, *others = stub.paragraphs
    blocks = [f"[P{first}] {paragraphs[first - 1]}"]
    word = stub.keywords[0] if stub.keywords else ""
    for number in others:
        told = [s for s in re.split(r"(?<=[。！？!?])", paragraphs[number - 1]) if word in s]
        blocks.append(f"[P{number}] …{''.join(told) or paragraphs[number - 1]}")
    return "\n".join([hint, *blocks]).replace("-->", "-- >")
