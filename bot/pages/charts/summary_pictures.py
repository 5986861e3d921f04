"""The pictures of a summary: who stood where, who moved, the words said most, the evidence touched."""

from collections.abc import Iterator

from bot.pages.charts.canvas import to_png
from bot.pages.charts.chart import PHONE, Chart, ChartStyle, chart_labels
from bot.pages.charts.cloud import WordCloud
from bot.pages.charts.evidence import EvidenceChart, EvidenceGroup, EvidencePiece
from bot.pages.charts.stances import MovementChart, RoundStances, StanceChart, grid_of, steps_of
from bot.pages.texts import phrases
from bot.seminar.summary import Outcome, Picture

FEWEST = 3  # people: fewer are told in words as well
FEWEST_WORDS = 8  # fewer stand in the summary


def draw_summary(outcome: Outcome, language: str) -> list[Picture]:
    """Return pictures of what a round came to; none of what there is too little of."""
    look = ChartStyle(chart_labels(language), size=PHONE, language=language)
    return [Picture(to_png(chart.svg(look)), chart.title) for chart in _charts(outcome, language)]


def _charts(outcome: Outcome, language: str) -> Iterator[Chart]:
    said = phrases(language)["outcome"]
    titles = {name: phrase.format(number=outcome.number) for name, phrase in said.items()}
    summary, prompt = outcome.summary, outcome.prompt
    if max(sum(summary.before.values()), sum(summary.after.values())) >= FEWEST:
        counts = RoundStances("", "", steps_of(summary.before), steps_of(summary.after))
        yield StanceChart(titles["stances"], prompt, (counts,))
    if summary.moved.pairs >= FEWEST:
        yield MovementChart(titles["moves"], prompt, grid_of(outcome.crossed))
    if len(outcome.words) >= FEWEST_WORDS:
        yield WordCloud(titles["words"], prompt, outcome.words)
    if outcome.evidence:
        pieces = tuple(EvidencePiece(title, times) for title, times in outcome.evidence)
        yield EvidenceChart(titles["evidence"], prompt, (EvidenceGroup("", pieces),))
