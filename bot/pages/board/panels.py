"""The charts of a board, drawn to fit the panels of the page that asks: its size, its light, its language."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.answering.word_counts import words
from bot.pack.topics import title_in
from bot.pages.board.snapshot import BoardSnapshot, SnapshotReader
from bot.pages.charts.canvas import Canvas, heading
from bot.pages.charts.chart import Chart, ChartStyle, Size, chart_labels
from bot.pages.charts.cloud import WordCloud
from bot.pages.charts.evidence import EvidenceChart, EvidenceGroup, EvidencePiece
from bot.pages.charts.participation import ParticipationChart
from bot.pages.charts.stances import RoundStances, StanceChart
from bot.pages.palette import DARK, LIGHT
from bot.pages.texts import phrases

EM = 40  # units of a drawing to one em of the page, which is 3.4 % of the screen's height
PANEL = Size("board", 0, 8, 42, 40, EM, 46, 7, 3, rows=16, people=0, words=32, rounds=1, lines=9, terse=True)
FEWEST, MOST = 4, 400  # ems of a panel, either way
MOST_WORDS = 32


@dataclass(frozen=True)
class PanelSizes:
    """How large a page's panels are, in ems, and whether it is dark."""

    panels: Mapping[str, tuple[float, float]]
    dark: bool = False


def panel_sizes(told: Mapping[str, Any]) -> PanelSizes | None:
    """Return what a page says of itself; None: it makes no sense."""
    panels = told.get("panels")
    if not isinstance(panels, dict) or len(panels) > MOST:
        return None
    sizes = {}
    for name, size in panels.items():
        if not isinstance(size, list) or len(size) != 2:  # noqa: PLR2004  width and height
            return None
        if not all(isinstance(side, int | float) and side >= 0 for side in size):
            return None
        sizes[str(name)] = (min(max(float(size[0]), FEWEST), MOST), min(max(float(size[1]), FEWEST), MOST))
    return PanelSizes(sizes, told.get("dark") is True)


def charts(scene: BoardSnapshot, scenes: SnapshotReader, *, stances: bool) -> dict[str, Chart]:
    """Return the charts that there are; `stances`: they may be seen."""
    language = scene.seminar.language
    say = phrases(language)["board"]
    if scene.round is None:
        return {}
    found: dict[str, Chart | None] = {
        "stances": _stances(scene, say["stances"]) if stances else None,
        "words": _words(scene, say["words"]),
        "evidence": _evidence(scene, scenes, say),
        "voices": _voices(scene, say["voices"]),
    }
    return {name: chart for name, chart in found.items() if chart}


def drawn(found: Mapping[str, Chart], fit: PanelSizes, language: str) -> dict[str, str]:
    """Return each chart that the page has a panel for, as large as that panel."""
    return {
        name: fitted(chart, fit.panels[name], dark=fit.dark, language=language)
        for name, chart in found.items()
        if name in fit.panels
    }


def fitted(chart: Chart, panel: tuple[float, float], *, dark: bool, language: str) -> str:
    """Return the drawing with as many rows as the panel (in ems) has room for, the letters as they are."""
    wide, high = (round(side * EM) for side in panel)
    size = replace(PANEL, width=wide)
    look = ChartStyle(chart_labels(language), DARK if dark else LIGHT, size, language)
    under = heading(Canvas(look), chart.title, chart.subtitle)
    cloud = max(0.1, (high - under - size.margin) / size.inner)
    for rows in range(PANEL.rows, 0, -1):
        lines = max(1, min(PANEL.lines, rows))
        fewer = replace(size, rows=max(2, rows), lines=lines, cloud=cloud)
        svg = chart.svg(replace(look, size=fewer))
        if height_of(svg) <= high:
            break
    return svg


def height_of(svg: str) -> float:
    """Return how high a drawing of ours is."""
    return float(svg.partition(' height="')[2].partition('"')[0])


def _stances(scene: BoardSnapshot, title: str) -> StanceChart | None:
    before, after = scene.chosen.before, scene.chosen.after
    if not any(before) and not any(after):
        return None
    one, two = ((c[0], c[1], c[2], c[3], c[4]) for c in (before, after))
    return StanceChart(title, "", (RoundStances("", "", one, two),))


def _words(scene: BoardSnapshot, title: str) -> WordCloud | None:
    if not scene.words:
        return None  # dictionaries are loaded when there is something to read
    counts = words(scene.words, scene.pack, scene.seminar.language)
    often = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST_WORDS]
    telling = tuple((word, times) for word, times in often if times > 1)
    return WordCloud(title, "", telling) if telling else None


def _evidence(scene: BoardSnapshot, scenes: SnapshotReader, say: Mapping[str, str]) -> EvidenceChart | None:
    """Return the prompt's evidence by side, each piece with how many remarks touch it."""
    found = scene.pack.prompt(scene.round.prompt_slug) if scene.round else None
    sides = [(say["for"], found.evidence_for), (say["against"], found.evidence_against)] if found else []
    known = [(name, [slug for slug in slugs if slug in scene.pack.by_slug]) for name, slugs in sides]
    all_slugs = [slug for _, slugs in known for slug in slugs]
    if not all_slugs:
        return None
    counts = scenes.touched(scene, all_slugs) if scene.shown else dict.fromkeys(all_slugs, 0)
    language = scene.seminar.language
    groups = tuple(
        EvidenceGroup(
            name,
            tuple(EvidencePiece(title_in(scene.pack.by_slug[one], language), counts[one]) for one in slugs),
        )
        for name, slugs in known
        if slugs
    )
    return EvidenceChart(say["evidence"], "", groups)


def _voices(scene: BoardSnapshot, title: str) -> ParticipationChart | None:
    """Return how many remarks each made, with aliases only if the teacher wants them."""
    counts: dict[str, int] = {}
    for one in scene.shown:
        counts[one.alias] = counts.get(one.alias, 0) + 1
    return ParticipationChart(title, "", tuple(counts.items()), scene.steering.named) if counts else None
