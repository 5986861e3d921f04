import hashlib
import re
from base64 import b64decode, b64encode
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # it ships no types

from bot.pages.charts.timeline import TimelineChart
from bot.pages.fonts import coverage
from bot.pages.report.html import Excerpt, Facilitation, Figure, QuestionCount, Report, render
from bot.pages.texts import LANGUAGES, language_of, phrases, plain
from tests.pages.sample_reports import FULL, HOSTILE
from tests.pages.samples import CROWD

VOID = {"meta"}
SECTIONS = [
    "glance",
    "rounds",
    "stances",
    "voices",
    "rhythm",
    "words",
    "evidence",
    "questions",
    "facilitation",
    "excerpts",
]


class Elements(HTMLParser):
    """Reads a document, and fails where it is not well nested."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.words.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]

    @property
    def text(self) -> str:
        return "".join(self.words)


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def without_fonts(html: str) -> str:
    return re.sub(r"base64,[^\"]+", "", html)


def test_all_sections_are_there_in_order(language: str) -> None:
    page = Elements(render(FULL, language))
    assert [section["id"] for section in page.named("section")] == SECTIONS
    links = [link["href"] for link in page.named("a")]
    assert links == [f"#{name}" for name in SECTIONS[1:]]
    for name in SECTIONS:
        assert phrases(language)["report"][name] in page.text


def test_a_report_without_data_still_has_its_glance(language: str) -> None:
    page = Elements(render(Report("題目", "教材", "今天"), language))
    assert [section["id"] for section in page.named("section")] == ["glance"]


def test_every_chart_has_its_table(language: str) -> None:
    page = Elements(render(FULL, language))
    figures = [figure for figure in page.named("figure") if figure.get("class") != "excerpt"]
    assert len(figures) == len(page.named("details")) == len(page.named("summary")) == 7
    assert len(page.named("svg")) == 14  # each for a wide page and for a narrow one
    assert "穿山甲" in page.text


def test_ids_are_unique() -> None:
    ids = [attributes["id"] for _, attributes in Elements(render(FULL, "en")).found if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_nothing_is_fetched_and_nothing_runs() -> None:
    html = render(HOSTILE, "en")
    page = Elements(html)
    assert not [tag for tag, _ in page.found if tag in {"script", "img", "iframe", "link", "object", "form"}]
    for _, attributes in page.found:
        assert not [name for name in attributes if name.startswith("on") or name in {"src", "style"}]
        assert not (attributes.get("href") or "#").removeprefix("#").startswith(("http", "//", "javascript"))
    assert not re.findall(r"url\((?!\"data:font/woff2)", html)
    assert "@import" not in html


def test_the_policy_allows_the_style_inside_and_nothing_else() -> None:
    html = render(FULL, "en")
    (policy,) = [
        meta["content"] or ""
        for meta in Elements(html).named("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    ]
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (
        "default-src 'none'; font-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src 'sha256-{digest}'"
    )


def test_what_people_wrote_is_shown_as_text() -> None:
    text = Elements(render(HOSTILE, "en")).text
    assert "<script>alert(1)</script>" in text
    assert '"><img src=x onerror=alert(1)>' in text
    assert "<!-- head -->" in text
    assert "{{ 7 * 7 }}" in text


def test_marks_that_turn_direction_and_controls_are_dropped() -> None:
    html = render(HOSTILE, "en")
    assert not set("\u202e\u2066\u2069\x00\x1b\ufffe") & set(html)
    assert "反轉abc" in html
    assert html.encode("utf-8")
    assert plain("👩🏽\u200d🎓\n好") == "👩🏽\u200d🎓\n好"


def test_the_fonts_inside_have_every_letter_that_we_have() -> None:
    html = render(FULL, "zh-Hant")
    fonts = []
    for data in re.findall(r"base64,([^\"]+)\"", html):
        with TTFont(BytesIO(b64decode(data))) as font:
            fonts.append({chr(point) for point in font.getBestCmap()})
    regular, bold = fonts
    drawn = {letter for letter in Elements(html).text if not letter.isspace()} & coverage()
    assert drawn <= regular | bold
    for letter in "第一輪發言分布AI":
        assert letter in bold
    assert set("用了工具就要申報") <= regular


def test_a_report_is_made_the_same_each_time() -> None:
    assert render(FULL, "en") == render(FULL, "en")


def test_an_english_report_says_which_parts_are_chinese() -> None:
    html = render(FULL, "en")
    assert '<html lang="en">' in html
    assert '<bdi lang="zh-Hant">用了工具就要申報' in html
    assert "<bdi>I think the human touch" in html
    assert '<bdi lang="en">I think the human touch' in render(FULL, "zh-Hant")


def test_the_language_of_a_text_is_told_by_its_letters() -> None:
    assert language_of("溫度", "zh-Hans") == "zh-Hant"
    assert language_of("温度和导演", "zh-Hant") == "zh-Hans"
    assert language_of("人文", "zh-Hans") == "zh-Hans"  # the same in both
    assert language_of("人文 and AI", "en") == "zh"
    assert language_of("かな漢字", "zh-Hant") == "ja"
    assert language_of("第 1 輪・溫度", "zh-Hant") == "zh-Hant"  # the dot between is a Japanese one
    assert language_of("한국어", "en") == "ko"
    assert language_of("123 😀", "en") == "en"
    assert language_of("Yes", "zh-Hant") == "en"


def test_unanswered_questions_come_first() -> None:
    text = Elements(render(FULL, "en")).text
    assert text.index("What is the runtime?") < text.index("導演是誰？")
    assert "asked 3 times" in text


def test_a_language_that_we_do_not_speak_is_refused() -> None:
    with pytest.raises(KeyError):
        render(FULL, "fr")


def test_ten_thousand_remarks_stay_under_a_megabyte_without_fonts() -> None:
    report = replace(
        FULL,
        figures=(Figure("10,000", "remarks"),) * 8,
        participation=replace(FULL.participation, people=CROWD) if FULL.participation else None,
        rhythm=(TimelineChart("Rhythm", "", tuple(n % 5 for n in range(5000))),) * 8,
        questions=tuple(QuestionCount(f"第 {n} 個問題，" + "問" * 100, 1, n % 2 == 0) for n in range(3000)),
        facilitation=tuple(Facilitation("1", "可以說說理由嗎？", "3 人") for _ in range(1000)),
        excerpts=tuple(Excerpt("話" * 400, "青鳥", "1") for _ in range(1000)),
    )
    html = render(report, "en")
    assert len(without_fonts(html).encode()) < 1_000_000
    assert "80 of 1500 listed" in Elements(html).text
