"""What a report tells. Everybody appears under an alias; whoever fills these in sees to that."""

from dataclasses import dataclass

from bot.pages.charts.cloud import Cloud
from bot.pages.charts.evidence import Evidence
from bot.pages.charts.moves import Moves
from bot.pages.charts.network import Network
from bot.pages.charts.participation import Participation
from bot.pages.charts.stances import Stances
from bot.pages.charts.timeline import Timeline


@dataclass(frozen=True)
class Figure:
    """A number at a glance, written out, with what it counts."""

    value: str
    name: str


@dataclass(frozen=True)
class RoundNumbers:
    """One round beside the others."""

    name: str  # 第 1 輪
    prompt: str
    people: int
    remarks: int
    minutes: int
    gini: float
    before: str  # the mean stance, or a dash
    after: str
    moved: int


@dataclass(frozen=True)
class Asked:
    """A question to the bot, and what became of it."""

    text: str
    times: int
    answered: bool
    helped: int = 0
    unhelped: int = 0


@dataclass(frozen=True)
class Facilitation:
    """A facilitating line of the bot or the teacher, and what followed it, in words."""

    at: str
    line: str
    followed: str


@dataclass(frozen=True)
class Excerpt:
    """A remark worth reading again."""

    text: str
    alias: str
    at: str
    round_name: str = ""


@dataclass(frozen=True)
class Report:
    """Everything in one report; sections without data are left out, but for the glance."""

    title: str
    reading: str  # title and author of the reading
    held: str  # when and how long, written out
    figures: tuple[Figure, ...] = ()
    rounds: tuple[RoundNumbers, ...] = ()
    stances: Stances | None = None
    moves: tuple[Moves, ...] = ()
    participation: Participation | None = None
    network: Network | None = None
    rhythm: tuple[Timeline, ...] = ()
    words: Cloud | None = None
    evidence: Evidence | None = None
    questions: tuple[Asked, ...] = ()
    facilitation: tuple[Facilitation, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
