"""The colours of charts, boards and reports, all of them, and which of them read well on which."""

from collections.abc import Mapping
from dataclasses import dataclass

SHARE_OF_CHANNEL = 255
LINEAR_BELOW = 0.04045  # where sRGB stops being linear, as WCAG 2.2 defines relative luminance
STEPS = ("#a5531a", "#e7a965", "#d5d8dc", "#7eb2de", "#1f66ab")
DARK_INK, LIGHT_INK = "#15202b", "#ffffff"


@dataclass(frozen=True)
class Theme:
    """Colours as #rrggbb. Text on paper, and on each fill, has a contrast of at least 4.5; edges have 3."""

    name: str
    paper: str
    track: str  # the empty part of a bar, an empty tile
    band: str  # every other phase of a timeline
    grid: str
    ink: str
    soft: str  # secondary text
    strong: str  # the main fill
    strong_edge: str
    light: str  # its lighter sibling
    light_edge: str
    warm: str  # text and lines that stand apart: means, the Gini coefficient
    steps: tuple[str, str, str, str, str]  # strongly disagrees … strongly agrees
    edges: tuple[str, str, str, str, str]  # the outlines of the steps, where a fill alone is too faint
    words: tuple[str, ...]


LIGHT = Theme(
    name="light",
    paper="#ffffff",
    track="#eef2f5",
    band="#e7eef6",
    grid="#d5dbe1",
    ink=DARK_INK,
    soft="#4a5765",
    strong=STEPS[4],
    strong_edge=STEPS[4],
    light=STEPS[3],
    light_edge="#4a8ac2",
    warm="#9a4a12",
    steps=STEPS,
    edges=("#a5531a", "#b87a30", "#868f99", "#4a8ac2", "#1f66ab"),
    words=("#1f66ab", "#9a4a12", "#17704f", "#5d4791", "#0b6470", "#123f73"),
)
DARK = Theme(
    name="dark",
    paper="#16202b",
    track="#243140",
    band="#1f2c3a",
    grid="#374655",
    ink="#f2f5f8",
    soft="#b6c1cc",
    strong="#6fb1f0",
    strong_edge="#6fb1f0",
    light="#3f6f9f",
    light_edge="#6f9dca",
    warm="#f3b27a",
    steps=STEPS,
    edges=("#d98a4c", "#e7a965", "#d5d8dc", "#7eb2de", "#5b9edd"),
    words=("#8cc4ff", "#f3b27a", "#7fdcb4", "#cbb6ff", "#7fd6e0", "#c3d9ee"),
)

# What the pages call their colours. A board is read from the last row, on a ground that is darker than a
# chart's paper (in the dark: lighter): soft and warm stand out from it more than on a chart.
BOARD = {
    "paper": (LIGHT.track, "#0c131a"),
    "panel": (LIGHT.paper, DARK.paper),
    "ink": (LIGHT.ink, DARK.ink),
    "soft": ("#44515e", "#bcc7d2"),
    "accent": (LIGHT.strong, DARK.words[0]),
    "warm": ("#8f430f", DARK.warm),
    "line": ("#7c8894", "#8794a1"),
}
REPORT = {
    "paper": LIGHT.paper,
    "ink": LIGHT.ink,
    "soft": LIGHT.soft,
    "line": LIGHT.grid,
    "track": LIGHT.track,
    "pale": "#f4f8fb",  # behind what somebody said
    "blue": LIGHT.strong,
    "warm": LIGHT.warm,
}


def board_css() -> str:
    """Return the board's colours as variables of a style sheet, each for light and dark."""
    return _variables({name: f"light-dark({light}, {dark})" for name, (light, dark) in BOARD.items()})


def report_css() -> str:
    """Return the report's colours as variables of a style sheet."""
    return _variables(REPORT)


def _variables(colours: Mapping[str, str]) -> str:
    return ":root{" + ";".join(f"--{name}:{colour}" for name, colour in colours.items()) + "}"


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb as WCAG 2.2 defines it, 0.0-1.0."""
    channels = (int(colour[start : start + 2], 16) / SHARE_OF_CHANNEL for start in (1, 3, 5))
    linear = [c / 12.92 if c <= LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1.0-21.0."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(fill: str) -> str:
    """Return the ink, dark or white, that reads better on that fill."""
    return max((DARK_INK, LIGHT_INK), key=lambda ink: contrast(ink, fill))
