import pytest

from bot.pages.charts.themes import LIGHT, PHONE, SIZES, THEMES, Theme, contrast, ink_on

THEME = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
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
    assert all(size.small <= size.body <= size.title for size in SIZES.values())
