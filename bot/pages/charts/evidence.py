"""Which of the reading's evidence the class touched: filled when it was, a dashed outline when not."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.pages.charts.canvas import Box, Canvas, colour_key, empty_frame, heading, note, shortened
from bot.pages.charts.chart import ChartLabels, ChartStyle, ChartTable, counted
from bot.pages.fonts import drawable
from bot.pages.palette import ink_on

SHORT = 6  # ems up to which all pieces of a group are drawn alike


@dataclass(frozen=True)
class EvidencePiece:
    """A paragraph ("12") or a snippet (its title), and how often remarks or questions touched it."""

    name: str
    times: int


@dataclass(frozen=True)
class EvidenceGroup:
    """Pieces that belong together: a section's paragraphs, the evidence on one side."""

    name: str
    pieces: tuple[EvidencePiece, ...]


@dataclass(frozen=True)
class EvidenceChart:
    """The reading's evidence in groups, in the reading's order."""

    title: str
    subtitle: str
    groups: tuple[EvidenceGroup, ...]

    def touched(self) -> tuple[int, int]:
        """Return how many pieces were touched, and how many there are."""
        pieces = [piece for group in self.groups for piece in group.pieces]
        return sum(1 for piece in pieces if piece.times), len(pieces)

    def svg(self, look: ChartStyle) -> str:
        """Return the drawing."""
        canvas = Canvas(look)
        touched, total = self.touched()
        rows = self.table(look.labels).rows
        if not total:
            y = empty_frame(canvas, look.labels.no_evidence, heading(canvas, self.title, self.subtitle))
            return canvas.finished(y + look.size.margin, self.title, [look.labels.no_evidence])
        summary = look.labels.touched.format(n=touched, total=total)
        y = heading(canvas, self.title, self.subtitle, (look.labels.touched_key, f"{touched} / {total}"))
        drawn, y = (
            _side_by_side(canvas, self.groups, y) if look.size.terse else _stacked(canvas, self.groups, y)
        )
        if not look.size.terse:
            y = _key(canvas, y)
        if drawn < total and not look.size.terse:
            y = note(canvas, look.labels.shown.format(shown=drawn, total=total), y)
        spoken = [summary, *(" ".join(map(str, row)) for row in rows)]
        return canvas.finished(y + look.size.margin, self.title, spoken)

    def table(self, labels: ChartLabels) -> ChartTable:
        """Return one row for each piece, in the reading's order."""
        rows = tuple((piece.name, group.name, piece.times) for group in self.groups for piece in group.pieces)
        return ChartTable((labels.evidence_column, labels.group_column, labels.times_column), rows)


def _stacked(canvas: Canvas, groups: Sequence[EvidenceGroup], top: float) -> tuple[int, float]:
    """Draw the groups one below the other; return how many pieces had room, and the height below."""
    lines, drawn = canvas.size.lines, 0
    for group in groups:
        laid = _laid(canvas, group)[:lines]
        lines -= len(laid)
        drawn += sum(map(len, laid))
        top = _group(canvas, group, laid, top) if laid else top
    return drawn, top


def _side_by_side(canvas: Canvas, groups: Sequence[EvidenceGroup], top: float) -> tuple[int, float]:
    """Draw the groups as columns, one piece a line; return the same as `_stacked`."""
    drawn, lowest = 0, top
    for column, group in zip(canvas.columns(len(groups)), groups, strict=True):
        laid = [[(piece, column.inner)] for piece in group.pieces][: canvas.size.lines]
        drawn += len(laid)
        lowest = max(lowest, _group(column, group, laid, top))
    return drawn, lowest


def _key(canvas: Canvas, top: float) -> float:
    theme, labels = canvas.theme, canvas.look.labels
    names = (
        (theme.strong, theme.strong_edge, labels.touched_key),
        (theme.paper, theme.soft, labels.untouched),
    )
    return colour_key(canvas, names, top)


def _laid(canvas: Canvas, group: EvidenceGroup) -> list[list[tuple[EvidencePiece, float]]]:
    """Return a group's pieces with their widths, in lines of as many as fit."""
    size = canvas.size
    widths = [_width(canvas, piece) for piece in group.pieces]
    if widths and max(widths) <= size.body * SHORT:
        widths = [max(widths)] * len(widths)  # numbers stand in columns
    lines: list[list[tuple[EvidencePiece, float]]] = []
    free = 0.0
    for piece, wide in zip(group.pieces, widths, strict=True):
        if not lines or wide > free + 1:
            lines.append([])
            free = canvas.inner
        lines[-1].append((piece, wide))
        free -= wide + size.gap
    return lines


def _group(
    canvas: Canvas, group: EvidenceGroup, laid: list[list[tuple[EvidencePiece, float]]], top: float
) -> float:
    """Draw a group's name and those lines of its pieces; return the height below."""
    size, high = canvas.size, canvas.size.body * (1.4 if canvas.size.terse else 2)
    if drawable(group.name):
        touched = sum(1 for piece in group.pieces if piece.times)
        share = f"{touched} / {len(group.pieces)}"
        y = top + size.body * 0.8
        canvas.text((canvas.right, y), share, size=size.small, fill=canvas.theme.soft, anchor="end")
        room = canvas.inner - canvas.wide(share, size=size.small) - size.body
        canvas.text((canvas.left, y), group.name, bold=True, room=room)
        top += size.body * (1.6 if size.terse else 1.9)
    for line in laid:
        x = canvas.left
        for piece, wide in line:
            _piece(canvas, piece, (x, top, wide, high))
            x += wide + size.gap
        top += high + size.gap
    return top if size.terse else top + size.gap


def _times(canvas: Canvas, piece: EvidencePiece) -> str:
    if canvas.size.terse:
        return f"{piece.times:,}"
    return counted(canvas.look.labels.times, piece.times)


def _width(canvas: Canvas, piece: EvidencePiece) -> float:
    size = canvas.size
    name = canvas.wide(shortened(piece.name, canvas.inner, size.body, canvas.look.labels), bold=True)
    times = canvas.wide(_times(canvas, piece), size=size.small)
    return min(max(name + times + size.body * 1.5, size.body * 4.5), canvas.inner)


def _piece(canvas: Canvas, piece: EvidencePiece, box: Box) -> None:
    """Draw one piece: its name, and at its right how often it was touched."""
    x, y, wide, high = box
    size, theme = canvas.size, canvas.theme
    hint = f"{piece.name} {_times(canvas, piece)}"
    pad = size.body * 0.5
    if piece.times:
        canvas.bar(box, theme.strong, hint=hint)
        ink = soft = ink_on(theme.strong)
    else:
        canvas.frame(box, theme.paper, theme.soft, hint=hint)
        ink, soft = theme.ink, theme.soft
    times = _times(canvas, piece)
    right = (x + wide - pad, y + high / 2)
    canvas.text(right, times, size=size.small, fill=soft, anchor="end")
    room = wide - canvas.wide(times, size=size.small) - pad * 2.5
    name = shortened(piece.name, room, size.body, canvas.look.labels)
    canvas.text((x + pad, y + high / 2), name, fill=ink, bold=True, room=room)
