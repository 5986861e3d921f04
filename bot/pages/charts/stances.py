"""Stances before and after, as diverging bars: neutral in the middle, agreement to the right."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.pages.charts.canvas import Canvas
from bot.pages.charts.labels import Labels, counted
from bot.pages.charts.parts import heading, key, note, nothing
from bot.pages.charts.stacked import Part, stacked
from bot.pages.charts.tables import Table
from bot.pages.charts.themes import Look

Counts = tuple[int, int, int, int, int]  # people on each step, strongly disagrees … strongly agrees
NEUTRAL = 2


@dataclass(frozen=True)
class RoundStances:
    """One round: its name ("第 1 輪"), its prompt, and how many stood where."""

    name: str
    prompt: str
    before: Counts
    after: Counts


@dataclass(frozen=True)
class Stances:
    """Stances of one or several rounds."""

    title: str
    subtitle: str
    rounds: tuple[RoundStances, ...] = field(default=())

    def svg(self, look: Look) -> str:
        """Return the drawing."""
        return _Drawing(self, look).svg()

    def table(self, labels: Labels) -> Table:
        """Return one row for each round and moment, with the mean."""
        headers = (labels.round_column, labels.moment_column, *labels.steps)
        rows = tuple(
            (_round_name(one), moment, *counts, mean_text(counts))
            for one in self.rounds
            for moment, counts in ((labels.before, one.before), (labels.after, one.after))
        )
        return Table((*headers, labels.mean_column), rows)


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


class _Drawing:
    def __init__(self, stances: Stances, look: Look) -> None:
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
            y = nothing(self.canvas, self.labels.nobody_chose, y)
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
        y = key(self.canvas, names, y)
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
        return stacked(canvas, [Part(*part) for part in names], start, self.unit, canvas.left + self.names)
