"""The words said most, as a cloud: larger means more often, and each word carries its count."""

import math
import zlib
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from operator import itemgetter

from bot.pages.charts.canvas import Canvas, empty_frame, heading
from bot.pages.charts.chart import ChartLabels, ChartStyle, ChartTable
from bot.pages.fonts import drawable, fit

Cells = tuple[int, int, int, int]  # on the grid: left, top, right, bottom
MOST_COLUMNS = 150
GOLDEN = math.pi * (3 - math.sqrt(5))
BOLD_FROM = 1.5  # times the smallest size
LARGEST, SMALLEST = 7.0, 1.2  # times the smallest text: the word said most
FEW, STANDING_OUT = 6, 1.9  # words that any panel holds; how large the first should be
HIGH = 1.16  # of a word's box, in its size
FULL = 0.7  # of the room may be taken by words at best


@dataclass(frozen=True)
class WordCloud:
    """Words and how often each was said."""

    title: str
    subtitle: str
    words: tuple[tuple[str, int], ...]

    def svg(self, look: ChartStyle) -> str:
        """Return the drawing; the same words always lie the same way."""
        canvas = Canvas(look)
        y = heading(canvas, self.title, self.subtitle)
        ranked = [(drawable(word), count) for word, count in self._ranked() if count > 0]
        words = [(word, count) for word, count in ranked if word][: look.size.words]
        y = _sky(canvas, words).drawn(y) if words else empty_frame(canvas, look.labels.no_words, y)
        rows = self.table(look.labels).rows[: look.size.words]
        return canvas.finished(y + look.size.margin, self.title, [" ".join(map(str, row)) for row in rows])

    def table(self, labels: ChartLabels) -> ChartTable:
        """Return one row for each word, the most said first."""
        return ChartTable((labels.word_column, labels.times_column), tuple(self._ranked()))

    def _ranked(self) -> list[tuple[str, int]]:
        return sorted(self.words, key=lambda word: (-word[1], word[0]))


def _sky(canvas: Canvas, words: list[tuple[str, int]]) -> "_Sky":
    """Return the words laid out; in a small panel as many as leave the first a size of its own."""
    while True:
        sky = _Sky(canvas, words)
        if not canvas.size.terse or len(words) <= FEW or sky.largest >= canvas.size.small * STANDING_OUT:
            return sky
        words = words[: len(words) * 7 // 8]


@cache
def _sunflower(columns: int) -> list[tuple[float, float]]:
    """Return points around the middle, evenly spread, nearest first, in cells, as far as columns go."""
    steps = ((math.sqrt(step) * 1.1, step * GOLDEN) for step in range(int((columns / 2.2) ** 2)))
    return [(away * math.cos(angle), away * math.sin(angle)) for away, angle in steps]


@dataclass(frozen=True)
class _Word:
    text: str
    count: int
    size: float
    wide: float  # of the word alone
    total: float  # with its count
    bold: bool


class _Sky:
    """Places words on a grid of cells, each row of cells one integer, so that a collision is one `and`."""

    def __init__(self, canvas: Canvas, words: list[tuple[str, int]]) -> None:
        self.canvas, self.size, self.theme = canvas, canvas.size, canvas.theme
        self.labels = canvas.look.labels
        self.cell = max(self.size.small / 4, self.size.inner / MOST_COLUMNS)
        self.columns = int(self.size.inner / self.cell)
        self.spots = _sunflower(self.columns)
        self.flat = self.size.cloud
        self.half = self.columns * self.flat / 2  # rows above and below the middle
        self.largest = self._promising(words)
        self.laid = self._laid(words)

    def _laid(self, words: list[tuple[str, int]]) -> list[tuple[_Word, Cells]]:
        """Return the words with their places, as large as the room lets them all be."""
        while True:
            self.taken: dict[int, int] = {}
            self.seeds: list[tuple[tuple[int, int], int]] = []  # where boxes went: no larger one fits before
            sized = [self._sized(word, count, words[0][1], self.largest) for word, count in words]
            if self.largest <= self.size.small * SMALLEST:
                return [(word, place) for word in sized if (place := self._placed(word))]
            placed = list(takewhile(itemgetter(1), ((word, self._placed(word)) for word in sized)))
            if len(placed) == len(sized):
                return [(word, place) for word, place in placed if place]
            self.largest *= 0.88

    def _promising(self, words: list[tuple[str, int]]) -> float:
        """Return the largest size at which the words may fit, going by their areas."""
        largest = self.size.small * LARGEST
        room = self.size.inner**2 * self.flat * FULL
        while largest > self.size.small * SMALLEST:
            sized = (self._sized(word, count, words[0][1], largest) for word, count in words)
            if sum((word.total + self.size.small * 0.5) * word.size * HIGH for word in sized) <= room:
                break
            largest *= 0.88
        return largest

    def _sized(self, text: str, count: int, most: int, largest: float) -> _Word:
        size = max(self.size.small, largest * math.sqrt(count / most))
        bold = size >= self.size.small * BOLD_FROM
        shown = fit(text, self.size.inner * 0.72, size, bold=bold)
        wide = self.canvas.wide(shown, size=size, bold=bold)
        number = self.canvas.wide(f"{count:,}", size=self.size.small)
        return _Word(shown, count, size, wide, wide + self.size.small * 0.2 + number, bold)

    def drawn(self, top: float) -> float:
        if not self.laid:
            return top
        boxes = [box for _, box in self.laid]
        first, last = min(box[1] for box in boxes), max(box[3] for box in boxes)
        left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
        shift = (self.columns - right - left) / 2 * self.cell
        for word, box in self.laid:
            x = self.canvas.left + box[0] * self.cell + shift
            self._write(word, x, top + (box[1] - first) * self.cell)
        return top + (last - first) * self.cell

    def _placed(self, word: _Word) -> Cells | None:
        """Return the free box nearest to the middle along a spiral, now taken; None when there is none."""
        wide = math.ceil((word.total + self.size.small * 0.5) / self.cell)
        high = math.ceil(word.size * HIGH / self.cell)
        mask = (1 << wide) - 1
        first = max((seed for box, seed in self.seeds if box[0] <= wide and box[1] <= high), default=0)
        for seed, (x, y) in enumerate(self.spots[first:], first):
            left = round((self.columns - wide) / 2 + x)
            top = round(y * self.flat - high / 2)
            if left < 0 or left + wide > self.columns or top < -self.half or top + high > self.half:
                continue
            here = mask << left
            if all(not self.taken.get(row, 0) & here for row in range(top, top + high)):
                for row in range(top, top + high):
                    self.taken[row] = self.taken.get(row, 0) | here
                self.seeds.append(((wide, high), seed))
                return left, top, left + wide, top + high
        self.seeds.append(((wide, high), len(self.spots)))
        return None

    def _write(self, word: _Word, x: float, y: float) -> None:
        small = self.size.small
        colour = self.theme.words[zlib.crc32(word.text.encode()) % len(self.theme.words)]
        middle = y + word.size * 0.58
        x += small * 0.25
        self.canvas.text((x, middle), word.text, size=word.size, fill=colour, bold=word.bold)
        at = (x + word.wide + small * 0.2, middle + word.size * 0.36 - small * 0.36)
        self.canvas.text(at, f"{word.count:,}", size=small, fill=self.theme.soft)
