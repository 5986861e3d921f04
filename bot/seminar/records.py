"""What a seminar is made of: frozen records that pass between rooms. Times are aware UTC datetimes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Moment = Literal["before", "after"]
Consent = Literal["yes", "no"] | None  # None: has not said anything yet
Visibility = Literal["open", "post_first", "relay"]
Facilitation = Literal["off", "quiet", "lively"]
Counts = Literal["hidden", "shown"]
STEPS = (1, 2, 3, 4, 5)  # 1 strongly disagrees … 5 strongly agrees


@dataclass(frozen=True)
class Person:
    """Somebody we met; `id` is our own, `telegram_id` stands in the people table only."""

    id: int
    telegram_id: int
    name: str
    username: str = ""


@dataclass(frozen=True)
class Seminar:
    """One group, or one forum topic in it (`thread_id` 0: none), bound to a pack and its settings."""

    id: int
    chat_id: int
    thread_id: int
    title: str
    pack: str
    language: str
    consent_rule: Literal["notice", "explicit"] = "notice"
    retention_days: int = 180
    timezone: str | None = None  # None: the house's own
    alias_mode: Literal["readable", "code"] = "readable"
    visibility: Visibility = "open"  # of rounds, unless the teacher chooses another
    facilitation: Facilitation = "quiet"  # likewise


@dataclass(frozen=True)
class Terms:
    """How a round is to be held."""

    minutes: int = 0  # how long; 0: until somebody closes it
    stance_on: bool = True  # whether the card asks for stances
    counts: Counts = "hidden"  # whether others' stances are seen before one has chosen oneself
    visibility: Visibility = "open"  # post_first: collected privately, revealed together; relay: under masks
    facilitation: Facilitation = "quiet"


@dataclass(frozen=True)
class Round:
    """A prompt opened in a seminar, until it is closed."""

    id: int
    seminar_id: int
    prompt_slug: str  # empty when the teacher wrote it
    prompt_text: str
    opened_at: datetime
    closed_at: datetime | None = None
    card_message_id: int | None = None
    number: int = 1  # 1 for a seminar's first round
    asked_again_at: datetime | None = None  # stances chosen from then on are "after"
    ends_at: datetime | None = None
    reveal_at: datetime | None = None  # post first: when the answers are shown, if nobody does so before
    revealed_at: datetime | None = None
    stance_on: bool = True
    counts: Counts = "hidden"
    visibility: Visibility = "open"
    facilitation: Facilitation = "quiet"

    @property
    def collects(self) -> bool:
        """Whether answers are collected in private now, to be shown together later."""
        return self.visibility == "post_first" and self.revealed_at is None


@dataclass(frozen=True)
class Remark:
    """One logged message of a round, in one of its versions (1 is the first, edits count up)."""

    chat_id: int
    message_id: int
    version: int
    round_id: int
    person_id: int
    alias: str
    sent_at: datetime
    text: str
    kind: str = "text"  # text, photo, voice, document, inline … (captions are the text)
    reply_to_message_id: int | None = None
    via: Literal["group", "answer", "relay"] = "group"  # how it came: openly, collected first, or masked

    @property
    def speaker(self) -> str:
        """As whom the words were said; openly and under a mask, one person counts as two."""
        return self.alias or f"#{self.person_id}"

    @property
    def own(self) -> bool:
        """Whether the words are the writer's own: not chosen from what a bot offers in inline mode."""
        return self.kind != "inline"


@dataclass(frozen=True)
class Stance:
    """A participant's position on a round's prompt."""

    round_id: int
    person_id: int
    alias: str
    moment: Moment
    step: int
    chosen_at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Question:
    """What somebody asked the bot, what it answered, and whether that helped (None: did not say)."""

    id: int
    seminar_id: int | None  # None in a private chat
    alias: str
    asked_at: datetime
    text: str
    answered: bool
    snippets: tuple[str, ...]
    score: float
    tier: str
    helped: bool | None = None


@dataclass(frozen=True)
class BotMessage:
    """One message of ours in a round: owed until it was sent. A reply to it is a remark."""

    id: int
    round_id: int
    kind: str  # card, again, reveal, summary, relay, move …
    made_at: datetime
    message_id: int | None = None


@dataclass(frozen=True)
class Draft:
    """A round that a teacher is putting together; without words it waits for the teacher's own."""

    id: int
    seminar_id: int
    prompt_slug: str
    prompt_text: str
    terms: Terms
    message_id: int | None = None


@dataclass(frozen=True)
class Schedule:
    """A prompt that will be posted at a time, once or weekly (`weekday` 0 is Monday; None: once)."""

    id: int
    seminar_id: int
    prompt_slug: str  # empty with an empty text: whatever is next in the plan
    prompt_text: str
    minutes: int
    weekday: int | None
    clock: str  # 09:00, in the seminar's time zone
    due_at: datetime
    made_by: int | None = None
