"""What several charts share: the heading, keys of colours, a sentence where there is nothing to draw."""

from collections.abc import Iterable

from bot.pages.charts.canvas import Canvas
from bot.pages.charts.labels import Labels
from bot.pages.fonts.coverage import drawable
from bot.pages.fonts.text_width import fit, wrap


def heading(canvas: Canvas, title: str, subtitle: str, figure: tuple[str, str] = ("", "")) -> float:
    """Write title, subtitle and, at the right, a figure with its name; return the height below them."""
    size, theme = canvas.size, canvas.theme
    name, value = figure
    taken = 0.0
    y = size.margin + size.title / 2
    if value:
        canvas.text((canvas.right, y), value, size=size.title * 1.3, fill=theme.warm, bold=True, anchor="end")
        taken = canvas.wide(value, size=size.title * 1.3, bold=True) + size.body / 2
        canvas.text((canvas.right - taken, y), name, size=size.small, fill=theme.soft, anchor="end")
        taken += canvas.wide(name, size=size.small) + size.body
    for line in wrap(drawable(title), size.inner - taken, size.title, bold=True):
        canvas.text((canvas.left, y), line, size=size.title, bold=True)
        y += size.title * 1.25
    return _subtitle(canvas, subtitle, y - size.title * 0.625 + size.body * 0.3) + size.gap * 1.5


def _subtitle(canvas: Canvas, subtitle: str, top: float) -> float:
    size = canvas.size
    for line in wrap(drawable(subtitle), size.inner, size.body, most=3):
        canvas.text((canvas.left, top + size.body * 0.75), line, fill=canvas.theme.soft)
        top += size.body * 1.5
    return top


def key(canvas: Canvas, entries: Iterable[tuple[str, str, str]], top: float) -> float:
    """Draw swatches with their names (fill, edge, name), as many on a line as fit; return the height."""
    size = canvas.size
    side, step = size.small, size.small * (1.4 if size.terse else 1.7)
    x, y = canvas.left, top + step / 2
    for fill, edge, name in entries:
        shown = fit(drawable(name), size.inner - side * 1.5, size.small)
        wide = side * 1.5 + canvas.wide(shown, size=size.small)
        if x > canvas.left and x + wide > canvas.right:
            x, y = canvas.left, y + step
        canvas.bar((x, y - side / 2, side, side), fill, edge=edge)
        canvas.text((x + side * 1.5, y), shown, size=size.small, fill=canvas.theme.soft)
        x += wide + size.body * (0.8 if size.terse else 1.5)
    return y + step / 2


def note(canvas: Canvas, text: str, top: float, *, bold: bool = False) -> float:
    """Write a line or two of secondary text; return the height below."""
    size = canvas.size
    for line in wrap(drawable(text), size.inner, size.small, most=3):
        canvas.text(
            (canvas.left, top + size.small * 0.8), line, size=size.small, fill=canvas.theme.soft, bold=bold
        )
        top += size.small * 1.6
    return top


def nothing(canvas: Canvas, sentence: str, top: float) -> float:
    """Say that there is nothing to draw yet, in an empty frame; return the height below."""
    size, theme = canvas.size, canvas.theme
    canvas.instead = sentence
    lines = wrap(drawable(sentence), size.inner - 4 * size.body, size.body, most=3)
    high = size.body * (2.5 + 1.5 * len(lines))
    canvas.frame((canvas.left, top, float(size.inner), high), theme.paper, theme.grid)
    for position, line in enumerate(lines):
        y = top + high / 2 + (position - (len(lines) - 1) / 2) * size.body * 1.5
        canvas.text((size.width / 2, y), line, fill=theme.soft, anchor="middle")
    return top + high


def shortened(name: str, room: float, size: float, labels: Labels) -> str:
    """Return a person's name as it fits; a name that the font cannot draw gets a stand-in."""
    return fit(drawable(name) or labels.nameless, room, size)
