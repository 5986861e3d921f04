"""The pictures of a summary: who stood where, who moved, the words said most, the evidence touched."""

from collections.abc import Iterator

from bot.pages.charts.cloud import Cloud
from bot.pages.charts.evidence import Evidence, Group, Piece
from bot.pages.charts.moves import Moves, grid_of
from bot.pages.charts.raster import to_png
from bot.pages.charts.stances import RoundStances, Stances, steps_of
from bot.pages.charts.tables import Chart
from bot.pages.charts.themes import PHONE, Look
from bot.pages.phrases import chart_labels, phrases
from bot.seminar.outcome import Outcome, Picture

FEWEST = 3  # people: fewer are told in words as well
FEWEST_WORDS = 8  # fewer stand in the summary


def draw_outcome(outcome: Outcome, language: str) -> list[Picture]:
    """Return pictures of what a round came to; none of what there is too little of."""
    look = Look(chart_labels(language), size=PHONE, language=language)
    return [Picture(to_png(chart.svg(look)), chart.title) for chart in _charts(outcome, language)]


def _charts(outcome: Outcome, language: str) -> Iterator[Chart]:
    said = phrases(language)["outcome"]
    titles = {name: phrase.format(number=outcome.number) for name, phrase in said.items()}
    summary, prompt = outcome.summary, outcome.prompt
    if max(sum(summary.before.values()), sum(summary.after.values())) >= FEWEST:
        counts = RoundStances("", "", steps_of(summary.before), steps_of(summary.after))
        yield Stances(titles["stances"], prompt, (counts,))
    if summary.moved.pairs >= FEWEST:
        yield Moves(titles["moves"], prompt, grid_of(outcome.crossed))
    if len(outcome.words) >= FEWEST_WORDS:
        yield Cloud(titles["words"], prompt, outcome.words)
    if outcome.evidence:
        pieces = tuple(Piece(title, times) for title, times in outcome.evidence)
        yield Evidence(titles["evidence"], prompt, (Group("", pieces),))
