"""Opening an article in whatever shape a teacher has it, as lines and headings."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.pack.authoring.articles.article import Article, ArticleError
from bot.pack.authoring.articles.pdf_file import read_pdf
from bot.pack.authoring.articles.text_file import (
    plain_markdown,
    read_markdown,
    read_text,
    refuse_garbled,
    text_of,
)
from bot.pack.authoring.articles.title_page import without_title_page
from bot.pack.authoring.articles.web_page import read_page
from bot.pack.authoring.articles.word_file import read_docx, read_odt

__all__ = ["OPENERS", "Article", "ArticleError", "open_article"]

MOST_BYTES = 30_000_000
LONGEST, MOST_LINES = 300_000, 6_000  # characters, lines: a whole book, drafted in minutes
_URL = re.compile(r"^\s*(?:https?|ftp)://|^\s*www\.", re.IGNORECASE)
_OTHERWISE = {  # kinds that are not read: how to make one of them that is
    (
        ".doc",
        ".rtf",
        ".wps",
    ): "用 Word 或 LibreOffice 打開，另存成 .docx / open it in Word or LibreOffice and save it as .docx",
    (".pages",): "在 Pages 裡「輸出」成 .docx / export it as .docx from Pages",
    (
        ".epub",
        ".mobi",
        ".azw3",
    ): "打開電子書，把要讀的那一篇複製、貼進 .txt / open the book and paste the chapter into a .txt file",
    (
        ".mhtml",
        ".mht",
        ".webarchive",
    ): "在瀏覽器裡打開，另存成「只有 HTML」的 .html / open it in a browser and save it as HTML only",
    (
        ".jpg",
        ".jpeg",
        ".png",
        ".heic",
        ".tif",
        ".tiff",
    ): "先用文字辨識轉成文字，存成 .txt / run text recognition and save a .txt file",
}


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
        raise ArticleError(_refusal(path))
    article = opener(_bytes(path))
    if not article.text.strip():
        raise ArticleError(
            f"「{path.name}」裡沒有文字；如果是掃描的圖片，請先用文字辨識轉成文字。"
            " / There is no text in it; if it is a scan, run text recognition first."
        )
    if len(article.text) > LONGEST or article.text.count("\n") > MOST_LINES:
        raise ArticleError(
            f"「{path.name}」有 {len(article.text):,} 個字，超過上限 {LONGEST:,} 字、{MOST_LINES:,} 行："
            "請只留要讀的章節"
            f" / more than {LONGEST:,} characters or {MOST_LINES:,} lines: keep only the chapters to be read"
        )
    refuse_garbled(article.text)
    return without_title_page(article)


def _refusal(path: Path) -> str:
    kind = path.suffix.lower()
    told = next((how for kinds, how in _OTHERWISE.items() if kind in kinds), "")
    if told:
        chinese, _, english = told.partition(" / ")
        chinese = f"「{path.name}」是 {kind} 檔，溫度讀不了：請{chinese}，再試一次。"
        return f"{chinese} / {kind} is not read: {english}."
    kinds = "、".join(OPENERS)
    return f"不認得這種檔案「{path.name}」，可以用：{kinds} / unknown kind of file; use one of these"


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ArticleError(
                f"「{path.name}」超過 30 MB，請只留文章本身 / larger than 30 MB: keep only the article"
            )
        return path.read_bytes()
    except OSError as error:
        raise ArticleError(f"打不開「{path}」：{error.strerror} / cannot open it") from error


def _html(raw: bytes) -> Article:
    found = read_page(text_of(raw))
    plain = plain_markdown(found.text)
    return replace(found, text=plain.text, notes=(*found.notes, *plain.notes))


OPENERS: dict[str, Callable[[bytes], Article]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": _html,
    ".htm": _html,
    ".docx": read_docx,
    ".odt": read_odt,
    ".pdf": read_pdf,
}
