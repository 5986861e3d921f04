"""What moves are made of: a move as it is kept, what a rule saw, and the scene that rules look at."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal[
    "press",  # ask for a reason
    "say_more",
    "revoice",  # "do you mean …?", where a remark comes near a snippet
    "challenge",  # ask others whether they agree
    "link",  # two who answer each other without replying
    "evidence",  # of the prompt, that nobody mentioned
    "counter",  # evidence of the other side, where stances lean
    "wake",  # a class that has fallen silent
    "wrap_up",
    "invite",  # who has not spoken, privately
    "slow",  # the teacher is told that somebody carries most of the talk
]
Audience = Literal["group", "students", "teacher"]
State = Literal[
    "waiting",  # a student may do it first
    "offered",  # before the teacher, who has not decided
    "posted",  # said to whom it is for
    "skipped",  # the teacher did not want it
    "cancelled",  # no longer needed (a student did it), or all were stopped: see `why`
    "expired",  # its moment passed
    "undelivered",  # Telegram did not let us say it, such as to a teacher who never opened the private chat
]
OPEN_STATES = frozenset({"waiting", "offered"})
AUDIENCES: dict[Kind, Audience] = {"invite": "students", "slow": "teacher"}  # all others: the group


@dataclass(frozen=True)
class Trigger:
    """The remark that a move is about, by Telegram's numbers."""

    chat_id: int
    message_id: int


@dataclass(frozen=True)
class Spotted:
    """What a rule saw: a move that could be made, from when on, and about what (a slug, a number …)."""

    kind: Kind
    since: datetime  # what students do from then on counts as done first
    trigger: Trigger | None = None
    about: str = ""


@dataclass(frozen=True)
class Move:
    """A move as it is kept."""

    id: int
    round_id: int
    spotted: Spotted
    text: str  # plain text, as it was or would be said
    state: State
    due_at: datetime
    offered_at: datetime | None = None
    settled_at: datetime | None = None  # posted, skipped, cancelled, expired
    why: str = ""  # a word, such as did_it; db/README.md lists them
    message_id: int | None = None  # of ours in the group
    offer_message_id: int | None = None  # of ours in the teacher's private chat

    @property
    def kind(self) -> Kind:
        """What kind of move it is."""
        return self.spotted.kind

    @property
    def audience(self) -> Audience:
        """Whom it is said to."""
        return AUDIENCES.get(self.kind, "group")

    @property
    def open(self) -> bool:
        """Whether it may still be said."""
        return self.state in OPEN_STATES

    @property
    def spoken_at(self) -> datetime | None:
        """When it took somebody's attention; None if it never did."""
        return self.offered_at or (self.settled_at if self.state in {"posted", "undelivered"} else None)
