"""The scene that rules look at: a round as it stands at one moment, frozen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from bot.seminar.coverage import NOTHING, Match
from bot.seminar.cues import ReadCues
from bot.seminar.equity import Talk, talk_of
from bot.seminar.moves.records import Kind, Move, Trigger
from bot.seminar.moves.tuning import LIVE, Tuning
from bot.seminar.records import Facilitation, Remark, Stance


@dataclass(frozen=True)
class Heard:
    """What a remark's text alone tells: what its words do, and which part of the reading it is about."""

    said: ReadCues
    match: Match = NOTHING


@dataclass(frozen=True)
class Line:
    """A remark with what was heard in it."""

    remark: Remark
    heard: Heard
    staff: bool = False  # a teacher, or a channel: never asked, but may do a move first

    @property
    def said(self) -> ReadCues:
        """What its words do."""
        return self.heard.said

    @property
    def match(self) -> Match:
        """Which part of the reading it is about."""
        return self.heard.match

    @property
    def trigger(self) -> Trigger:
        """Telegram's numbers of the remark."""
        return Trigger(self.remark.chat_id, self.remark.message_id)

    @property
    def who(self) -> int:
        """Our own id of the person."""
        return self.remark.person_id

    @property
    def at(self) -> datetime:
        """When it was sent."""
        return self.remark.sent_at


@dataclass(frozen=True)
class Scene:
    """A round at a moment."""

    now: datetime
    opened_at: datetime
    lines: Sequence[Line]
    stirred_at: datetime  # the last remark, question or stance
    moves: Sequence[Move] = ()
    stances: Sequence[Stance] = ()  # of the present moment
    sides: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())  # the prompt's evidence: against, for (slugs)
    topic: frozenset[str] = (
        frozenset()
    )  # content words of the question discussed and of the reading's subjects
    follow_ups: int = 0  # how many further questions the prompt has
    present: frozenset[int] = frozenset()  # students who took part in any way and may be written to
    invited: frozenset[int] = frozenset()  # who was invited in this round already
    ends_at: datetime | None = None
    stances_at_end: bool = False  # stances are asked for before the end, which is a wrap-up in itself
    closing: bool = False  # they have been asked for: the discussion is being ended
    facilitation: Facilitation = "quiet"
    tuning: Tuning = LIVE

    @property
    def age(self) -> timedelta:
        """How long the round has been open."""
        return self.now - self.opened_at

    @cached_property
    def students(self) -> list[Line]:
        """What students said."""
        return [line for line in self.lines if not line.staff]

    @cached_property
    def talks(self) -> list[Talk]:
        """How much each student said, those who are silent included."""
        return talk_of((line.remark for line in self.students), self.present)

    @cached_property
    def _places(self) -> dict[Trigger, int]:
        return {line.trigger: place for place, line in enumerate(self.lines)}

    def line(self, trigger: Trigger | None) -> Line | None:
        """Return the remark; None when it is gone (forgotten), or there is none."""
        place = None if trigger is None else self._places.get(trigger)
        return None if place is None else self.lines[place]

    def after(self, trigger: Trigger | None) -> Sequence[Line]:
        """Return what was said after that remark."""
        place = None if trigger is None else self._places.get(trigger)
        return () if place is None else self.lines[place + 1 :]

    def since(self, moment: datetime) -> list[Line]:
        """Return what was said after that moment."""
        return [line for line in self.lines if line.at > moment]

    def recent(self) -> Iterator[Line]:
        """Yield the students' remarks that are fresh enough to be taken up, latest first.

        An answer that was collected in private and shown with others is no message one can reply to. What
        somebody tells of grief or harm is left to people.
        """
        for line in reversed(self.lines):
            if self.now - line.at > self.tuning.fresh:
                return
            if not line.staff and line.remark.message_id > 0 and not line.said.tender:
                yield line

    def made(self, *kinds: Kind) -> list[Move]:
        """Return this round's moves of these kinds, whatever became of them."""
        return [move for move in self.moves if move.kind in kinds]

    def topical(self, line: Line) -> bool:
        """Return whether the remark is about the reading or the question."""
        return line.match.topical or bool(line.match.words & self.topic)

    def touched(self, moment: datetime | None = None) -> frozenset[str]:
        """Return the snippets that anybody touched, after the moment if one is given."""
        lines = self.lines if moment is None else self.since(moment)
        return frozenset(slug for line in lines for slug in line.match.touched)


def replies_to(line: Line, target: Line) -> bool:
    """Return whether one remark is a reply to the other."""
    return line.remark.reply_to_message_id == target.remark.message_id
