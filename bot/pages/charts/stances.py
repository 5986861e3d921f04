"""Who stood where before and after, as diverging bars; who moved from which step to which."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.pages.charts.canvas import BarPart, Box, Canvas, colour_key, empty_frame, heading, note, stacked
from bot.pages.charts.chart import ChartLabels, ChartStyle, ChartTable, counted
from bot.pages.fonts import balanced, drawable, wrap
from bot.pages.palette import ink_on

Counts = tuple[int, int, int, int, int]  # people on each step, strongly disagrees … strongly agrees
NEUTRAL = 2
STEPS = range(5)
GUTTER = 8  # pixels between the headings of columns


@dataclass(frozen=True)
class RoundStances:
    """One round: its name ("第 1 輪"), its prompt, and how many stood where."""

    name: str
    prompt: str
    before: Counts
    after: Counts


@dataclass(frozen=True)
class StanceChart:
    """Stances of one or several rounds."""

    title: str
    subtitle: str
    rounds: tuple[RoundStances, ...] = field(default=())

    def svg(self, look: ChartStyle) -> str:
        """Return the drawing."""
        return _StanceDrawing(self, look).svg()

    def table(self, labels: ChartLabels) -> ChartTable:
        """Return one row for each round and moment, with the mean."""
        headers = (labels.round_column, labels.moment_column, *labels.steps)
        rows = tuple(
            (_round_name(one), moment, *counts, mean_text(counts))
            for one in self.rounds
            for moment, counts in ((labels.before, one.before), (labels.after, one.after))
        )
        return ChartTable((*headers, labels.mean_column), rows)


def steps_of(counts: Mapping[int, int]) -> Counts:
    """Return the people on steps 1 to 5 as a chart takes them."""
    one, two, three, four, five = (counts.get(step, 0) for step in range(1, 6))
    return one, two, three, four, five


def mean_text(counts: Counts) -> str:
    """Return the mean step, 1.0-5.0, or a dash when nobody took a stance."""
    people = sum(counts)
    return f"{sum(step * n for step, n in enumerate(counts, 1)) / people:.1f}" if people else "–"


def _change(one: RoundStances) -> str:
    """Return the means of the moments at which anybody chose: a second one that never came is no change."""
    return " → ".join(mean_text(counts) for counts in (one.before, one.after) if any(counts)) or "–"


def _round_name(one: RoundStances) -> str:
    return " ".join(part for part in (one.name, one.prompt) if part)


def _arms(counts: Counts) -> tuple[float, float]:
    """Return how many people stand left and right of the middle; the neutral ones count half on each side."""
    half = counts[NEUTRAL] / 2
    return sum(counts[:NEUTRAL]) + half, sum(counts[NEUTRAL + 1 :]) + half


class _StanceDrawing:
    def __init__(self, stances: StanceChart, look: ChartStyle) -> None:
        self.stances = stances
        self.canvas = Canvas(look)
        self.labels, self.size, self.theme = look.labels, look.size, look.theme
        self.rounds = stances.rounds[-self.size.rounds :]
        self.rows = [counts for one in self.rounds for counts in (one.before, one.after)]
        moments = [
            self._moment(name, c) for name in (self.labels.before, self.labels.after) for c in self.rows
        ]
        self.names = max((self.canvas.wide(text) for text in moments), default=0) + self.size.body
        room = self.size.inner - self.names
        lefts, rights = (
            zip(*(_arms(counts) for counts in self.rows), strict=True) if self.rows else ((0,), (0,))
        )
        self.unit = room / max(1, max(lefts) + max(rights))
        self.middle = self.canvas.left + self.names + max(lefts) * self.unit

    def _moment(self, name: str, counts: Counts) -> str:
        people = f"{sum(counts):,}" if self.size.terse else counted(self.labels.people, sum(counts))
        return f"{name} {people}"

    def svg(self) -> str:
        y = heading(self.canvas, self.stances.title, self.stances.subtitle, self._figure())
        if not any(map(sum, self.rows)):
            y = empty_frame(self.canvas, self.labels.nobody_chose, y)
        else:
            for one in self.rounds:
                y = self._round(one, y)
            y = self._under(y)
        lines = [" ".join(map(str, row)) for row in self.stances.table(self.labels).rows]
        return self.canvas.finished(y + self.size.margin, self.stances.title, lines)

    def _figure(self) -> tuple[str, str]:
        """Return the mean to stand beside the title, where there is one round and little room."""
        if not self.size.terse or not any(map(sum, self.rows)):
            return "", ""
        name, _, _ = self.labels.mean.partition("{value}")
        return name.strip(), _change(self.rounds[-1])

    def _under(self, y: float) -> float:
        names = zip(self.theme.steps, self.theme.edges, self.labels.steps, strict=True)
        y = colour_key(self.canvas, names, y)
        total = len(self.stances.rounds)
        if total > len(self.rounds):
            y = note(self.canvas, self.labels.shown.format(shown=len(self.rounds), total=total), y)
        return y

    def _round(self, one: RoundStances, top: float) -> float:
        size, canvas = self.size, self.canvas
        if size.terse:
            return self._rows(one, top)
        mean = self.labels.mean.format(value=_change(one))
        y = top + size.body * 0.8
        taken = canvas.wide(mean, size=size.small) + size.body
        canvas.text((canvas.right, y), mean, size=size.small, fill=self.theme.soft, anchor="end")
        canvas.text((canvas.left, y), _round_name(one), bold=True, room=size.inner - taken)
        return self._rows(one, top + size.body * 1.7)

    def _rows(self, one: RoundStances, top: float) -> float:
        size, y = self.size, top
        moments = ((self.labels.before, one.before), (self.labels.after, one.after))
        chosen = [(name, counts) for name, counts in moments if any(counts)]
        for name, counts in chosen or moments:
            y = self._row(self._moment(name, counts), counts, y) + size.gap * 0.6
        return y + (0 if size.terse else size.gap * 1.6)

    def _row(self, name: str, counts: Counts, top: float) -> float:
        size, canvas = self.size, self.canvas
        canvas.text((canvas.left, top + size.bar / 2), name, fill=self.theme.soft)
        beyond = size.gap * 0.8
        ends = (self.middle, top - beyond), (self.middle, top + size.bar + beyond)
        canvas.line(*ends, self.theme.soft, "3 4")
        names = zip(self.labels.steps, counts, self.theme.steps, self.theme.edges, strict=True)
        start = (self.middle - _arms(counts)[0] * self.unit, top)
        return stacked(canvas, [BarPart(*part) for part in names], start, self.unit, canvas.left + self.names)


@dataclass(frozen=True)
class MovementChart:
    """`counts[before][after]`: how many people went from one step (0-4) to another; five rows of five."""

    title: str
    subtitle: str
    counts: tuple[tuple[int, int, int, int, int], ...]

    def summary(self) -> tuple[int, int, int]:
        """Return how many disagree more, stayed, and agree more than before."""
        cells = [(after - before, self.counts[before][after]) for before in STEPS for after in STEPS]
        less = sum(people for change, people in cells if change < 0)
        same = sum(people for change, people in cells if change == 0)
        return less, same, sum(people for _, people in cells) - less - same

    def svg(self, look: ChartStyle) -> str:
        """Return the drawing."""
        canvas = Canvas(look)
        y = heading(canvas, self.title, self.subtitle)
        if any(map(sum, self.counts)):
            y = _summary(canvas, self.summary(), y)
            y = _grid(canvas, self.counts, y + look.size.body)
        else:
            y = empty_frame(canvas, look.labels.nobody_chose, y)
        lines = [" ".join(map(str, row)) for row in self.table(look.labels).rows]
        return canvas.finished(y + look.size.margin, self.title, lines)

    def table(self, labels: ChartLabels) -> ChartTable:
        """Return one row for each pair of steps that somebody went, stayers included."""
        rows = tuple(
            (labels.steps[before], labels.steps[after], self.counts[before][after])
            for before in STEPS
            for after in STEPS
            if self.counts[before][after]
        )
        return ChartTable((labels.before, labels.after, labels.people_column), rows)


def grid_of(crossed: Mapping[tuple[int, int], int]) -> tuple[Counts, ...]:
    """Return as rows of a chart how many went from which step (1-5) to which."""
    return tuple(
        steps_of({after + 1: crossed.get((before + 1, after + 1), 0) for after in STEPS}) for before in STEPS
    )


def _summary(canvas: Canvas, summary: tuple[int, int, int], top: float) -> float:
    """Draw one bar in three parts with its key; return the height below."""
    size, theme, labels = canvas.size, canvas.theme, canvas.look.labels
    less, _, more = summary
    moved = labels.moved.format(n=f"{less + more:,}", total=f"{sum(summary):,}")
    for line in wrap(moved, size.inner, size.body, bold=True):
        canvas.text((canvas.left, top + size.body * 0.8), line, bold=True)
        top += size.body * 1.5
    top += size.body * 0.2
    names = (labels.more_disagreeing, labels.same, labels.more_agreeing)
    shades = [(theme.steps[step], theme.edges[step]) for step in (1, 2, 3)]
    parts = [
        BarPart(name, people, *shade) for name, people, shade in zip(names, summary, shades, strict=True)
    ]
    y = stacked(canvas, parts, (canvas.left, top), size.inner / sum(summary), canvas.left)
    return colour_key(canvas, [(part.fill, part.edge, part.name) for part in parts], y + size.gap)


def _grid(canvas: Canvas, counts: tuple[tuple[int, ...], ...], top: float) -> float:
    """Draw the table of five by five, with the steps' names on both sides; return the height below."""
    size, labels = canvas.size, canvas.look.labels
    names = [drawable(name) for name in labels.steps]
    side = min(max(canvas.wide(name, size=size.small) for name in names) + size.body, size.inner * 0.28)
    wide = (size.inner - side) / len(STEPS)
    high = size.bar * 1.6
    heads = names
    if any(canvas.wide(word, size=size.small) > wide - GUTTER for name in names for word in name.split()):
        heads = [f"{step + 1}" for step in STEPS]  # words too long for their columns
        names = [f"{step + 1} {name}" for step, name in enumerate(names)]
    lines = [balanced(head, wide - GUTTER, size.small, most=3) for head in heads]
    corner = [f"{labels.before} ↓", f"{labels.after} →"]
    if canvas.wide(" ".join(corner), size=size.small) <= side:
        corner = [" ".join(corner)]
    tall = max(map(len, [*lines, corner])) * size.small * 1.3
    _column(canvas, corner, (canvas.left, top + tall / 2), "start")
    for step, head in enumerate(lines):
        _column(canvas, head, (canvas.left + side + wide * (step + 0.5), top + tall / 2), "middle")
    top += tall + size.gap / 2
    most = max(map(max, counts))
    for before in STEPS:
        name = balanced(names[before], side - size.small / 2, size.small)
        _column(canvas, name, (canvas.left, top + high / 2), "start")
        for after in STEPS:
            box = (canvas.left + side + wide * after, top, wide, high)
            _cell(canvas, box, (before, after), (counts[before][after], most))
        top += high
    return top


def _column(canvas: Canvas, lines: list[str], middle: tuple[float, float], anchor: str) -> None:
    """Write lines one below the other around that height."""
    size = canvas.size.small
    for position, line in enumerate(lines):
        at = (middle[0], middle[1] + (position - (len(lines) - 1) / 2) * size * 1.25)
        canvas.text(at, line, size=size, fill=canvas.theme.soft, anchor=anchor)


def _cell(canvas: Canvas, box: Box, steps: tuple[int, int], people: tuple[int, int]) -> None:
    """Draw one cell: brown below the diagonal, blue above it; strong from half of the most people on."""
    size, theme, labels = canvas.size, canvas.theme, canvas.look.labels
    (before, after), (here, most) = steps, people
    x, y, wide, high = box
    slit = size.hair * 2
    inside = (x + slit, y + slit, wide - 2 * slit, high - 2 * slit)
    middle = (x + wide / 2, y + high / 2)
    if not here:
        canvas.bar(inside, theme.track)
        canvas.text(middle, "0", size=size.small, fill=theme.soft, anchor="middle")
        return
    if before == after:
        step = 2
    elif after > before:
        step = 4 if here * 2 >= most else 3
    else:
        step = 0 if here * 2 >= most else 1
    hint = f"{labels.steps[before]} → {labels.steps[after]} {counted(labels.people, here)}"
    canvas.bar(inside, theme.steps[step], edge=theme.edges[step], hint=hint)
    fits = canvas.wide(f"{here:,}", bold=True) < wide - size.body
    letters = size.body if fits else size.small
    canvas.text(middle, f"{here:,}", size=letters, bold=True, fill=ink_on(theme.steps[step]), anchor="middle")
