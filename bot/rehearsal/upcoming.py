"""What the clock will bring next in a rehearsal's seminars: rounds that end, prompts that are due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.seminar.records import Round
from bot.seminar.round_times import asks_again_at
from db.store import Store

Kind = Literal["reveal", "again", "end", "prompt", "move"]
HORIZON = timedelta(days=400)  # further ahead nobody schedules anything


@dataclass(frozen=True)
class Coming:
    """One thing that will be due; `what` is its prompt, empty where the prompt is chosen only then."""

    at: datetime
    kind: Kind
    chat_id: int
    what: str = ""


def coming(store: Store, now: datetime) -> list[Coming]:
    """Return what will be due after `now`, soonest first."""
    found = [each for running in store.rounds.all_open() for each in _of_round(store, running)]
    found += list(_scheduled(store, now))
    return sorted((each for each in found if each.at > now), key=lambda each: each.at)


def _of_round(store: Store, running: Round) -> Iterator[Coming]:
    chat = _chat(store, running.seminar_id)
    moments: list[tuple[Kind, datetime | None]] = [
        ("reveal", None if running.revealed_at else running.reveal_at),
        ("again", None if running.asked_again_at else asks_again_at(running)),
        ("end", running.ends_at),
    ]
    for kind, at in moments:
        if at is not None:
            yield Coming(at, kind, chat, running.prompt_text)
    for move in store.moves.of(running.id):
        if move.state == "waiting":
            yield Coming(move.due_at, "move", chat, move.text)


def _scheduled(store: Store, now: datetime) -> Iterator[Coming]:
    for due in store.schedules.due(now + HORIZON):
        yield Coming(due.due_at, "prompt", _chat(store, due.seminar_id), due.prompt_text)


def _chat(store: Store, seminar_id: int) -> int:
    seminar = store.seminars.by_id(seminar_id)
    return 0 if seminar is None else seminar.chat_id
