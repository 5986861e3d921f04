"""What a report tells. Everybody appears under an alias; whoever fills these in sees to that."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.pages.charts.chart import PAGE, PHONE, Chart, ChartStyle, chart_labels
from bot.pages.charts.cloud import WordCloud
from bot.pages.charts.evidence import EvidenceChart
from bot.pages.charts.network import ReplyNetwork
from bot.pages.charts.participation import ParticipationChart
from bot.pages.charts.stances import MovementChart, StanceChart
from bot.pages.charts.timeline import TimelineChart
from bot.pages.fonts import coverage, font_faces
from bot.pages.palette import LIGHT, report_css
from bot.pages.texts import language_of, phrases, plain

FOLDER = Path(__file__).parent
FONTS_HERE, COLOURS_HERE = "/* fonts */", "/* colours */"
POLICY = "default-src 'none'; font-src data:; base-uri 'none'; form-action 'none'"
BOLD = {"h1", "h2", "h3", "th", "strong", "summary", "dt"}
SHOWN_AT_MOST = {"questions": 80, "facilitation": 80, "excerpts": 80}


@dataclass(frozen=True)
class Figure:
    """A number at a glance, written out, with what it counts."""

    value: str
    name: str


@dataclass(frozen=True)
class RoundNumbers:
    """One round beside the others."""

    name: str  # 第 1 輪
    prompt: str
    people: int
    remarks: int
    minutes: int
    gini: float
    before: str  # the mean stance, or a dash
    after: str
    moved: int


@dataclass(frozen=True)
class QuestionCount:
    """A question to the bot, and what became of it."""

    text: str
    times: int
    answered: bool
    helped: int = 0
    unhelped: int = 0


@dataclass(frozen=True)
class Facilitation:
    """A facilitating line of the bot or the teacher, and what followed it, in words."""

    at: str
    line: str
    followed: str


@dataclass(frozen=True)
class Excerpt:
    """A remark worth reading again."""

    text: str
    alias: str
    at: str
    round_name: str = ""


@dataclass(frozen=True)
class Report:
    """Everything in one report; sections without data are left out, but for the glance."""

    title: str
    reading: str  # title and author of the reading
    held: str  # when and how long, written out
    figures: tuple[Figure, ...] = ()
    rounds: tuple[RoundNumbers, ...] = ()
    stances: StanceChart | None = None
    moves: tuple[MovementChart, ...] = ()
    participation: ParticipationChart | None = None
    network: ReplyNetwork | None = None
    rhythm: tuple[TimelineChart, ...] = ()
    words: WordCloud | None = None
    evidence: EvidenceChart | None = None
    questions: tuple[QuestionCount, ...] = ()
    facilitation: tuple[Facilitation, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()


def render(report: Report, language: str) -> str:
    """Return the report as one self-contained HTML document; KeyError for a language we do not speak."""
    html = (
        _environment()
        .get_template("report.html.jinja")
        .render(report=report, language=language, say=phrases(language)["report"], limits=SHOWN_AT_MOST)
    )
    return _with_fonts(html.lstrip())


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
    language = language_of(text, page)
    return Markup("") if language == page else Markup(' lang="{}"').format(language)


def _drawings(chart: Chart, language: str) -> dict[str, Any]:
    """Return the chart for a wide page and for a narrow one; the style sheet shows the one that fits."""
    labels = chart_labels(language)
    drawn = {size.name: chart.svg(ChartStyle(labels, LIGHT, size, language)) for size in (PAGE, PHONE)}
    return {name: Markup(svg) for name, svg in drawn.items()}  # noqa: S704 - the canvas escapes all text


def _with_fonts(html: str) -> str:
    """Return the document with its style, its fonts and the policy that allows just these."""
    used = _Letters()
    used.feed(html)
    faces = font_faces("".join(sorted(used.regular & coverage())), "".join(sorted(used.bold & coverage())))
    style = (FOLDER / "report.css").read_text("utf-8").replace(FONTS_HERE, faces)
    style = style.replace(COLOURS_HERE, report_css())
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
