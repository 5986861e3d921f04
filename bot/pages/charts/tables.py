"""What a chart shows, as a table: for the report, for screen readers, for spreadsheets."""

from dataclasses import dataclass
from typing import Protocol

from bot.pages.charts.labels import Labels
from bot.pages.charts.themes import Look

Cell = str | int | float


@dataclass(frozen=True)
class Table:
    """Rows under headers; the first cell of a row names it. Text is as it came, not yet escaped."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Chart(Protocol):
    """What every chart can do."""

    @property
    def title(self) -> str:
        """What stands above it."""

    @property
    def subtitle(self) -> str:
        """What stands beneath the title; may be empty."""

    def svg(self, look: Look) -> str:
        """Return the drawing: one self-contained <svg> element."""

    def table(self, labels: Labels) -> Table:
        """Return the numbers in full, those too that the drawing sums up."""
