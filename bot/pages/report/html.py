"""A report as HTML: the template filled, the fonts that it needs put inside, nothing fetched."""

import hashlib
import unicodedata
from base64 import b64encode
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.pages.charts.tables import Chart
from bot.pages.charts.themes import LIGHT, PAGE, PHONE, Look
from bot.pages.fonts.coverage import coverage
from bot.pages.fonts.web_fonts import font_faces
from bot.pages.languages import spoken_in
from bot.pages.phrases import chart_labels, phrases
from bot.pages.report.content import Report

FOLDER = Path(__file__).parent
FONTS_HERE = "/* fonts */"
POLICY = "default-src 'none'; font-src data:; base-uri 'none'; form-action 'none'"
BOLD = {"h1", "h2", "h3", "th", "strong", "summary", "dt"}
DROPPED = {"Cc", "Cs", "Co", "Cn"}
# Marks that turn the direction of what follows, beyond the element they stand in.
TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SHOWN_AT_MOST = {"questions": 80, "facilitation": 80, "excerpts": 80}


def render(report: Report, language: str) -> str:
    """Return the report as one self-contained HTML document; KeyError for a language we do not speak."""
    html = (
        _environment()
        .get_template("report.html.jinja")
        .render(report=report, language=language, say=phrases(language)["report"], limits=SHOWN_AT_MOST)
    )
    return _with_fonts(html.lstrip())


def plain(text: object) -> str:
    """Return text without controls, halves of characters and marks that turn its direction."""
    return "".join(
        letter
        if letter == "\n" or letter.isprintable() or unicodedata.category(letter) not in DROPPED
        else " "
        for letter in str(text)
        if letter not in TURNING
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: value if isinstance(value, Markup) else plain(value),
    )
    environment.filters["tongue"] = _tongue
    environment.globals["draw"] = _drawings
    environment.globals["plain"] = plain
    environment.globals["table"] = lambda chart, language: chart.table(chart_labels(language))
    return environment


def _tongue(text: str, page: str) -> Markup:
    """Return a lang attribute where the text is in another language than the page."""
    language = spoken_in(text, page)
    return Markup("") if language == page else Markup(' lang="{}"').format(language)


def _drawings(chart: Chart, language: str) -> dict[str, Any]:
    """Return the chart for a wide page and for a narrow one; the style sheet shows the one that fits."""
    labels = chart_labels(language)
    drawn = {size.name: chart.svg(Look(labels, LIGHT, size, language)) for size in (PAGE, PHONE)}
    return {name: Markup(svg) for name, svg in drawn.items()}  # noqa: S704 - the canvas escapes all text


def _with_fonts(html: str) -> str:
    """Return the document with its style, its fonts and the policy that allows just these."""
    used = _Letters()
    used.feed(html)
    faces = font_faces("".join(sorted(used.regular & coverage())), "".join(sorted(used.bold & coverage())))
    style = (FOLDER / "report.css").read_text("utf-8").replace(FONTS_HERE, faces)
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"{POLICY}; style-src 'sha256-{digest}'"
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<style>{style}</style>'
    return html.replace("<!-- head -->", head, 1)


class _Letters(HTMLParser):
    """Gathers the letters of a document, those that are drawn bold apart."""

    def __init__(self) -> None:
        super().__init__()
        self.regular: set[str] = set()
        self.bold: set[str] = set()
        self._open: list[str] = []  # bold elements that we are in

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BOLD or ("font-weight", "700") in attrs:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        (self.bold if self._open else self.regular).update(data)
