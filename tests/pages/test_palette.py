import re
from pathlib import Path

import pytest

from bot.pages import palette
from bot.pages.charts.chart import PAGE, PHONE
from bot.pages.palette import DARK, LIGHT, Theme, contrast, ink_on

THEME = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2 AA: 1.4.3 and 1.4.11


def test_contrast_is_what_wcag_defines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@THEME
def test_text_is_readable_on_everything_it_stands_on(theme: Theme) -> None:
    for ground in (theme.paper, theme.track, theme.band):
        for ink in (theme.ink, theme.soft):
            assert contrast(ink, ground) >= TEXT
    for ink in (theme.warm, *theme.words):
        assert contrast(ink, theme.paper) >= TEXT
    for fill in (*theme.steps, theme.strong):
        assert contrast(ink_on(fill), fill) >= TEXT


@THEME
def test_every_shape_stands_out_from_the_paper(theme: Theme) -> None:
    for edge in (*theme.edges, theme.strong_edge, theme.light_edge):
        assert contrast(edge, theme.paper) >= SHAPE
    for edge in (theme.strong_edge, theme.light_edge):
        assert contrast(edge, theme.track) >= SHAPE


def simulated(colour: str, kind: str) -> tuple[float, ...]:
    """Return the linear RGB that a colour-blind eye sees (Viénot, Brettel and Mollon 1999)."""
    red, green, blue = ((int(colour[i : i + 2], 16) / 255) ** 2.2 for i in (1, 3, 5))
    if kind == "protanopia":
        return 0.11238 * red + 0.88762 * green, 0.11238 * red + 0.88762 * green, blue
    return 0.29275 * red + 0.70725 * green, 0.29275 * red + 0.70725 * green, blue


@pytest.mark.parametrize("kind", ["protanopia", "deuteranopia"])
def test_the_five_steps_are_told_apart_by_colour_blind_eyes(kind: str) -> None:
    seen = [simulated(step, kind) for step in LIGHT.steps]
    for one in range(5):
        for other in range(one):
            apart = max(
                abs(a ** (1 / 2.2) - b ** (1 / 2.2)) for a, b in zip(seen[one], seen[other], strict=True)
            )
            assert apart > 0.15


def test_text_on_a_phone_is_large_enough() -> None:
    assert PHONE.width == 1080
    assert min(PHONE.small, PHONE.body, PHONE.title) >= 38
    assert all(size.small <= size.body <= size.title for size in (PAGE, PHONE))


PAGES = Path(palette.__file__).parent
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")
VARIABLE_USED, VARIABLE_SET = re.compile(r"var\(--([\w-]+)"), re.compile(r"--([\w-]+):")
STYLES = pytest.mark.parametrize(
    ("sheet", "colours"),
    [("board/static/board.css", palette.board_css()), ("report/report.css", palette.report_css())],
    ids=["board", "report"],
)


def test_no_colour_of_charts_boards_and_reports_stands_outside_the_palette() -> None:
    kinds = {".py", ".css", ".js", ".jinja"}
    read = [path for path in PAGES.rglob("*") if path.suffix in kinds and path.name != "palette.py"]
    assert len(read) > 20
    assert [path.name for path in read if COLOUR.search(path.read_text("utf-8"))] == []


@STYLES
def test_a_style_sheet_knows_every_colour_that_it_uses(sheet: str, colours: str) -> None:
    style = (PAGES / sheet).read_text("utf-8")
    used, given = set(VARIABLE_USED.findall(style)), set(VARIABLE_SET.findall(colours))
    assert used <= given | set(VARIABLE_SET.findall(style))
    assert given <= used, "a colour that nothing uses"


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_what_stands_on_a_board_is_readable(mode: int) -> None:
    for ground in ("paper", "panel"):
        for text in ("ink", "soft", "warm", "accent"):
            assert contrast(palette.BOARD[text][mode], palette.BOARD[ground][mode]) >= TEXT
        assert contrast(palette.BOARD["line"][mode], palette.BOARD[ground][mode]) >= SHAPE
