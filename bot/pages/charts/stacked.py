"""One bar made of parts, each with its number: inside where it has room, else below with a thin line."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.pages.charts.canvas import Canvas
from bot.pages.charts.labels import counted
from bot.pages.charts.themes import ink_on


@dataclass(frozen=True)
class Part:
    """So many people, drawn in that colour, called by that name."""

    name: str
    people: int
    fill: str
    edge: str


def stacked(
    canvas: Canvas, parts: Sequence[Part], start: tuple[float, float], unit: float, low: float
) -> float:
    """Draw parts side by side, `unit` pixels a person, numbers right of `low`; return the height below."""
    x, top = start
    narrow: list[tuple[float, str]] = []
    for part in parts:
        wide = part.people * unit
        if part.people and not _part(canvas, part, (x, top, wide)):
            narrow.append((x + wide / 2, f"{part.people:,}"))
        x += wide
    return _beneath(canvas, narrow, top + canvas.size.bar, low)


def _part(canvas: Canvas, part: Part, place: tuple[float, float, float]) -> bool:
    """Draw one part; return False if its number finds no room inside."""
    (x, y, wide), size = place, canvas.size
    slit = min(size.hair * 1.5, wide / 4)
    hint = f"{part.name} {counted(canvas.look.labels.people, part.people)}"
    canvas.bar((x + slit / 2, y, wide - slit, size.bar), part.fill, edge=part.edge, hint=hint)
    shown = f"{part.people:,}"
    if canvas.wide(shown, bold=True) + size.body / 3 > wide:
        return False
    middle = (x + wide / 2, y + size.bar / 2)
    canvas.text(middle, shown, bold=True, fill=ink_on(part.fill), anchor="middle")
    return True


def _beneath(canvas: Canvas, narrow: list[tuple[float, str]], bottom: float, low: float) -> float:
    """Write the numbers that found no room inside under their parts; return the height below."""
    if not narrow:
        return bottom
    size = canvas.size
    widths = [canvas.wide(shown, size=size.small, bold=True) + size.small * 0.4 for _, shown in narrow]
    places = spread([middle for middle, _ in narrow], widths, low, canvas.right)
    foot = bottom + size.small * 0.35
    for (middle, shown), x in zip(narrow, places, strict=True):
        canvas.line((middle, bottom), (x, foot), canvas.theme.soft)
        at = (x, foot + size.small * 0.55)
        canvas.text(at, shown, size=size.small, bold=True, anchor="middle", halo=canvas.theme.paper)
    return foot + size.small * 1.1


def spread(wanted: Sequence[float], widths: Sequence[float], low: float, high: float) -> list[float]:
    """Return middles near the wanted ones (ascending) whose widths do not overlap, within low and high."""
    placed: list[float] = []
    edge = low
    for middle, wide in zip(wanted, widths, strict=True):
        placed.append(max(middle, edge + wide / 2))
        edge = placed[-1] + wide / 2
    edge = high
    for position in range(len(placed) - 1, -1, -1):
        placed[position] = min(placed[position], edge - widths[position] / 2)
        edge = placed[position] - widths[position] / 2
    return placed
