"""The pictures of a summary card: where people stood before and after, and which evidence was touched."""

from bot.pages.charts.evidence import Evidence, Group, Piece
from bot.pages.charts.looks import PHONE, Look
from bot.pages.charts.raster import to_png
from bot.pages.charts.stances import Counts, RoundStances, Stances
from bot.pages.wording import chart_labels, phrases
from bot.seminar.outcome import Outcome, Picture
from bot.seminar.records import STEPS

FEWEST = 3  # people: fewer are told in words as well


def draw_outcome(outcome: Outcome, language: str) -> list[Picture]:
    """Return pictures of what a round came to; none of what there is too little of."""
    look = Look(chart_labels(language), size=PHONE, language=language)
    words = phrases(language)["outcome"]
    pictures = []
    summary = outcome.summary
    if max(sum(summary.before.values()), sum(summary.after.values())) >= FEWEST:
        chart = Stances(
            title=words["stances"].format(number=outcome.number),
            subtitle=outcome.prompt,
            rounds=(RoundStances("", "", _counts(summary.before), _counts(summary.after)),),
        )
        pictures.append(Picture(to_png(chart.svg(look)), chart.title))
    if outcome.evidence:
        pieces = tuple(Piece(title, times) for title, times in outcome.evidence)
        drawn = Evidence(
            title=words["evidence"].format(number=outcome.number),
            subtitle=outcome.prompt,
            groups=(Group("", pieces),),
        )
        pictures.append(Picture(to_png(drawn.svg(look)), drawn.title))
    return pictures


def _counts(counts: dict[int, int]) -> Counts:
    one, two, three, four, five = (counts[step] for step in STEPS)
    return one, two, three, four, five
