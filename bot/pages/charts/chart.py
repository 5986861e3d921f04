"""What every chart is: a drawing in a style, and a table of the same numbers."""

from dataclasses import dataclass
from typing import Protocol

from bot.pages.palette import LIGHT, Theme
from bot.pages.texts import phrases

Cell = str | int | float


@dataclass(frozen=True)
class ChartLabels:
    """Phrases with {fields}. A phrase in two forms, "{n} person|{n} people", has the singular first."""

    steps: tuple[str, str, str, str, str]  # strongly disagrees … strongly agrees
    people: str  # {n}
    remarks: str  # {n}
    times: str  # {n}
    replies: str  # {n}
    before: str
    after: str
    mean: str  # {value}
    others: str  # {n}
    shown: str  # {shown} {total}
    gini: str
    gini_note: str
    average: str  # {value} remarks a person
    more_agreeing: str
    more_disagreeing: str
    same: str
    moved: str  # {n} {total}
    minute: str  # {n}
    hour: str  # {n}
    day: str  # {n}
    per: str  # {span}: one bar is …
    touched: str  # {n} {total}
    untouched: str
    touched_key: str
    network_key: str
    unnumbered: str  # {n}: lines without a number
    nobody_spoke: str
    nobody_chose: str
    nobody_replied: str
    no_words: str
    no_evidence: str
    nameless: str  # for a name of which the font can draw nothing
    round_column: str
    moment_column: str
    person_column: str
    remarks_column: str
    time_column: str
    phase_column: str
    from_column: str
    to_column: str
    replies_column: str
    word_column: str
    times_column: str
    evidence_column: str
    group_column: str
    mean_column: str
    people_column: str


def chart_labels(language: str) -> ChartLabels:
    """Return the words on charts; KeyError for a language that we do not speak."""
    words = dict(phrases(language)["charts"])
    return ChartLabels(**(words | {"steps": tuple(words["steps"])}))


def counted(phrase: str, n: int) -> str:
    """Return the phrase with its number, in the singular where the language has one."""
    one, _, many = phrase.partition("|")
    return (one if n == 1 or not many else many).format(n=f"{n:,}")


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


@dataclass(frozen=True)
class ChartStyle:
    """Everything about a drawing that is not its data."""

    labels: ChartLabels
    theme: Theme = LIGHT
    size: Size = PAGE
    language: str = "zh-Hant"


@dataclass(frozen=True)
class ChartTable:
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

    def svg(self, look: ChartStyle) -> str:
        """Return the drawing: one self-contained <svg> element."""

    def table(self, labels: ChartLabels) -> ChartTable:
        """Return the numbers in full, those too that the drawing sums up."""
