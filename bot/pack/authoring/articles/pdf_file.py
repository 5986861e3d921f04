"""PDF files: whole paragraphs, without page numbers and running titles."""

import re
from collections import Counter
from collections.abc import Sequence
from io import BytesIO

from bot.pack.authoring.articles.article import Article, ArticleError
from bot.pack.authoring.articles.text_file import unwrap

RUNNING = 3  # pages on which the same first or last line is a running title
_NUMBER = re.compile(
    r"\s*[-–—]?\s*(?:第\s*|page\s*)?\d{1,4}(?:\s*頁|\s*页|\s*(?:/|of)\s*\d{1,4})?\s*[-–—]?\s*", re.IGNORECASE
)


def read_pdf(raw: bytes) -> Article:
    """Return the text of a PDF.

    Raises:
        ArticleError: it cannot be opened.
    """
    from pypdf import PdfReader  # noqa: PLC0415  only when there is a PDF

    try:
        reader = PdfReader(BytesIO(raw))
        pages = [page.extract_text() for page in reader.pages]
        info = reader.metadata
    except Exception as error:  # a damaged PDF raises nearly anything
        raise ArticleError("這個 PDF 打不開，可能壞了或有密碼 / damaged or locked PDF") from error
    text = unwrap("\n".join(_without_running(pages)))
    return Article(text, str(info.title or "") if info else "", str(info.author or "") if info else "")


def _without_running(pages: Sequence[str]) -> list[str]:
    """Return the pages without their numbers, and without first and last lines that many pages share."""
    lines = [page.strip("\n").split("\n") for page in pages]
    shared = Counter(_pattern(page[edge]) for page in lines if page for edge in {0, len(page) - 1})
    out = []
    for page in lines:
        for edge in (0, -1, 0, -1):
            if page and (_NUMBER.fullmatch(page[edge]) or shared[_pattern(page[edge])] >= RUNNING):
                page.pop(edge)
        out.append("\n".join(page))
    return out


def _pattern(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())
