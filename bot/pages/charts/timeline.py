"""The rhythm of a discussion: remarks per stretch of time, over the phases of the class."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.pages.charts.canvas import Canvas, empty_frame, heading, note
from bot.pages.charts.chart import ChartLabels, ChartStyle, ChartTable, counted
from bot.pages.fonts import drawable, fit

HOUR, DAY = 60, 1440
SPANS = (1, 2, 5, 10, 15, 30, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 28 * DAY)
MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True)
class Phase:
    """A part of the class, in minutes from its beginning."""

    name: str
    start: float
    end: float


@dataclass(frozen=True)
class TimelineChart:
    """Remarks in each minute from the beginning; phases may be none."""

    title: str
    subtitle: str
    minutes: tuple[int, ...]
    phases: tuple[Phase, ...] = ()

    def svg(self, look: ChartStyle) -> str:
        """Return the drawing; as many minutes go into one bar as its number needs room."""
        canvas = Canvas(look)
        y = heading(canvas, self.title, self.subtitle)
        if sum(self.minutes):
            y = _Plot(canvas, self).drawn(y)
        else:
            y = empty_frame(canvas, look.labels.nobody_spoke, y)
        rows = self.table(look.labels).rows
        return canvas.finished(y + look.size.margin, self.title, [" ".join(map(str, row)) for row in rows])

    def table(self, labels: ChartLabels) -> ChartTable:
        """Return one row for each stretch in which somebody spoke, at most 120 stretches."""
        span = fitting_span(len(self.minutes), 120)
        rows = tuple(
            (moment(position * span, labels), self._phase_at(position * span), count)
            for position, count in enumerate(merged(self.minutes, span))
            if count
        )
        return ChartTable((labels.time_column, labels.phase_column, labels.remarks_column), rows)

    def _phase_at(self, minute: float) -> str:
        return next((phase.name for phase in self.phases if phase.start <= minute < phase.end), "")


def fitting_span(minutes: int, bars: int) -> int:
    """Return the shortest round stretch, in minutes, of which so many bars suffice."""
    return next((span for span in SPANS if span * bars >= minutes), -(-minutes // bars))


def merged(minutes: Sequence[int], span: int) -> list[int]:
    """Return the remarks in each stretch of that many minutes."""
    return [sum(minutes[start : start + span]) for start in range(0, len(minutes), span)]


def moment(minute: int, labels: ChartLabels) -> str:
    """Return a time from the beginning: minutes up to two hours, then hours, days from the second day on."""
    if minute >= DAY and minute % DAY == 0:
        return counted(labels.day, minute // DAY)
    if minute >= 2 * HOUR and minute % HOUR == 0:
        return counted(labels.hour, minute // HOUR)
    return counted(labels.minute, minute)


class _Plot:
    def __init__(self, canvas: Canvas, timeline: TimelineChart) -> None:
        self.canvas, self.size, self.theme = canvas, canvas.size, canvas.theme
        self.labels, self.timeline = canvas.look.labels, timeline
        self.span, self.bars = self._merged()
        self.slot = self.size.inner / len(self.bars)
        self.high = self.size.width * (0.3 if self.size.name == "page" else 0.5)

    def _merged(self) -> tuple[int, list[int]]:
        """Return the shortest stretch whose bars are wide enough for their numbers, and the bars."""
        minutes = self.timeline.minutes
        for span in SPANS:
            bars = merged(minutes, span)
            digits = self.canvas.wide(f"{max(bars):,}", size=self.size.small, bold=True)
            if len(bars) * (digits + self.size.small * 0.3) <= self.size.inner:
                return span, bars
        span = fitting_span(len(minutes), 12)
        return span, merged(minutes, span)

    def drawn(self, top: float) -> float:
        size, canvas = self.size, self.canvas
        head = size.body * 1.6 if self.timeline.phases else 0
        bottom = top + head + size.small * 1.6 + self.high
        named = self._bands(top, bottom)
        for position, count in enumerate(self.bars):
            self._bar(position, count, bottom)
        canvas.line((canvas.left, bottom), (canvas.right, bottom), self.theme.soft)
        y = self._axis(bottom)
        if not named:
            marks = zip(MARKS, self.timeline.phases, strict=False)
            y = note(canvas, "  ".join(f"{mark}{phase.name}" for mark, phase in marks), y)
        return note(canvas, self.labels.per.format(span=moment(self.span, self.labels)), y)

    def _x(self, minute: float) -> float:
        x = self.canvas.left + minute / self.span * self.slot
        return min(max(x, self.canvas.left), self.canvas.right)

    def _bands(self, top: float, bottom: float) -> bool:
        """Shade the phases and write their names; return False if marks stand for names that do not fit."""
        size, canvas = self.size, self.canvas
        phases = self.timeline.phases[: len(MARKS)]
        rooms = [self._x(phase.end) - self._x(phase.start) for phase in phases]
        named = all(
            canvas.wide(phase.name, size=size.small, bold=True) <= room - size.small * 0.4
            for phase, room in zip(phases, rooms, strict=True)
        )
        for position, (phase, room) in enumerate(zip(phases, rooms, strict=True)):
            fill = self.theme.band if position % 2 else self.theme.track
            box = {"x": self._x(phase.start), "y": top, "width": room, "height": bottom - top}
            canvas.add("rect", {**box, "fill": fill}, hint=phase.name)
            shown = phase.name if named else MARKS[position]
            at = (self._x(phase.start) + room / 2, top + size.body * 0.9)
            if named or canvas.wide(shown, size=size.small) <= room:
                canvas.text(at, shown, size=size.small, bold=True, anchor="middle")
        return named

    def _bar(self, position: int, count: int, bottom: float) -> None:
        if not count:
            return
        size, canvas = self.size, self.canvas
        tall = max(self.high * count / max(self.bars), size.hair)
        wide = min(self.slot - size.hair, size.bar * 2)
        middle = canvas.left + (position + 0.5) * self.slot
        start = moment(position * self.span, self.labels)
        hint = f"{start}: {counted(self.labels.remarks, count)}"
        canvas.column((middle - wide / 2, bottom - tall, wide, tall), self.theme.strong, hint=hint)
        at = (middle, bottom - tall - size.small * 0.65)
        canvas.text(at, f"{count:,}", size=size.small, bold=True, anchor="middle")

    def _axis(self, bottom: float) -> float:
        """Write times below the bars, as many as fit; return the height below."""
        size, canvas = self.size, self.canvas
        last = len(self.bars) * self.span
        widest = max(canvas.wide(moment(minute, self.labels), size=size.small) for minute in (0, last)) * 1.6
        step = fitting_span(last, max(1, int(size.inner / widest)))
        step = max(step, self.span)
        for minute in range(0, last + 1, step):
            x = canvas.left + minute / self.span * self.slot
            shown = fit(drawable(moment(minute, self.labels)), size.inner, size.small)
            half = canvas.wide(shown, size=size.small) / 2
            canvas.line((x, bottom), (x, bottom + size.small * 0.3), self.theme.soft)
            at = (min(max(x, canvas.left + half), canvas.right - half), bottom + size.small)
            canvas.text(at, shown, size=size.small, fill=self.theme.soft, anchor="middle")
        return bottom + size.small * 2
