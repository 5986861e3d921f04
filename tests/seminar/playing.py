"""A class played without Telegram or a store: who says what when; moves are decided every five seconds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from bot.answering.engine import Engine
from bot.answering.library import Library
from bot.config import OUR_PACKS
from bot.pack.model import Prompt
from bot.seminar.coverage import Match, read_remark, subject_words, told_plainly
from bot.seminar.cues import cue_words, read_words
from bot.seminar.moves.decide import decide, due_at
from bot.seminar.moves.records import Kind, Move, Spotted, State, Trigger
from bot.seminar.moves.scene import Heard, Line, Scene
from bot.seminar.records import Facilitation, Remark, Stance

MONDAY_MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
GROUP = -100
TICK = timedelta(seconds=5)
TEACHER = 1


@cache
def engine() -> Engine:
    return Library.open(OUR_PACKS).engine("ai-film")


@cache
def matched(text: str) -> Match:
    return read_remark(engine(), text)


@dataclass
class Played:
    """A round on a prompt of the first reading; `lively` says each move when it is due."""

    facilitation: Facilitation = "lively"
    prompt: str = "main-question"
    ends_after: timedelta | None = None
    settings: dict[str, Any] = field(default_factory=dict)  # further fields of the scene
    now: datetime = MONDAY_MORNING
    lines: list[Line] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    stances: list[Stance] = field(default_factory=list)
    people: dict[str, int] = field(default_factory=lambda: {"老師": TEACHER})
    stirred_at: datetime = MONDAY_MORNING
    invited: frozenset[int] = frozenset()

    def person(self, name: str) -> int:
        return self.people.setdefault(name, len(self.people) + 1)

    def says(self, who: str, text: str, *, to: int | None = None) -> int:
        """Let somebody write; return the message's number."""
        number = len(self.lines) + 1
        remark = Remark(GROUP, number, 1, 1, self.person(who), who, self.now, text, reply_to_message_id=to)
        self.lines.append(Line(remark, Heard(read_words(text), matched(text)), staff=who == "老師"))
        self.stirred_at = self.now
        self.passes(seconds=0)
        return number

    def edits(self, number: int, text: str) -> None:
        line = self.lines[number - 1]
        remark = replace(line.remark, text=text, version=line.remark.version + 1)
        self.lines[number - 1] = replace(line, remark=remark, heard=Heard(read_words(text), matched(text)))

    def stands(self, *steps: int) -> None:
        """Let students called 甲0, 甲1 … choose these steps."""
        for at, step in enumerate(steps):
            self.stances.append(Stance(1, self.person(f"甲{at}"), "", "before", step, self.now))
        self.stirred_at = self.now

    def passes(self, **by: float) -> "Played":
        """Let time pass, deciding as it goes."""
        until = self.now + timedelta(**by)
        while self.now < until:
            self.now = min(until, self.now + TICK)
            self.decides()
        return self

    def decides(self) -> None:
        scene = self.scene()
        decision = decide(scene)
        for move, state, why in decision.over:
            self.settles(move, state, why)
        for move in decision.due:
            if self.facilitation == "lively" or move.audience == "teacher":
                self.settles(move, "posted")
            else:
                self.moves[move.id] = replace(move, state="offered", offered_at=self.now)
        for spotted in decision.begun:
            self.moves.append(
                Move(len(self.moves), 1, spotted, spotted.kind, "waiting", due_at(scene, spotted))
            )
        if any(not spotted_wait(scene, spotted) for spotted in decision.begun):
            self.decides()

    def settles(self, move: Move, state: State, why: str = "") -> None:
        self.moves[move.id] = replace(move, state=state, settled_at=self.now, why=why)

    def scene(self) -> Scene:
        prompt = engine().pack.prompt(self.prompt) or Prompt("", "", "")
        return Scene(
            now=self.now,
            opened_at=MONDAY_MORNING,
            lines=tuple(self.lines),
            stirred_at=self.stirred_at,
            moves=tuple(self.moves),
            stances=tuple(self.stances),
            sides=(
                told_plainly(engine().pack, prompt.evidence_against),
                told_plainly(engine().pack, prompt.evidence_for),
            ),
            topic=(matched(prompt.title + prompt.text).words | subject_words(engine())) - cue_words(),
            follow_ups=len(prompt.follow_ups),
            present=frozenset(set(self.people.values()) - {TEACHER}),
            invited=self.invited,
            ends_at=MONDAY_MORNING + self.ends_after if self.ends_after else None,
            facilitation=self.facilitation,
            **self.settings,
        )

    def made(self, *kinds: Kind, state: State | None = None) -> list[Move]:
        """Return the moves of these kinds (none: of all), in that state if one is given."""
        wanted = (move for move in self.moves if not kinds or move.kind in kinds)
        return [move for move in wanted if state is None or move.state == state]

    def told(self) -> list[tuple[Kind, State, str]]:
        return [(move.kind, move.state, move.why) for move in self.moves]

    def text_of(self, spotted: Spotted) -> str:
        line = self.scene().line(spotted.trigger)
        return line.remark.text if line else ""


def spotted_wait(scene: Scene, spotted: Spotted) -> bool:
    return due_at(scene, spotted) > scene.now


def numbers(moves: Iterable[Move]) -> Sequence[int | None]:
    """Return at which messages the moves are."""
    triggers: list[Trigger | None] = [move.spotted.trigger for move in moves]
    return [trigger.message_id if trigger else None for trigger in triggers]
