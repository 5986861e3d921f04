"""Who replied to whom: people on a circle, arrows from the one who replies; more remarks, larger circle."""

import math
from dataclasses import dataclass

from bot.pages.charts.canvas import Canvas, Shape, empty_frame, heading, note, shortened
from bot.pages.charts.chart import ChartLabels, ChartStyle, ChartTable, counted

Point = tuple[float, float]
INSIDE_UP_TO = 12  # people whose names stand in their circles; beyond, names stand around
TURNED_FROM = {"page": 25, "phone": 13}  # people from which names around are turned outwards
PAIR, FEW = 2, 3  # two stand side by side, up to three need no large circle
GOLDEN = 0.382  # of a turn
POLE = 0.01  # cosine up to which a name stands straight above or below
NUMBERED = {"page": 24, "phone": 12}  # at most so many arrows carry their number
Curve = tuple[Point, Point, Point]  # a quadratic Bézier: start, control, end


@dataclass(frozen=True)
class Reply:
    """How often one person replied to another; both by their place in the network's people."""

    source: int
    target: int
    count: int


@dataclass(frozen=True)
class ReplyNetwork:
    """People with their remarks, and their replies."""

    title: str
    subtitle: str
    people: tuple[tuple[str, int], ...]
    replies: tuple[Reply, ...]

    def svg(self, look: ChartStyle) -> str:
        """Return the drawing: the most active people, far from each other, so that their arrows part."""
        canvas = Canvas(look)
        y = heading(canvas, self.title, self.subtitle)
        if self.people and any(reply.count for reply in self.replies):
            y = _Circle(canvas, self).drawn(y)
        else:
            y = empty_frame(canvas, look.labels.nobody_replied, y)
        rows = self.table(look.labels).rows
        return canvas.finished(y + look.size.margin, self.title, [" ".join(map(str, row)) for row in rows])

    def table(self, labels: ChartLabels) -> ChartTable:
        """Return one row for each pair, most replies first."""
        ranked = sorted(self.replies, key=lambda reply: (-reply.count, reply.source, reply.target))
        rows = tuple((self.people[r.source][0], self.people[r.target][0], r.count) for r in ranked if r.count)
        return ChartTable((labels.from_column, labels.to_column, labels.replies_column), rows)


@dataclass(frozen=True)
class _Node:
    name: str
    shown: str
    remarks: int
    angle: float
    at: Point
    radius: float


class _Circle:
    def __init__(self, canvas: Canvas, network: ReplyNetwork) -> None:
        self.canvas, self.size, self.theme = canvas, canvas.size, canvas.theme
        self.labels, self.network = canvas.look.labels, network
        people = network.people
        ranked = sorted(range(len(people)), key=lambda place: -people[place][1])[: self.size.people]
        self.count = len(ranked)
        self.inside = self.count <= INSIDE_UP_TO
        self.turned = self.count >= TURNED_FROM[self.size.name]
        self.reach = self._reach([people[place][0] for place in ranked])
        step = _stride(self.count)
        self.nodes = {
            place: self._node(place, position * step % self.count) for position, place in enumerate(ranked)
        }
        self.replies = [
            reply
            for reply in network.replies
            if reply.count and reply.source in self.nodes and reply.target in self.nodes
        ]
        self.plain = self._threshold()

    def _radii(self) -> tuple[float, float]:
        """Return the smallest and the largest radius of a person's circle."""
        body = self.size.body
        if self.inside:
            return self.size.small * 1.62, body * (2.8 if self.size.name == "page" else 2.1)
        around = 2 * math.pi * self.reach / self.count
        return body * 0.3, max(body * 0.4, min(body * 1.1, around * 0.42))

    def _reach(self, names: list[str]) -> float:
        """Return the radius of the large circle, in the room that the names leave."""
        half = self.size.inner / 2
        if self.inside:
            few = 0.5 if self.count <= FEW else 0.8
            return min(half - self._radii()[1] - self.size.hair, half * few)
        room = self.size.inner * 0.16
        labels = (shortened(name, room, self.size.small, self.labels) for name in names)
        widest = max(self.canvas.wide(f"{label} 000", size=self.size.small) for label in labels)
        return min(half - self.size.body * 1.1 - widest - self.size.small * 0.5, half * 0.72)

    def _node(self, place: int, position: int) -> _Node:
        name, remarks = self.network.people[place]
        low, high = self._radii()
        most = max(1, *(count for _, count in self.network.people))
        radius = low + (high - low) * math.sqrt(remarks / most)
        angle = 2 * math.pi * position / self.count - (math.pi if self.count == PAIR else math.pi / 2)
        at = (self.reach * math.cos(angle), self.reach * math.sin(angle))
        room = radius * 1.9 if self.inside else self.size.inner * 0.16
        size = self.size.small
        return _Node(name, shortened(name, room, size, self.labels), remarks, angle, at, radius)

    def _threshold(self) -> int:
        """Return the count up to which arrows go without a number, so that not too many have one."""
        counts = sorted((reply.count for reply in self.replies), reverse=True)
        most = NUMBERED[self.size.name]
        return counts[most] if len(counts) > most else 0

    def drawn(self, top: float) -> float:
        size = self.size
        margin = self._radii()[1] if self.inside else self._margin()
        heights = [node.at[1] for node in self.nodes.values()]
        self.middle = (size.width / 2, top + margin - min(heights))
        numbers = [self._arrow(reply) for reply in sorted(self.replies, key=lambda reply: reply.count)]
        for at, count in numbers:
            if count > self.plain:
                halo = self.theme.paper
                self.canvas.text(at, f"{count:,}", size=size.small, bold=True, anchor="middle", halo=halo)
        for node in self.nodes.values():
            self._person(node)
        y = self.middle[1] + max(heights) + margin + size.gap * 2 + (size.body * 3 if self.count == 1 else 0)
        y = note(self.canvas, self.labels.network_key, y)
        if self.plain:
            y = note(self.canvas, counted(self.labels.unnumbered, self.plain), y)
        total = len(self.network.people)
        if total > self.count:
            y = note(self.canvas, self.labels.shown.format(shown=self.count, total=total), y)
        return y

    def _margin(self) -> float:
        """Return how far names stand out above and below the circle."""
        if not self.turned:
            return self._radii()[1] + self.size.small * 2
        widest = max(
            self.canvas.wide(self._label(node), size=self.size.small) for node in self.nodes.values()
        )
        return self._radii()[1] + widest + self.size.small

    def _label(self, node: _Node) -> str:
        return f"{node.shown} {node.remarks:,}"

    def _place(self, point: Point) -> Point:
        return self.middle[0] + point[0], self.middle[1] + point[1]

    def _person(self, node: _Node) -> None:
        size, theme, canvas = self.size, self.theme, self.canvas
        x, y = self._place(node.at)
        hint = f"{node.name} {counted(self.labels.remarks, node.remarks)}"
        line: Shape = {"stroke": theme.strong, "stroke-width": size.hair * 1.3}
        canvas.add("circle", {"cx": x, "cy": y, "r": node.radius, "fill": theme.track, **line}, hint=hint)
        if self.inside:
            canvas.text((x, y - size.small * 0.5), node.shown, size=size.small, bold=True, anchor="middle")
            below = (x, y + size.small * 0.65)
            canvas.text(below, f"{node.remarks:,}", size=size.small, fill=theme.soft, anchor="middle")
        else:
            self._around(node, (x, y))

    def _around(self, node: _Node, at: Point) -> None:
        """Write a name outside the circle, on its side; turned outwards when there are many."""
        size, away = self.size, node.radius + self.size.small * 0.35
        ahead, up = math.cos(node.angle), math.sin(node.angle)
        point = (at[0] + away * ahead, at[1] + away * up)
        left = ahead < 0 and abs(ahead) > POLE
        if self.turned:
            turned = math.degrees(node.angle) + (180 if left else 0)
            anchor = "end" if left else "start"
            self.canvas.text(point, self._label(node), size=size.small, anchor=anchor, turned=turned)
            return
        anchor = "middle" if abs(ahead) < POLE * 20 else "end" if left else "start"
        lifted = (point[0], point[1] + up * size.small * 0.6)
        self.canvas.text(lifted, self._label(node), size=size.small, anchor=anchor, halo=self.theme.paper)

    def _arrow(self, reply: Reply) -> tuple[Point, int]:
        """Draw one arrow; return where its number goes, and the number."""
        source, target = self.nodes[reply.source], self.nodes[reply.target]
        most = max(one.count for one in self.replies)
        weight = self.size.hair * (0.9 + 2.6 * math.sqrt((reply.count - 1) / max(1, most - 1)))
        hint = f"{source.name} → {target.name} {counted(self.labels.replies, reply.count)}"
        if reply.source == reply.target:
            return self._loop(source, weight, hint), reply.count
        start, bend, end = _curve(source.at, target.at)
        tip = self.size.body * 0.5 + weight
        first = _leaving((start, bend, end), source.radius + self.size.hair)
        last = 1 - _leaving((end, bend, start), target.radius + self.size.hair)
        neck = 1 - _leaving((end, bend, start), target.radius + self.size.hair + tip)
        colour = self.theme.strong if reply.count * 2 > most or most == 1 else self.theme.light_edge
        begin, control, stop = (
            self._place(point) for point in _part((start, bend, end), first, max(neck, first))
        )
        path = f"M{_xy(begin)}Q{_xy(control)} {_xy(stop)}"
        line: Shape = {"fill": "none", "stroke": colour, "stroke-width": weight}
        self.canvas.add("path", {"d": path, **line}, hint=hint)
        self._head(stop, self._place(_at((start, bend, end), last)), weight, colour)
        return self._place(_at((start, bend, end), first + (last - first) * 0.62)), reply.count

    def _head(self, neck: Point, tip: Point, weight: float, colour: str) -> None:
        ahead = (tip[0] - neck[0], tip[1] - neck[1])
        long = math.hypot(*ahead) or 1
        half = self.size.body * 0.22 + weight * 0.8
        across = (-ahead[1] / long * half, ahead[0] / long * half)
        corners = (
            tip,
            (neck[0] + across[0], neck[1] + across[1]),
            (neck[0] - across[0], neck[1] - across[1]),
        )
        self.canvas.add("polygon", {"points": " ".join(map(_xy, corners)), "fill": colour})

    def _loop(self, node: _Node, weight: float, hint: str) -> Point:
        """Draw a reply to oneself as a small ring that looks out from under the person's circle."""
        ring = node.radius * 0.6
        inward = (node.at[0] * (1 - node.radius / self.reach), node.at[1] * (1 - node.radius / self.reach))
        x, y = self._place(inward)
        line: Shape = {"stroke": self.theme.light_edge, "stroke-width": weight}
        self.canvas.add("circle", {"cx": x, "cy": y, "r": ring, "fill": "none", **line}, hint=hint)
        beyond = 1 - (node.radius + ring + self.size.small * 0.6) / self.reach
        return self._place((node.at[0] * beyond, node.at[1] * beyond))


def _stride(count: int) -> int:
    """Return how far around the circle the next person sits: a golden angle, and everybody gets a seat."""
    if count <= FEW + 1:
        return 1
    return min(
        (step for step in range(1, count) if math.gcd(step, count) == 1),
        key=lambda step: abs(step - count * GOLDEN),
    )


def _curve(start: Point, end: Point) -> Curve:
    """Return a curve that bends inwards, past neighbours, and aside, so that a pair's two arrows part."""
    across = (end[1] - start[1], start[0] - end[0])
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    return start, (middle[0] * 0.5 + across[0] * 0.12, middle[1] * 0.5 + across[1] * 0.12), end


def _at(curve: Curve, t: float) -> Point:
    (ax, ay), (bx, by), (cx, cy) = curve
    u = 1 - t
    return u * u * ax + 2 * u * t * bx + t * t * cx, u * u * ay + 2 * u * t * by + t * t * cy


def _leaving(curve: Curve, radius: float) -> float:
    """Return where the curve leaves a circle around its start, as t in 0.0-0.5, found by halving."""
    low, high = 0.0, 0.5
    for _ in range(20):
        middle = (low + high) / 2
        x, y = _at(curve, middle)
        if math.hypot(x - curve[0][0], y - curve[0][1]) < radius:
            low = middle
        else:
            high = middle
    return high


def _part(curve: Curve, first: float, last: float) -> Curve:
    """Return the part of the curve between two t, as a curve of its own."""
    (ax, ay), (bx, by), (cx, cy) = curve
    slope_x = 2 * ((1 - first) * (bx - ax) + first * (cx - bx))
    slope_y = 2 * ((1 - first) * (by - ay) + first * (cy - by))
    begin, end = _at(curve, first), _at(curve, last)
    reach = (last - first) / 2
    return begin, (begin[0] + slope_x * reach, begin[1] + slope_y * reach), end


def _xy(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
