import struct
from pathlib import Path

import pytest
import resvg_py
from fontTools import subset  # type: ignore[import-untyped] # it ships no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # likewise

from bot.pages.charts.canvas import to_png
from bot.pages.charts.chart import Chart
from bot.pages.fonts import FILES
from tests.pages.drawings import texts
from tests.pages.samples import EXTREME, LOOKS, NOBODY, ONE, ORDINARY

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
