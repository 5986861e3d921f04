"""A sheet to draw on. Knows SVG, and sees to it that all text is escaped and drawable."""

import html
from collections.abc import Iterable
from copy import copy
from itertools import islice
from typing import Self

from bot.pages.charts.themes import Look
from bot.pages.fonts.coverage import FAMILY, drawable
from bot.pages.fonts.text_width import fit, width
from bot.pages.languages import spoken_in

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

    def __init__(self, look: Look) -> None:
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
            "lang": "" if (spoken := spoken_in(shown, self.look.language)) == self.look.language else spoken,
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
