"""Opening an article in whatever shape a teacher has it, as plain Markdown text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_BYTES = 30_000_000
_HAN = re.compile(r"[\u3400-\u9fff]")
_AUTHOR = re.compile(r"<meta\s[^>]*name=[\"']?author[\"']?\s[^>]*content=[\"']?([^\"'>]+)", re.IGNORECASE)
_URL = re.compile(r"^\s*(?:https?|ftp)://|^\s*www\.", re.IGNORECASE)


class ArticleError(Exception):
    """讀不了這篇文章。The article cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Article:
    """An article's text (headings as `## …`), and what its file says of it."""

    text: str
    title: str = ""
    author: str = ""
    left_out: int = 0  # Han characters of the file that are not in the text: menus, footers, or a mistake


def open_article(path: str | Path) -> Article:
    """Return the article of a file.

    Raises:
        ArticleError: it is an address, of an unknown kind, too large, damaged, or has no text in it.
    """
    if _URL.match(str(path)):
        raise ArticleError(
            "溫度不上網抓文章：請在瀏覽器裡打開網頁，另存成 .html，或把內文貼進一個 .txt 檔，再給我那個檔案。"
            " / Wendu does not fetch addresses: save the page as .html, or paste its text into a .txt file."
        )
    path = Path(path)
    opener = OPENERS.get(path.suffix.lower())
    if opener is None:
        kinds = "、".join(OPENERS)
        raise ArticleError(
            f"不認得這種檔案「{path.name}」，可以用：{kinds} / unknown kind of file; use one of these"
        )
    article = opener(_bytes(path))
    if not article.text.strip():
        raise ArticleError(
            f"「{path.name}」裡沒有文字；如果是掃描的圖片，請先用文字辨識轉成文字。"
            " / There is no text in it; if it is a scan, run text recognition first."
        )
    return article


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ArticleError(
                f"「{path.name}」超過 30 MB，請只留文章本身 / larger than 30 MB: keep only the article"
            )
        return path.read_bytes()
    except OSError as error:
        raise ArticleError(f"打不開「{path}」：{error.strerror} / cannot open it") from error


def decode(raw: bytes) -> str:
    """Return the text of a file that may be UTF-8, UTF-16, GB 18030 or Big5, without a byte order mark.

    Raises:
        ArticleError: it is none of these, so it is probably not a text file.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    guesses = []
    for codec in ("utf-8-sig", "big5hkscs", "gb18030"):
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == "utf-8-sig":
            return text
        guesses.append(text)
    if not guesses:
        raise ArticleError("這不是文字檔，或編碼不明：請另存成 UTF-8 / not a text file: save it as UTF-8")
    return max(guesses, key=_everyday)


def _everyday(text: str) -> int:
    """Return how many characters of a text are ones that everybody uses: the right decoding has the most."""
    return sum(text.count(char) for char in "的是不一了在人有我他這这個个們们中，。、")


def _plain(raw: bytes) -> Article:
    return Article(decode(raw))


def _html(raw: bytes) -> Article:
    import trafilatura  # noqa: PLC0415  lxml and its data take half a second

    page = decode(raw)
    # Precision keeps paragraphs and headings apart on short pages too; the default melts them together there.
    text = trafilatura.extract(
        page, output_format="markdown", favor_precision=True, include_comments=False, include_links=False
    )
    meta: Any = trafilatura.extract_metadata(page)
    body = re.sub(r"(?s)<(script|style|head)\b.*?</\1>|<[^>]*>", "", page)
    left = len(_HAN.findall(body)) - len(_HAN.findall(text or ""))
    author = (meta.author if meta else "") or (found[1] if (found := _AUTHOR.search(page)) else "")
    return Article(_unescape(text or ""), (meta.title or "") if meta else "", author.strip(), left)


def _unescape(markdown: str) -> str:
    return re.sub(r"\\([\\`*_{}\[\]()#+.!>-])", r"\1", markdown)


def _docx(raw: bytes) -> Article:
    from io import BytesIO  # noqa: PLC0415  with its library

    import docx  # noqa: PLC0415  lxml takes a while to load
    from docx.table import Table  # noqa: PLC0415  as above

    try:
        document = docx.Document(BytesIO(raw))
    except Exception as error:  # the library raises whatever zip, XML and its own parts raise
        raise ArticleError(
            "這個 .docx 打不開，可能壞了：請用文書軟體重新另存 / damaged .docx: save it anew"
        ) from error
    blocks = [
        _docx_table(block) if isinstance(block, Table) else _docx_block(block)
        for block in document.iter_inner_content()
    ]
    properties = document.core_properties
    return Article("\n\n".join(filter(None, blocks)), properties.title or "", properties.author or "")


def _docx_block(paragraph: Any) -> str:
    text = str(paragraph.text).strip()
    style = str(getattr(paragraph.style, "name", "") or "")
    if text and style == "Title":
        return f"# {text}"
    return f"## {text}" if text and style.startswith("Heading") else text


def _docx_table(table: Any) -> str:
    """Return a table as a line for each row: nothing that stands in the document is left out."""
    rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
    return "\n\n".join("｜".join(row) for row in rows if any(row))


def _pdf(raw: bytes) -> Article:
    from io import BytesIO  # noqa: PLC0415  with its library

    from pypdf import PdfReader  # noqa: PLC0415  only when there is a PDF

    try:
        reader = PdfReader(BytesIO(raw))
        pages = [page.extract_text() for page in reader.pages]
        info = reader.metadata
    except Exception as error:  # a damaged PDF raises nearly anything
        raise ArticleError("這個 PDF 打不開，可能壞了或有密碼 / damaged or locked PDF") from error
    text = unwrap("\n".join(_without_numbers(page) for page in pages))
    return Article(text, str(info.title or "") if info else "", str(info.author or "") if info else "")


def _without_numbers(page: str) -> str:
    """Return a page without its number, where that stands alone on the first or last line."""
    lines = page.strip("\n").split("\n")
    for index in (0, -1):
        if lines and re.fullmatch(
            r"\s*[-–—]?\s*(?:第\s*)?\d{1,4}(?:\s*頁|\s*页|\s*/\s*\d{1,4})?\s*[-–—]?\s*", lines[index]
        ):
            lines.pop(index)
    return "\n".join(lines)


def unwrap(text: str) -> str:
    """Return a text whose lines were broken to fit a page, joined again into paragraphs.

    A paragraph ends with a line that closes a sentence and is not full, or before an indented or blank line.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    full = sorted(map(len, lines))[int(len(lines) * 0.8)] if lines else 0
    blocks: list[str] = []
    open_block = False
    for line in lines:
        starts = not line.strip() or line.startswith(("\u3000", "  ")) or not open_block
        if starts:
            blocks.append(line.strip())
        else:
            gap = " " if blocks[-1][-1:].isascii() and line[:1].isascii() and blocks[-1][-1:] != "-" else ""
            blocks[-1] += gap + line.strip()
        open_block = bool(line.strip()) and len(line) >= full * 0.85
    return "\n\n".join(block for block in blocks if block)


OPENERS: dict[str, Callable[[bytes], Article]] = {
    ".txt": _plain,
    ".md": _plain,
    ".markdown": _plain,
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
    ".pdf": _pdf,
}
