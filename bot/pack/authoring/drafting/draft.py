"""From an article's text to the files of a pack."""

from dataclasses import dataclass, replace
from pathlib import Path

from bot.pack.authoring.articles import Article
from bot.pack.authoring.cleaning import Cleaned, Spot, clean, suspicions
from bot.pack.authoring.cleaning.conversion_slips import is_traditional
from bot.pack.authoring.drafting.english_terms import is_english
from bot.pack.authoring.drafting.paragraphs import number
from bot.pack.authoring.drafting.phrases import wording
from bot.pack.authoring.drafting.prompt_templates import draft_prompts
from bot.pack.authoring.drafting.proposals import propose
from bot.pack.authoring.drafting.stubs import draft_snippets
from bot.pack.model import Pack, Prompt, Snippet
from bot.pack.reading_file import Reading, render_reading
from bot.pack.render import (
    PROMPT_KEYS,
    SNIPPET_KEYS,
    Aside,
    head_row,
    prompt_row,
    render_entries,
    render_head,
    snippet_row,
)

GOLDEN = """<!--
測試題：學生會怎麼問，就怎麼寫。每一則摘解至少兩題，「-> 無」是不該回答的問題。
- 問題 -> 代號
- 兩則都可以 -> 代號 | 另一個代號
- 兩則都要 -> 代號 + 另一個代號
-->

## 不該回答的問題
- 今天天氣怎麼樣 -> 無
- 一加一等於多少 -> 無
- 推薦一家餐廳 -> 無
"""


@dataclass(frozen=True)
class Draft:
    """A pack ready to be edited: its files by name, and what a person should look at."""

    reading: Reading
    cleaned: Cleaned
    snippets: tuple[Snippet, ...]
    prompts: tuple[Prompt, ...]
    files: dict[str, str]
    suspicions: tuple[Spot, ...]  # as they stand in reading.md
    headings: int  # sections that the article itself has: what stands before the first is none


def draft(article: Article, slug: str, title: str = "") -> Draft:
    """Return a pack drafted from an article: cleaned, numbered, with stubs to write and questions to bend."""
    cleaned = clean(article.text)
    language = language_of(cleaned.text)
    said = wording(language)
    reading = number(cleaned.text, title or article.title, opening=said.opening)
    reading = replace(reading, notes=(*reading.notes, *article.notes))
    proposals = propose(reading.paragraphs)
    snippets, comments = draft_snippets(reading, proposals, said)
    prompts = draft_prompts(reading, proposals, said)
    head = Pack(
        slug=slug,
        title=" ".join(reading.title.split()) or "（請寫標題）",
        author=article.author or "（請寫作者）",
        source="（請寫在哪裡刊登、什麼時候）",
        licence="（請寫授權；沒有授權就不要收錄全文）",
        paragraph_count=len(reading.paragraphs),
        language=language,
        sections=reading.sections,
    )
    text = render_reading(reading)
    files = {
        "pack.md": render_head(head_row(head), head.sections),
        "reading.md": text,
        "snippets.md": render_entries(
            [snippet_row(snippet, Aside(comments=comments)) for snippet in snippets], SNIPPET_KEYS
        ),
        "discussion.md": render_entries([prompt_row(prompt, Aside()) for prompt in prompts], PROMPT_KEYS),
        "golden.md": GOLDEN,
        # The article itself stays on the teacher's machine until its licence is known.
        ".gitignore": "reading.md\n",
    }
    headings = sum(section.title != said.opening for section in reading.sections)
    return Draft(reading, cleaned, snippets, prompts, files, suspicions(text), headings)


def language_of(text: str) -> str:
    """Return the language of a text: zh-Hant, zh-Hans or en."""
    if is_english(text):
        return "en"
    return "zh-Hant" if is_traditional(text) else "zh-Hans"


def write_draft(made: Draft, folder: Path) -> None:
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
