"""What holds for every chart, in every theme, size and language, for any input."""

import re
import struct
from pathlib import Path

import pytest
import resvg_py
from fontTools import subset  # type: ignore[import-untyped] # it ships no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # likewise

from bot.pages.charts.canvas import to_png
from bot.pages.charts.chart import PHONE, Chart, ChartStyle
from bot.pages.fonts import FILES, coverage
from bot.pages.palette import contrast
from tests.pages.drawings import SVG, hints, lines, parsed, texts
from tests.pages.samples import CASES, EXTREME, LOOKS, NOBODY, ODD, ONE, ORDINARY

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


KINDS = ("ordinary", "nobody", "one", "extreme")
LOOK = LOOKS["page-light-zh-Hant"]


def written(text: str, family: str = "Wendu Sans") -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60">'
        f'<text x="9" y="40" font-size="30" font-family="{family}">{text}</text></svg>'
    )


def drawn(svg: str, fonts: list[Path]) -> bytes:
    return resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=list(map(str, fonts)))


def cut_down(letters: str, folder: Path, *, box: bool) -> list[Path]:
    """Return both weights cut down to those letters, whose missing-glyph box is there, or is blank."""
    paths = []
    for style, source in FILES.items():
        cutter = subset.Subsetter(subset.Options(notdef_outline=box, layout_features=["kern"]))
        cutter.populate(text=letters)
        paths.append(folder / f"{style}-{box}.otf")
        with TTFont(source, lazy=True) as font:
            cutter.subset(font)
            font.save(paths[-1])
    return paths


def test_a_picture_is_a_png_of_the_size_of_the_drawing() -> None:
    svg = ORDINARY["stances"].svg(LOOKS["phone-dark-en"])
    png = to_png(svg)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", png[16:24])
    assert wide == 1080
    assert f'height="{high}"' in svg
    assert struct.unpack(">I", to_png(svg, width=540)[16:20]) == (540,)


def test_the_same_drawing_gives_the_same_picture() -> None:
    svg = ORDINARY["network"].svg(LOOK)
    assert to_png(svg) == to_png(svg)


def test_no_font_of_the_machine_is_used() -> None:
    # Hangul, which fonts-noto-cjk has: drawn as the box, like a character that no font has
    assert to_png(written("한")) == to_png(written("\ue000"))
    assert to_png(written("溫度", "DejaVu Sans")) == to_png(written("溫度", "No Such Font"))


def test_what_is_not_a_drawing_is_refused() -> None:
    with pytest.raises(ValueError, match="root node"):
        to_png("<p>")


@pytest.mark.parametrize("charts", [ORDINARY, NOBODY, ONE, EXTREME], ids=KINDS)
def test_no_missing_glyph_box_is_drawn(charts: dict[str, Chart], tmp_path: Path) -> None:
    drawings = [chart.svg(LOOK) for chart in charts.values()]
    letters = "".join({letter for svg in drawings for text in texts(svg) for letter in text})
    boxed, blank = (cut_down(letters, tmp_path, box=box) for box in (True, False))
    assert drawn(written("\ue000"), boxed) != drawn(written("\ue000"), blank)  # a box would be seen
    for svg in drawings:
        assert drawn(svg, boxed) == drawn(svg, blank)
