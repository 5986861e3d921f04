"""How charts look: two themes, two sizes, one palette that colour-blind readers can tell apart."""

from dataclasses import dataclass

from bot.pages.charts.labels import Labels

SHARE_OF_CHANNEL = 255
LINEAR_BELOW = 0.04045  # where sRGB stops being linear, as WCAG 2.2 defines relative luminance


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


STEPS = ("#a5531a", "#e7a965", "#d5d8dc", "#7eb2de", "#1f66ab")
DARK_INK, LIGHT_INK = "#15202b", "#ffffff"

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
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


@dataclass(frozen=True)
class Size:
    """Measures in the drawing's pixels, and how much is drawn before the rest is summed up."""

    name: str
    width: int
    margin: int
    title: int
    body: int
    small: int  # the smallest text
    bar: int
    gap: int  # between bars
    hair: float  # thin lines
    rows: int  # bars, one below the other
    people: int  # on the circle of the network
    words: int
    rounds: int
    lines: int  # of evidence
    cloud: float = 0.5  # how high a cloud of words is, in widths
    terse: bool = False  # no explanations, and groups side by side: for a panel of the board

    @property
    def inner(self) -> int:
        """The width between the margins."""
        return self.width - 2 * self.margin


PAGE = Size("page", 880, 28, 24, 16, 14, 24, 8, 1.5, rows=100, people=60, words=60, rounds=20, lines=120)
# A photo of 1,080 px shows at a third of its size on a phone: 38 px is then about 13 points.
PHONE = Size(
    "phone", 1080, 48, 60, 42, 38, 68, 18, 3, rows=16, people=16, words=32, rounds=5, lines=20, cloud=0.95
)
SIZES = {size.name: size for size in (PAGE, PHONE)}


@dataclass(frozen=True)
class Look:
    """Everything about a drawing that is not its data."""

    labels: Labels
    theme: Theme = LIGHT
    size: Size = PAGE
    language: str = "zh-Hant"


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
