"""Who moved: from which step to which, counted; a summary bar above a table of five by five."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.pages.charts.canvas import Box, Canvas
from bot.pages.charts.labels import Labels, counted
from bot.pages.charts.parts import heading, key, nothing
from bot.pages.charts.stacked import Part, stacked
from bot.pages.charts.stances import Counts, steps_of
from bot.pages.charts.tables import Table
from bot.pages.charts.themes import Look, ink_on
from bot.pages.fonts.coverage import drawable
from bot.pages.fonts.text_width import balanced, wrap

STEPS = range(5)
GUTTER = 8  # pixels between the headings of columns


@dataclass(frozen=True)
class Moves:
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

    def svg(self, look: Look) -> str:
        """Return the drawing."""
        canvas = Canvas(look)
        y = heading(canvas, self.title, self.subtitle)
        if any(map(sum, self.counts)):
            y = _summary(canvas, self.summary(), y)
            y = _grid(canvas, self.counts, y + look.size.body)
        else:
            y = nothing(canvas, look.labels.nobody_chose, y)
        lines = [" ".join(map(str, row)) for row in self.table(look.labels).rows]
        return canvas.finished(y + look.size.margin, self.title, lines)

    def table(self, labels: Labels) -> Table:
        """Return one row for each pair of steps that somebody went, stayers included."""
        rows = tuple(
            (labels.steps[before], labels.steps[after], self.counts[before][after])
            for before in STEPS
            for after in STEPS
            if self.counts[before][after]
        )
        return Table((labels.before, labels.after, labels.people_column), rows)


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
    parts = [Part(name, people, *shade) for name, people, shade in zip(names, summary, shades, strict=True)]
    y = stacked(canvas, parts, (canvas.left, top), size.inner / sum(summary), canvas.left)
    return key(canvas, [(part.fill, part.edge, part.name) for part in parts], y + size.gap)


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
