"""What a seminar is made of: frozen records that pass between rooms. Times are aware UTC datetimes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Moment = Literal["before", "after"]
Consent = Literal["yes", "no"] | None  # None: has not said anything yet
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
    kind: str = "text"  # text, photo, voice, document … (captions are the text)
    reply_to_message_id: int | None = None


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
