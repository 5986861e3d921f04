"""A sheet to draw on, and what charts share on it. All text is escaped and drawable."""

import html
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import islice
from typing import Self

import resvg_py

from bot.pages.charts.chart import ChartLabels, ChartStyle, counted
from bot.pages.fonts import FAMILY, FILES, drawable, fit, width, wrap
from bot.pages.palette import ink_on
from bot.pages.texts import language_of

FONTS = f"'{FAMILY}', 'Noto Sans TC', 'PingFang TC', 'Microsoft JhengHei', sans-serif"
HINT = 200  # characters of a hint or of a spoken line
LINES = 60  # spoken; a table has them all
RISE = 0.36  # from the middle of a line of text down to its baseline, in ems

Box = tuple[float, float, float, float]  # x, y, width, height
Shape = dict[str, str | float]  # attributes of an element: ours, never somebody's text


def number(value: float) -> str:
    """Return a coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def escaped(text: str) -> str:
    """Return text fit for an element or an attribute."""
    return html.escape(drawable(text))


class Canvas:
    """Collects shapes from back to front; `finished` returns them as one <svg>."""

    def __init__(self, look: ChartStyle) -> None:
        self.look = look
        self.theme = look.theme
        self.size = look.size
        self.left = float(look.size.margin)
        self.right = float(look.size.width - look.size.margin)
        self.instead = ""  # what is said when there are no data to tell
        self._parts: list[str] = []

    @property
    def inner(self) -> float:
        """The width between left and right."""
        return self.right - self.left

    def columns(self, count: int) -> list[Self]:
        """Return that many sheets side by side that draw onto this one."""
        gap = self.size.gap * 2.0
        wide = (self.inner - gap * (count - 1)) / count
        made = []
        for place in range(count):
            column = copy(self)
            column.left = self.left + place * (wide + gap)
            column.right = column.left + wide
            made.append(column)
        return made

    def add(self, name: str, attributes: Shape, *, hint: str = "") -> None:
        """Draw a shape with attributes of ours (not escaped); the hint shows under the pointer."""
        listed = " ".join(
            f'{key}="{value if isinstance(value, str) else number(value)}"'
            for key, value in attributes.items()
        )
        inside = f"><title>{escaped(hint[:HINT])}</title></{name}>" if hint else "/>"
        self._parts.append(f"<{name} {listed}{inside}")

    def bar(self, box: Box, fill: str, *, edge: str = "", hint: str = "") -> None:
        """Draw a rounded rectangle: x, y, width, height."""
        x, y, wide, high = box
        rounding = min(self.size.body / 4, wide / 2, high / 2)
        shape: Shape = {"x": x, "y": y, "width": wide, "height": high}
        shape |= {"rx": rounding, "fill": fill}
        if edge and edge != fill:
            shape |= {"stroke": edge, "stroke-width": self.size.hair}
        self.add("rect", shape, hint=hint)

    def column(self, box: Box, fill: str, *, hint: str = "") -> None:
        """Draw a bar that stands on an axis: rounded above, straight below."""
        x, y, wide, high = box
        turn = min(self.size.body / 4, wide / 2, high)
        foot, turned = number(y + high), number(turn)
        up, down = f"q0 -{turned} {turned} -{turned}", f"q{turned} 0 {turned} {turned}"
        path = f"M{number(x)} {foot}V{number(y + turn)}{up}h{number(wide - 2 * turn)}{down}V{foot}z"
        self.add("path", {"d": path, "fill": fill}, hint=hint)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: str, dashes: str = ""
    ) -> None:
        """Draw a thin straight line."""
        shape: Shape = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
        shape |= {"stroke": colour, "stroke-width": self.size.hair}
        self.add("line", shape | ({"stroke-dasharray": dashes} if dashes else {}))

    def frame(self, box: Box, fill: str, edge: str, *, hint: str = "") -> None:
        """Draw a dashed frame, for what is not there yet: x, y, width, height."""
        x, y, wide, high = box
        shape: Shape = {"x": x, "y": y, "width": wide, "height": high}
        shape |= {"rx": self.size.body / 4, "fill": fill, "stroke": edge, "stroke-width": self.size.hair}
        self.add("rect", shape | {"stroke-dasharray": f"{self.size.small / 3:.0f}"}, hint=hint)

    def text(  # noqa: PLR0913 - a line of text has that many sides
        self,
        at: tuple[float, float],
        content: str,
        *,
        size: float = 0,
        fill: str = "",
        bold: bool = False,
        anchor: str = "start",
        room: float = 0,
        halo: str = "",
        turned: float = 0,
    ) -> None:
        """Write one line whose middle is at that height; what the room does not hold is cut."""
        size = size or self.size.body
        shown = drawable(content)
        if room:
            shown = fit(shown, room, size, bold=bold)
        if not shown:
            return
        x, y = at[0], at[1] + RISE * size
        optional = {
            "font-weight": "700" if bold else "",
            "text-anchor": anchor if anchor != "start" else "",
            "lang": ""
            if (spoken := language_of(shown, self.look.language)) == self.look.language
            else spoken,
            "transform": f"rotate({number(turned)} {number(at[0])} {number(at[1])})" if turned else "",
        }
        if halo:
            optional |= {"stroke": halo, "stroke-width": number(size / 4), "paint-order": "stroke"}
            optional |= {"stroke-linejoin": "round"}
        listed = "".join(f' {key}="{value}"' for key, value in optional.items() if value)
        self._parts.append(
            f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" '
            f'fill="{fill or self.theme.ink}"{listed}>{html.escape(shown)}</text>'
        )

    def wide(self, content: str, *, size: float = 0, bold: bool = False) -> float:
        """Return how wide that text would be drawn."""
        return width(drawable(content), size or self.size.body, bold=bold)

    def finished(self, height: float, title: str, description: Iterable[str]) -> str:
        """Return the drawing, with the title and description that screen readers speak."""
        body = "".join(self._parts)
        told = "; ".join(escaped(line[:HINT]) for line in islice(description, LINES)) or escaped(self.instead)
        named = escaped(title)
        spoken = f"<title>{named}</title><desc>{told}</desc>"  # no ids: two charts may be alike
        wide, high = self.size.width, round(height)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
            f'viewBox="0 0 {wide} {high}" role="img" aria-label="{named}" '
            f'lang="{html.escape(self.look.language)}" font-family="{FONTS}">{spoken}'
            f'<rect width="{wide}" height="{high}" fill="{self.theme.paper}"/>{body}</svg>'
        )


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


def colour_key(canvas: Canvas, entries: Iterable[tuple[str, str, str]], top: float) -> float:
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


def empty_frame(canvas: Canvas, sentence: str, top: float) -> float:
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


def shortened(name: str, room: float, size: float, labels: ChartLabels) -> str:
    """Return a person's name as it fits; a name that the font cannot draw gets a stand-in."""
    return fit(drawable(name) or labels.nameless, room, size)


@dataclass(frozen=True)
class BarPart:
    """So many people, drawn in that colour, called by that name."""

    name: str
    people: int
    fill: str
    edge: str


def stacked(
    canvas: Canvas, parts: Sequence[BarPart], start: tuple[float, float], unit: float, low: float
) -> float:
    """Draw parts side by side, `unit` pixels a person, numbers right of `low`; return the height below."""
    x, top = start
    narrow: list[tuple[float, str]] = []
    for part in parts:
        wide = part.people * unit
        if part.people and not _bar_part(canvas, part, (x, top, wide)):
            narrow.append((x + wide / 2, f"{part.people:,}"))
        x += wide
    return _numbers_below(canvas, narrow, top + canvas.size.bar, low)


def _bar_part(canvas: Canvas, part: BarPart, place: tuple[float, float, float]) -> bool:
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


def _numbers_below(canvas: Canvas, narrow: list[tuple[float, str]], bottom: float, low: float) -> float:
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


def to_png(svg: str, *, width: int | None = None) -> bytes:
    """Return the drawing as PNG, in its own size or that many pixels wide; ValueError if it is not SVG."""
    return resvg_py.svg_to_bytes(
        svg_string=svg, width=width, skip_system_fonts=True, font_files=[str(path) for path in FILES.values()]
    )
