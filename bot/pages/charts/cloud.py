"""The words said most, as a cloud: larger means more often, and each word carries its count."""

import math
import zlib
from dataclasses import dataclass
from functools import cache

from bot.pages.charts.canvas import Canvas
from bot.pages.charts.labels import Labels
from bot.pages.charts.looks import Look
from bot.pages.charts.parts import heading, nothing
from bot.pages.charts.tables import Table
from bot.pages.fonts.coverage import drawable
from bot.pages.fonts.measuring import fit

Cells = tuple[int, int, int, int]  # on the grid: left, top, right, bottom
SEEDS = 12_000  # places that are tried for a word
GOLDEN = math.pi * (3 - math.sqrt(5))
BOLD_FROM = 1.5  # times the smallest size


@dataclass(frozen=True)
class Cloud:
    """Words and how often each was said."""

    title: str
    subtitle: str
    words: tuple[tuple[str, int], ...]

    def svg(self, look: Look) -> str:
        """Return the drawing; the same words always lie the same way."""
        canvas = Canvas(look)
        y = heading(canvas, self.title, self.subtitle)
        ranked = [(drawable(word), count) for word, count in self._ranked() if count > 0]
        words = [(word, count) for word, count in ranked if word][: look.size.words]
        y = _Sky(canvas, words).drawn(y) if words else nothing(canvas, look.labels.no_words, y)
        rows = self.table(look.labels).rows[: look.size.words]
        return canvas.finished(y + look.size.margin, self.title, [" ".join(map(str, row)) for row in rows])

    def table(self, labels: Labels) -> Table:
        """Return one row for each word, the most said first."""
        return Table((labels.word_column, labels.times_column), tuple(self._ranked()))

    def _ranked(self) -> list[tuple[str, int]]:
        return sorted(self.words, key=lambda word: (-word[1], word[0]))


@cache
def _sunflower() -> list[tuple[float, float]]:
    """Return points around the middle, evenly spread, nearest first, in cells."""
    steps = ((math.sqrt(step) * 1.1, step * GOLDEN) for step in range(SEEDS))
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
        self.cell = self.size.small / 4
        self.columns = int(self.size.inner / self.cell)
        self.taken: dict[int, int] = {}
        self.seeds: list[tuple[tuple[int, int], int]] = []  # where boxes went: no larger one fits before
        self.words = self._sizes(words)
        self.flat = 0.5 if self.size.name == "page" else 1.0

    def _sizes(self, words: list[tuple[str, int]]) -> list[_Word]:
        """Return the words with sizes that fill the sheet: the more of them are frequent, the smaller."""
        largest = self.size.small * (4.6 if self.size.name == "page" else 3.6)
        room = self.size.inner**2 * (0.3 if self.size.name == "page" else 0.62)
        while True:
            sized = [self._sized(word, count, words[0][1], largest) for word, count in words]
            if sum(word.total * word.size for word in sized) <= room or largest <= self.size.small * 1.2:
                return sized
            largest *= 0.93

    def _sized(self, text: str, count: int, most: int, largest: float) -> _Word:
        size = max(self.size.small, largest * math.sqrt(count / most))
        bold = size >= self.size.small * BOLD_FROM
        shown = fit(text, self.size.inner * 0.72, size, bold=bold)
        wide = self.canvas.wide(shown, size=size, bold=bold)
        number = self.canvas.wide(f"{count:,}", size=self.size.small)
        return _Word(shown, count, size, wide, wide + self.size.small * 0.2 + number, bold)

    def drawn(self, top: float) -> float:
        placed = [(word, place) for word in self.words if (place := self._placed(word))]
        first = min(box[1] for _, box in placed)
        last = max(box[3] for _, box in placed)
        left = min(box[0] for _, box in placed)
        right = max(box[2] for _, box in placed)
        shift = (self.columns - right - left) / 2 * self.cell
        for word, box in placed:
            x = self.canvas.left + box[0] * self.cell + shift
            self._write(word, x, top + (box[1] - first) * self.cell)
        return top + (last - first) * self.cell

    def _placed(self, word: _Word) -> Cells | None:
        """Return the free box nearest to the middle along a spiral, now taken; None when there is none."""
        wide = math.ceil((word.total + self.size.small * 0.5) / self.cell)
        high = math.ceil(word.size * 1.16 / self.cell)
        mask = (1 << wide) - 1
        first = max((seed for box, seed in self.seeds if box[0] <= wide and box[1] <= high), default=0)
        for seed, (x, y) in enumerate(_sunflower()[first:], first):
            left = round((self.columns - wide) / 2 + x)
            top = round(y * self.flat - high / 2)
            if left < 0 or left + wide > self.columns:
                continue
            here = mask << left
            if all(not self.taken.get(row, 0) & here for row in range(top, top + high)):
                for row in range(top, top + high):
                    self.taken[row] = self.taken.get(row, 0) | here
                self.seeds.append(((wide, high), seed))
                return left, top, left + wide, top + high
        self.seeds.append(((wide, high), SEEDS))
        return None

    def _write(self, word: _Word, x: float, y: float) -> None:
        small = self.size.small
        colour = self.theme.words[zlib.crc32(word.text.encode()) % len(self.theme.words)]
        middle = y + word.size * 0.58
        x += small * 0.25
        self.canvas.text((x, middle), word.text, size=word.size, fill=colour, bold=word.bold)
        at = (x + word.wide + small * 0.2, middle + word.size * 0.36 - small * 0.36)
        self.canvas.text(at, f"{word.count:,}", size=small, fill=self.theme.soft)
