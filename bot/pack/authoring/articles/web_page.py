"""A saved web page: the article in it, or an error; never its menus.

trafilatura reads the page in three ways. What a page has in sentences, away from its links and furniture, is
the judge of which way kept the article, and stands in where none of them did.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.pack.authoring.articles.article import Article, ArticleError

_WAYS: tuple[dict[str, Any], ...] = ({"favor_precision": True}, {}, {"favor_recall": True})
AGREES = 0.92  # the least agreement with the page's own sentences at which a way is taken
LEAST_PROSE = 40  # characters of sentences: with fewer there is no article
LEAST_SCRIPTED = 200  # where scripts make the page: a notice on cookies is no article either
MAIN_SHARE = 0.75  # of a page's sentences, that the part with the article holds
GUARDED = 0.4  # an element that holds more of the sentences than this is no furniture, whatever it is called
MUCH_LEFT = 0.2  # sentences outside of the article, beside those inside, of which a person should hear
SPACED = 2  # blank lines in an element without paragraphs, that are more than chance
LONGEST_HEADING = 60
SHORTEST = 15  # characters of a line that is a sentence; the half of it in Chinese

_ASIDE = re.compile(
    "script|style|noscript|template|svg|form|button|select|textarea|nav|footer|aside|iframe|figcaption|head"
)
_BLOCKS = re.compile(
    "address|article|blockquote|body|br|center|d[dlt]|details|div|fieldset|figure|h[1-6r]|header|html|li|main|ol|p|pre"
    "|section|summary|table|t(?:body|d|h|head|foot|r)|ul"
)
_LAYOUT = frozenset({"table", "tbody", "tr", "td"})
_SAID = re.compile(r"[。！？!?.」”]$")
_HEADING = re.compile(r"h[1-6]")
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:comments?|respond|repl(?:y|ies)|push|related|recommend\w*|shar(?:e|ing)\w*|social|sidebar|breadcrumbs?"
    r"|newsletter|subscri\w+|promo\w*|advert\w*|ads?|footer|nav\w*|menu|tags?|keywords|author-box|bio|byline|copyright"
    r"|rank\w*|popular|toc|pagination|widget|cookies?|consent|popup|modal|date-source|metaline|edit|editor-info)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。！？；，!?;]|[.,](?:\s|$)")
_AUTHOR = re.compile(r"<meta\s[^>]*name=[\"']?author[\"']?\s[^>]*content=[\"']?([^\"'>]+)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


@dataclass
class Block:
    """A paragraph or line of the page, how much of it is a link, and the elements that it stands in."""

    path: tuple[Any, ...]
    heading: bool = False
    text: str = ""
    linked: int = 0
    bold: int = 0
    prose: bool = field(default=False, init=False)

    def close(self) -> "Block":
        """Settle what kind of line it is, now that its text is whole."""
        self.text = _SPACE.sub(" ", self.text).strip()
        size = len(self.text) * (1 if self.text.isascii() else 2)
        self.prose = (
            not self.heading
            and size >= 2 * SHORTEST
            and self.linked * 2 < len(self.text)
            and bool(_SENTENCE.search(self.text))
        )
        return self


def read_page(page: str) -> Article:
    """Return the article of a page.

    Raises:
        ArticleError: there is none in it: it is loaded by a script, or the page has only menus.
    """
    import trafilatura  # noqa: PLC0415  lxml and its data take half a second
    from trafilatura.utils import load_html  # noqa: PLC0415  as above

    tree = load_html(page)
    blocks = list(_blocks(tree, ())) if tree is not None else []
    kept, main = _article(blocks)
    prose = [block.text for block in kept if block.prose]
    _refuse(page, sum(map(len, prose)))
    texts = [
        trafilatura.extract(
            page, output_format="markdown", include_comments=False, include_links=False, **way
        )
        or ""
        for way in _WAYS
    ]
    wanted = [_bare(block.text) for block in kept]
    beside = _bare(main.text_content()) if main is not None and main.tag not in _LAYOUT else ""
    rated = [(_agreement(text, wanted, beside), text) for text in texts]
    agrees, best = max(rated, key=lambda each: each[0])
    text = best if agrees >= AGREES else _written(kept)
    meta: Any = trafilatura.extract_metadata(page)
    author = (meta.author if meta else "") or (found[1] if (found := _AUTHOR.search(page)) else "")
    outside = sum(len(block.text) for block in blocks if block.prose and _bare(block.text) not in _bare(text))
    return Article(
        re.sub(r"\\([\\`*_{}\[\]()#+.!>-])", r"\1", text),
        (meta.title or "") if meta else "",
        author.strip(),
        warnings=_left(outside, sum(map(len, prose))),
    )


def _refuse(page: str, prose: int) -> None:
    scripted = bool(re.search(r"<div id=[\"']?(?:root|app|__next|__nuxt)[\"']?[^>]*>\s*</div>", page)) or (
        sum(map(len, re.findall(r"(?s)<script\b.*?</script>", page))) > 0.8 * len(page)
    )
    if prose >= (LEAST_SCRIPTED if scripted else LEAST_PROSE):
        return
    copy = "請在瀏覽器裡選取內文、複製，貼進一個 .txt 檔"
    if scripted:
        raise ArticleError(
            f"這個網頁的內文是開啟以後才由程式載入的，存下來的檔案裡沒有：{copy}。"
            " / The page loads its text by a script; the saved file has none: copy the text into a .txt file."
        )
    raise ArticleError(
        f"這個網頁裡沒有文字像一篇文章，只有選單和標題：{copy}。"
        " / There is no text of an article in the page, only menus: copy the text into a .txt file."
    )


def _left(outside: int, inside: int) -> tuple[str, ...]:
    if outside <= MUCH_LEFT * inside:
        return ()
    told = (
        f"網頁裡還有 {outside} 個字的句子沒有收進來（收了 {inside} 個字）：請對照網頁；少了內文就改貼成 .txt"
        f" / {outside} characters of sentences were left out, {inside} kept: compare with the page"
    )
    return (told,)


def _blocks(element: Any, path: tuple[Any, ...]) -> Iterator[Block]:
    """Yield what the element holds, line by line; scripts, forms and navigation are passed over."""
    block = Block(path)
    for kind, where, words in _pieces(element, (), linked=False, bold=False):
        if kind != "text":
            if block.close().text:
                yield block
            block = Block(where, heading=kind == "heading")
            continue
        for number, part in enumerate(re.split(r"\n\s*\n", words[0]) if _preformatted(where) else [words[0]]):
            if number:
                if block.close().text:
                    yield block
                block = Block(where)
            block.text += part
            block.linked += len(part.strip()) * words[1]
            block.bold += len(part.strip()) * words[2]
    if block.close().text:
        yield block


def _pieces(
    element: Any, path: tuple[Any, ...], *, linked: bool, bold: bool
) -> Iterator[tuple[str, Any, Any]]:
    """Yield text and the borders between blocks, in the order of the page."""
    tag = element.tag if isinstance(element.tag, str) else "script"  # a comment
    if not _ASIDE.fullmatch(tag) and not _hidden(element):
        inner = (*path, element)
        border = bool(_BLOCKS.fullmatch(tag))
        if border:
            yield ("heading" if _HEADING.fullmatch(tag) else "block"), inner, None
        linked, bold = linked or tag == "a", bold or tag in {"b", "strong"}
        if element.text:
            yield "text", inner, (element.text, linked, bold)
        for child in element:
            yield from _pieces(child, inner, linked=linked, bold=bold)
            if child.tail:
                yield "text", inner, (child.tail, linked, bold)
        if border:
            yield "block", path, None


def _hidden(element: Any) -> bool:
    style = element.get("style") or ""
    return element.get("hidden") is not None or bool(re.search(r"display\s*:\s*none", style))


def _preformatted(path: Sequence[Any]) -> bool:
    """Tell whether blank lines count: in pre, and in an element that has no blocks for its paragraphs."""
    return any(each.tag == "pre" for each in path) or (
        bool(path)
        and len(re.findall(r"\n\s*\n", path[-1].text_content())) > SPACED
        and path[-1].find(".//p") is None
    )


def _article(blocks: Sequence[Block]) -> tuple[list[Block], Any]:
    """Return the article's blocks, and the element with most of the page's sentences, where they stand."""
    weight: dict[Any, int] = {}
    total = 0
    for block in blocks:
        if block.prose:
            total += len(block.text)
            for element in block.path:
                weight[element] = weight.get(element, 0) + len(block.text)
    plain = [
        block
        for block in blocks
        if not any(_furniture(each) and weight.get(each, 0) < GUARDED * total for each in block.path)
    ]
    inside: dict[Any, int] = {}
    for block in plain:
        for element in block.path if block.prose else ():
            inside[element] = inside.get(element, 0) + len(block.text)
    least = MAIN_SHARE * sum(len(block.text) for block in plain if block.prose)
    holding = [element for element, size in inside.items() if size >= least]
    main = max(holding, key=lambda each: sum(1 for _ in each.iterancestors()), default=None)
    said = [
        block
        for block in plain
        if main in block.path
        and (block.prose or _heads(block) or (not block.linked and _SAID.search(block.text)))
    ]
    first = next((place for place, block in enumerate(said) if block.prose), 0)
    return [block for place, block in enumerate(said) if place >= first or block.path[-1].tag == "h1"], main


def _furniture(element: Any) -> bool:
    if element.tag in {"body", "html", "article", "main"}:
        return False
    if element.tag in {"div", "li", "section"} and any(
        _HEADING.fullmatch(str(child.tag)) and child.find(".//a") is not None for child in element
    ):
        return True  # the card of another article: its heading is a link
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_FURNITURE.search(named)) or element.get("role") in {
        "navigation",
        "contentinfo",
        "complementary",
    }


def _heads(block: Block) -> bool:
    return not block.linked and (
        block.heading or (block.bold >= len(block.text) and len(block.text) < LONGEST_HEADING)
    )


def _bare(text: str) -> str:
    return re.sub(r"[\s*#_>\\|-]+", "", text)


def _agreement(text: str, wanted: Sequence[str], beside: str) -> float:
    """Return the lower of how much of what is wanted the text has, and how much of the text is wanted.

    A row of a table counts for neither where the article has that table.
    """
    rows = [line for line in text.splitlines() if not (line.startswith("|") and _bare(line) in beside)]
    lines = [bare for line in rows if (bare := _bare(line))]
    whole, all_wanted = (
        "".join(lines),
        "\n".join(wanted),
    )  # paragraphs that were melted together agree with none
    has = sum(len(each) for each in wanted if each in whole) / max(1, sum(map(len, wanted)))
    is_wanted = sum(len(line) for line in lines if line in all_wanted) / max(1, len(whole))
    return min(has, is_wanted)


def _written(kept: Sequence[Block]) -> str:
    return "\n\n".join(
        f"## {block.text}" if not block.prose and _heads(block) else block.text for block in kept
    )
