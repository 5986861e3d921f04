"""What holds for every chart, in every theme, size and language, for any input."""

import re

import pytest

from bot.pages.charts.chart import PHONE, Chart, ChartStyle
from bot.pages.fonts import coverage
from bot.pages.palette import contrast
from tests.pages.drawings import SVG, hints, lines, parsed, texts
from tests.pages.samples import CASES, EXTREME, LOOKS, ODD, ORDINARY

EVERY_CASE = pytest.mark.parametrize("chart", CASES.values(), ids=CASES)
EVERY_LOOK = pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
PAGE_LOOK, PHONE_LOOK = LOOKS["page-light-zh-Hant"], LOOKS["phone-light-zh-Hant"]


@EVERY_LOOK
@EVERY_CASE
def test_a_chart_is_a_sound_drawing(chart: Chart, look: ChartStyle) -> None:
    svg = chart.svg(look)
    root = parsed(svg)
    wide, high = float(root.attrib["width"]), float(root.attrib["height"])
    assert wide == look.size.width
    assert root.attrib["viewBox"] == f"0 0 {wide:.0f} {high:.0f}"
    for line in lines(svg):
        assert set(line.text) <= coverage()
        assert line.size >= look.size.small
        assert 0 < line.y < high
        if not line.turned:
            assert line.span[0] >= -1, line
            assert line.span[1] <= wide + 1, line
    assert "style=" not in svg  # a strict content security policy forbids it
    assert "nan" not in svg
    assert "inf" not in re.findall(r'="([^"]*)"', svg)


@EVERY_CASE
def test_a_chart_fits_a_phone(chart: Chart) -> None:
    svg = chart.svg(PHONE_LOOK)
    assert min(line.size for line in lines(svg)) >= 38
    high = float(parsed(svg).attrib["height"])
    assert high <= PHONE.width * 2.6  # higher ones are made small by Telegram


@EVERY_CASE
def test_a_chart_is_drawn_the_same_each_time(chart: Chart) -> None:
    assert chart.svg(PAGE_LOOK) == chart.svg(PAGE_LOOK)


@EVERY_CASE
def test_a_chart_speaks_to_screen_readers(chart: Chart) -> None:
    root = parsed(chart.svg(PAGE_LOOK))
    assert root.attrib["role"] == "img"
    title, description = root[0], root[1]
    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    assert root.attrib["aria-label"] == (title.text or "")
    assert description.text
    assert root.attrib["lang"] == "zh-Hant"


def test_drawings_may_stand_together_on_a_page() -> None:
    assert not [chart for chart in CASES.values() if " id=" in chart.svg(PAGE_LOOK)]


@pytest.mark.parametrize("name", EXTREME)
def test_markup_from_people_stays_text(name: str) -> None:
    root = parsed(EXTREME[name].svg(PAGE_LOOK))
    kinds = {element.tag.rpartition("}")[2] for element in root.iter()}
    allowed = {"svg", "title", "desc", "rect", "text", "line", "path", "circle", "polygon"}
    assert kinds <= allowed
    assert not [key for element in root.iter() for key in element.attrib if key.startswith("on")]
    shown = " ".join(texts(EXTREME[name].svg(PAGE_LOOK)))
    assert "<script" in shown or '"><img' in shown


@EVERY_CASE
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_contrasts_with_what_is_beneath_it(chart: Chart, theme: str) -> None:
    look = LOOKS[f"page-{theme}-zh-Hant"]
    for line in lines(chart.svg(look)):
        assert contrast(line.fill, line.ground) >= 4.5, line


@EVERY_CASE
def test_a_table_has_a_cell_under_every_header(chart: Chart) -> None:
    table = chart.table(PAGE_LOOK.labels)
    assert table.headers
    assert all(len(row) == len(table.headers) for row in table.rows)


def test_an_empty_chart_says_so_in_words() -> None:
    labels = PAGE_LOOK.labels
    said = {name: texts(CASES[f"nobody-{name}"].svg(PAGE_LOOK))[-1] for name in ORDINARY}
    assert said == {
        "stances": labels.nobody_chose,
        "moves": labels.nobody_chose,
        "participation": labels.nobody_spoke,
        "timeline": labels.nobody_spoke,
        "network": labels.nobody_replied,
        "cloud": labels.no_words,
        "evidence": labels.no_evidence,
    }


def test_a_person_without_a_drawable_name_is_still_shown() -> None:
    assert texts(EXTREME["participation"].svg(PAGE_LOOK)).count(PAGE_LOOK.labels.nameless) == 3


def test_hints_keep_the_name_that_the_drawing_cuts() -> None:
    shown = [hint for hint in hints(EXTREME["participation"].svg(PAGE_LOOK)) if ODD[0] in hint]
    assert shown == [f"{ODD[0]} 3,000 則"]
