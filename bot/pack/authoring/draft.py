"""From an article's text to the files of a pack: numbered reading, stubs to write from, questions to ask."""

import re
import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.pack.authoring.articles import Article
from bot.pack.authoring.cleaning import Cleaned, TextSpot, clean, suspicions
from bot.pack.authoring.paragraphs import number_paragraphs
from bot.pack.authoring.proposals import Proposal, propose
from bot.pack.authoring.terms import is_english
from bot.pack.authoring.text_damage import is_traditional
from bot.pack.key_lines import SLUG, derive_slug
from bot.pack.model import Pack, Prompt, Snippet
from bot.pack.reading_file import Reading, render_reading
from bot.pack.render import (
    PROMPT_KEYS,
    SNIPPET_KEYS,
    EntryContext,
    head_row,
    prompt_row,
    render_entries,
    render_head,
    snippet_row,
)
from bot.text.folding import to_simplified

TEXTS = Path(__file__).parents[2] / "locales" / "drafting"  # Simplified Chinese is made from the Traditional
MOST_PEOPLE, MOST_NUMBERS = 4, 3
MOST_QUOTED = 11  # Han characters of a question; more would be copying
_FIGURE = re.compile(r"\d.*(?<![年月日歲岁])$")
_ASKED = re.compile(r"([^。！？!?…“”「」『』\n]{4,60})[？?]")
_CLAIMED = re.compile(r"应该|应当|不应|必须|主张|不能再|should|must|ought to", re.IGNORECASE)
_TURNED = re.compile(r"(?:^|[。！？.!?]\s*)(?:然而|不过|但是|可是|但|相反|另一方面|However|But )")
_KEY = re.compile(r"^(#{2} )?([\u3400-\u9fff]{2,3})(：|$)(.*)$", re.MULTILINE)

# Lines and values that are written otherwise in Simplified characters.
_KEYS = "關鍵詞 別名 出處 狀態 來源 授權 語言 階段 時間 追問 章節 全文 不收錄 細讀 立場 交鋒 綜合".split()  # noqa: SIM905  words


@dataclass(frozen=True)
class DraftTexts:
    """The words of one language; what stands in braces is filled from the reading."""

    hint: str  # above what to write from
    untitled: str
    opening: str  # the title of what stands before the first section
    joint: str  # between names
    about: Mapping[str, Any]
    paragraph: Mapping[str, str]
    titles: Mapping[str, str]
    aliases: Mapping[str, Sequence[str]]
    head: Mapping[str, str]  # what stands in pack.md until a person fills it in
    golden: str
    keys: Mapping[str, str]  # names of lines, and fixed values, where they are not the Traditional ones
    prompts: Sequence[Sequence[Prompt]]  # of each, the first is taken that the reading has enough for


def draft_texts(language: str) -> DraftTexts:
    """Return the words for a reading in zh-Hant, zh-Hans or en."""
    written = "en" if language == "en" else "zh-Hant"
    raw = tomllib.loads((TEXTS / f"{written}.toml").read_text(encoding="utf-8"))
    texts = _simplified(raw) if language == "zh-Hans" else raw
    prompts = [
        tuple(
            Prompt(
                slug=f"q{number}",
                title=each["title"],
                text=each["text"],
                phase=was["phase"],  # records name it in one script only
                follow_ups=tuple(each["follow_ups"]),
                minutes=each["minutes"],
            )
            for each, was in choices
        )
        for number, choices in groupby(
            zip(texts["prompts"], raw["prompts"], strict=True), key=lambda pair: int(pair[0]["number"])
        )
    ]
    keys = {key: to_simplified(key) for key in _KEYS} if language == "zh-Hans" else texts["keys"]
    return DraftTexts(**{**texts, "prompts": tuple(prompts), "keys": keys})


def _simplified(value: Any) -> Any:
    if isinstance(value, str):
        return to_simplified(value)
    if isinstance(value, dict):
        return {key: _simplified(item) for key, item in value.items()}
    return [_simplified(item) for item in value] if isinstance(value, list) else value


def draft_snippets(
    reading: Reading, proposals: Iterable[Proposal], said: DraftTexts
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


def _overview(reading: Reading, said: DraftTexts) -> Snippet:
    return Snippet(
        slug="about",
        title=said.about["title"],
        text="",
        keywords=tuple(said.about["keywords"]),
        aliases=tuple(said.about["aliases"]),
        paragraphs=(1,) if len(reading.paragraphs) == 1 else (1, len(reading.paragraphs)),
        draft=True,
    )


def _stub(proposal: Proposal, said: DraftTexts) -> Snippet:
    text = re.sub(r"[,，、;；]", " ", proposal.text)  # a separator would cut the keyword in two
    keywords = tuple(re.sub(r"\s*[,，、;；]\s*", " ", keyword) for keyword in proposal.keywords)
    title = (
        said.titles.get(proposal.kind, "{x}").replace("{x}", proposal.text).replace("{who}", proposal.speaker)
    )
    return Snippet(
        slug="",
        title=title,
        text="",
        keywords=keywords,
        aliases=tuple(
            alias.replace("{x}", text).replace("{who}", proposal.speaker)
            for alias in said.aliases[proposal.kind]
        ),
        paragraphs=proposal.paragraphs[:6] or (1,),
        speaker=proposal.speaker,
        draft=True,
    )


def _of_paragraph(number: int, said: DraftTexts) -> Snippet:
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


def draft_prompts(reading: Reading, proposals: Iterable[Proposal], said: DraftTexts) -> tuple[Prompt, ...]:
    """Return ten questions over the five phases, in the reading's own words; the teacher adds evidence."""
    found = _template_words(reading, tuple(proposals), said)
    chosen = [
        next(each for each in choices if all(found.get(name) for name in _needed(each.text)))
        for choices in said.prompts
    ]
    return tuple(replace(each, text=each.text.format(**found)) for each in chosen)


def _needed(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _template_words(reading: Reading, found: Sequence[Proposal], said: DraftTexts) -> Mapping[str, str]:
    """Return what the reading has to fill the templates with; empty where it has nothing."""
    people = [item.text for item in found if item.kind == "person"]
    figures = [item.text for item in found if item.kind == "number" and _FIGURE.search(item.text)]
    asked, question = _question(reading.paragraphs)
    return {
        "title": " ".join(reading.title.split()) or said.untitled,
        "term": _widest(found, "term", reading.title),
        "quote": _widest(found, "quote", reading.title),
        "people": said.joint.join(people[:MOST_PEOPLE]) if len(people) > 1 else "",
        "numbers": said.joint.join(figures[:MOST_NUMBERS]) if len(figures) > 1 else "",
        "asked": str(asked) if asked else "",
        "question": question,
        "claimed": _first_with(_CLAIMED, reading.paragraphs),
        "turned": _first_with(_TURNED, reading.paragraphs[1:], 2),
    }


def _question(paragraphs: Sequence[str]) -> tuple[int, str]:
    """Return the paragraph of the last question that the reading asks, and its last clause if it is short."""
    for number in range(len(paragraphs), 0, -1):
        if asked := _ASKED.findall(paragraphs[number - 1]):
            clause = re.split(r"[，,：:；;]", asked[-1])[-1].strip()
            return number, f"{clause}？" if len(clause) <= MOST_QUOTED else ""
    return 0, ""


def _first_with(pattern: re.Pattern[str], paragraphs: Sequence[str], start: int = 1) -> str:
    numbered = enumerate(paragraphs, start)
    return next((str(number) for number, text in numbered if pattern.search(to_simplified(text))), "")


def _widest(proposals: Sequence[Proposal], kind: str, title: str) -> str:
    """Return the proposal of that kind that the title names, or that stands in the most paragraphs."""
    of_kind = [item for item in proposals if item.kind == kind]
    return max(of_kind, key=lambda item: (item.text in title, len(item.paragraphs))).text if of_kind else ""


@dataclass(frozen=True)
class PackDraft:
    """A pack ready to be edited: its files by name, and what a person should look at."""

    reading: Reading
    cleaned: Cleaned
    snippets: tuple[Snippet, ...]
    prompts: tuple[Prompt, ...]
    files: dict[str, str]
    suspicions: tuple[TextSpot, ...]  # as they stand in reading.md
    headings: int  # sections that the article itself has: what stands before the first is none


def draft(article: Article, slug: str, title: str = "") -> PackDraft:
    """Return a pack drafted from an article: cleaned, numbered, with stubs to write and questions to bend."""
    cleaned = clean(article.text)
    language = language_of(cleaned.text)
    said = draft_texts(language)
    reading = number_paragraphs(cleaned.text, title or article.title, opening=said.opening)
    reading = replace(reading, notes=(*reading.notes, *article.notes))
    proposals = propose(reading.paragraphs)
    snippets, comments = draft_snippets(reading, proposals, said)
    prompts = draft_prompts(reading, proposals, said)
    head = Pack(
        slug=slug,
        title=" ".join(reading.title.split()) or said.head["title"],
        author=article.author or said.head["author"],
        source=said.head["source"],
        licence=said.head["licence"],
        paragraph_count=len(reading.paragraphs),
        language=language,
        sections=reading.sections,
    )
    text = render_reading(reading)
    files = {
        "pack.md": _keyed(render_head(head_row(head), head.sections), said),
        "reading.md": text,
        "snippets.md": _keyed(
            render_entries(
                [snippet_row(snippet, EntryContext(comments=comments)) for snippet in snippets], SNIPPET_KEYS
            ),
            said,
        ),
        "discussion.md": _keyed(
            render_entries([prompt_row(prompt, EntryContext()) for prompt in prompts], PROMPT_KEYS), said
        ),
        "golden.md": said.golden,
        # The article itself stays on the teacher's machine until its licence is known.
        ".gitignore": "reading.md\n",
    }
    headings = sum(section.title != said.opening for section in reading.sections)
    return PackDraft(reading, cleaned, snippets, prompts, files, suspicions(text), headings)


def _keyed(text: str, said: DraftTexts) -> str:
    """Return a file with its key lines in the language of the draft."""

    def line(match: re.Match[str]) -> str:
        heading, key, colon, value = match[1] or "", match[2], match[3], match[4]
        if not (colon or heading) or key not in said.keys:
            return match[0]
        named, value = said.keys[key], said.keys.get(value, value)
        if not named.isascii():
            return f"{heading}{named}{colon}{value}"
        value = value.replace("、", ", ").replace("；", "; ")
        return f"{heading}{named}{': ' if colon else ''}{value}"

    return _KEY.sub(line, text) if said.keys else text


def language_of(text: str) -> str:
    """Return the language of a text: zh-Hant, zh-Hans or en."""
    if is_english(text):
        return "en"
    return "zh-Hant" if is_traditional(text) else "zh-Hans"


def write_draft(made: PackDraft, folder: Path) -> None:
    """Write the files of a draft into a folder that has none of them.

    Raises:
        FileExistsError: a file of that name is there already; nothing was written.
    """
    for name in made.files:
        if (folder / name).exists():
            raise FileExistsError(folder / name)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
