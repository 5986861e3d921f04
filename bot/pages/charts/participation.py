"""Who speaks how much: one bar a person, the mean, and the Gini coefficient."""

from dataclasses import dataclass

from bot.pages.charts.canvas import Canvas, empty_frame, heading, note, shortened
from bot.pages.charts.chart import ChartLabels, ChartStyle, ChartTable, counted
from bot.seminar.equity import gini


@dataclass(frozen=True)
class ParticipationChart:
    """Remarks of each person, silent ones included, by the name to show."""

    title: str
    subtitle: str
    people: tuple[tuple[str, int], ...]
    named: bool = True  # else nobody's name is drawn

    def svg(self, look: ChartStyle) -> str:
        """Return the drawing; the largest bars first."""
        canvas = Canvas(look)
        counts = [count for _, count in self.people]
        if not sum(counts):
            y = empty_frame(canvas, look.labels.nobody_spoke, heading(canvas, self.title, self.subtitle))
            return canvas.finished(y + look.size.margin, self.title, [look.labels.nobody_spoke])
        figure = (look.labels.gini, f"{gini(counts):.2f}")
        y = heading(canvas, self.title, self.subtitle, figure)
        y = _Bars(canvas, self._ranked(), named=self.named).drawn(y)
        if not look.size.terse:
            y = note(canvas, look.labels.gini_note, y + look.size.gap)
        rows = self.table(look.labels).rows
        return canvas.finished(y + look.size.margin, self.title, [" ".join(map(str, row)) for row in rows])

    def table(self, labels: ChartLabels) -> ChartTable:
        """Return one row for each person, most remarks first."""
        return ChartTable((labels.person_column, labels.remarks_column), tuple(self._ranked()))

    def _ranked(self) -> list[tuple[str, int]]:
        ranked = sorted(self.people, key=lambda one: -one[1])
        return ranked if self.named else [(f"{place}.", count) for place, (_, count) in enumerate(ranked, 1)]


class _Bars:
    def __init__(self, canvas: Canvas, ranked: list[tuple[str, int]], *, named: bool) -> None:
        self.canvas, self.size, self.theme = canvas, canvas.size, canvas.theme
        self.labels, self.named = canvas.look.labels, named
        self.mean = sum(count for _, count in ranked) / len(ranked)
        self.most = ranked[0][1]
        kept = self.size.rows if len(ranked) <= self.size.rows else self.size.rows - 1
        self.rows, self.rest = ranked[:kept], ranked[kept:]
        limit = self.size.inner * 0.3
        self.names = [
            shortened(name, limit, self.size.body, self.labels) if named else "" for name, _ in self.rows
        ]
        if self.rest and named:
            self.names.append(counted(self.labels.others, len(self.rest)))
        gap = self.size.body * 0.75 if any(self.names) else 0
        self.left = canvas.left + max(map(canvas.wide, self.names)) + gap
        widest = max(canvas.wide(f"{count:,}", bold=True) for _, count in ranked)
        self.room = canvas.right - self.left - widest - self.size.body * 0.6

    def drawn(self, top: float) -> float:
        size, y = self.size, top
        for name, full, count in zip(
            self.names, (name for name, _ in self.rows), self._counts(), strict=False
        ):
            self._bar(name, full, count, y)
            y += size.bar + size.gap
        if self.rest:
            self._rest(y)
            y += size.bar + size.gap
        return y if size.terse else self._mean(top, y)

    def _counts(self) -> list[int]:
        return [count for _, count in self.rows]

    def _name(self, name: str, y: float) -> None:
        at = (self.left - self.size.body * 0.75, y + self.size.bar / 2)
        self.canvas.text(at, name, anchor="end")

    def _bar(self, name: str, full: str, count: int, y: float) -> None:
        size, theme, canvas = self.size, self.theme, self.canvas
        self._name(name, y)
        canvas.bar((self.left, y, self.room, float(size.bar)), theme.track)
        wide = self.room * count / self.most
        hint = f"{full} {counted(self.labels.remarks, count)}"
        fill, edge = (
            (theme.strong, theme.strong_edge)
            if count > self.mean or size.terse
            else (theme.light, theme.light_edge)
        )
        if count:
            canvas.bar((self.left, y, wide, float(size.bar)), fill, edge=edge, hint=hint)
        self._number(f"{count:,}", self.left + wide, y)

    def _number(self, shown: str, x: float, y: float) -> None:
        """Write a bar's number behind its end, and clear of the line that marks the mean."""
        size, canvas = self.size, self.canvas
        at = x + size.body * 0.4
        mean = 0.0 if size.terse else self._mean_at()
        if at - size.body * 0.3 < mean < at + canvas.wide(shown, bold=True) + size.body * 0.3:
            at = mean + size.body * 0.4
        canvas.text((at, y + size.bar / 2), shown, bold=True)

    def _rest(self, y: float) -> None:
        """Write how much all the others said together: not to the bars' scale, so without a bar."""
        others = counted(self.labels.others, len(self.rest))
        together = counted(self.labels.remarks, sum(count for _, count in self.rest))
        if self.named:
            self._name(others, y)
        else:
            together = f"{others} {together}"
        at = (self.left, y + self.size.bar / 2)
        self.canvas.text(at, together, fill=self.theme.soft, room=self.room)

    def _mean_at(self) -> float:
        return self.left + self.room * self.mean / self.most

    def _mean(self, top: float, bottom: float) -> float:
        size, canvas, warm = self.size, self.canvas, self.theme.warm
        x = self._mean_at()
        end = bottom - (size.bar + size.gap if self.rest else 0)
        canvas.line((x, top - size.gap), (x, end), warm, "6 4")
        shown = self.labels.average.format(value=f"{self.mean:.1f}")
        half = canvas.wide(shown, bold=True) / 2
        middle = min(max(x, canvas.left + half), canvas.right - half)
        canvas.text((middle, bottom + size.body * 0.6), shown, fill=warm, bold=True, anchor="middle")
        return bottom + size.body * 1.6
