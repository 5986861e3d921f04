"""What happens by the clock. Each function is a watch of bot/watches.py: asked every few seconds.

Everything is read from the store and claimed there before it is done, so it happens once, whatever restarts
in between and whoever else looks at the same clock. Late rules, where we were off at the time:

- A round whose time is over ends when we are back; one that should have revealed or asked again does so then,
  unless its end has come too.
- A scheduled prompt is posted up to three hours late. After that it is not: the group is told, with a button
  to begin it now; a weekly one goes on next week, and several weeks missed count as one.
- A scheduled prompt finds a round open: one that is twelve hours old or older ends first, with its summary; a
  younger one is not interrupted, and the prompt waits for its end, at most those three hours.
- A line of ours that was owed when we died (a card, a summary) is sent within a minute, for three hours.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial

from structlog.contextvars import bound_contextvars
from telegram.error import TelegramError

from bot.context import House
from bot.handlers.common.buttons import labelled
from bot.handlers.common.places import Place, there
from bot.handlers.rounds import ask_again, cards, close, reveal, summary
from bot.handlers.rounds.card_view import name_of
from bot.seminar.prompts import fitting_next, planned_next, terms_for
from bot.seminar.records import Round, Schedule, Terms
from bot.seminar.round_times import OLD_ROUND, TOO_LATE, asks_again_at
from bot.seminar.schedule_dates import next_weekly, read_clock
from db.core.errors import RoundOpen

Work = Callable[[Place], Awaitable[None]]
log = logging.getLogger(__name__)


async def rounds_due(house: House, now: datetime) -> None:
    """End, reveal and ask again where it is time, and let cards tell the time that is left."""
    await _side_by_side(
        house,
        [
            (shown.seminar_id, partial(_look_at, shown=shown, now=now))
            for shown in house.bot_data.store.rounds.all_open()
        ],
    )


async def lines_owed(house: House, now: datetime) -> None:
    """Send what was owed when somebody died over it."""
    store = house.bot_data.store
    lines = store.bot_messages.all_owed(now=now, not_before=now - TOO_LATE)
    found = [(line.kind, store.rounds.by_id(line.round_id)) for line in lines]
    await _side_by_side(
        house,
        [
            (shown.seminar_id, partial(_send, kind=kind, shown=shown))
            for kind, shown in found
            if shown is not None and kind in SENDERS
        ],
    )


async def schedules_due(house: House, now: datetime) -> None:
    """Post the prompts whose time has come."""
    schedules = house.bot_data.store.schedules.due(now)
    await _side_by_side(house, [(due.seminar_id, partial(_post, due=due, now=now)) for due in schedules])


SENDERS: dict[str, Callable[[Place, Round], Awaitable[object]]] = {
    "card": cards.post,
    "again": ask_again.post,
    "reveal": reveal.post,
    "summary": summary.post,
}


async def _send(place: Place, kind: str, shown: Round) -> None:
    await SENDERS[kind](place, shown)


async def _side_by_side(house: House, works: Iterable[tuple[int, Work]]) -> None:
    """Do what is due in each seminar in order; a group that Telegram makes wait holds up no other."""
    by_seminar: dict[int, list[Work]] = {}
    for seminar_id, work in works:
        by_seminar.setdefault(seminar_id, []).append(work)
    await asyncio.gather(*(_in_order(house, seminar_id, due) for seminar_id, due in by_seminar.items()))


async def _in_order(house: House, seminar_id: int, works: list[Work]) -> None:
    for work in works:
        async with _place(house, seminar_id) as place:
            await work(place)


@asynccontextmanager
async def _place(house: House, seminar_id: int) -> AsyncIterator[Place]:
    """Give a seminar's place; what goes wrong in one must not hold up the others."""
    seminar = house.bot_data.store.seminars.by_id(seminar_id)
    if seminar is None:
        raise LookupError(f"there is no seminar {seminar_id}")
    with bound_contextvars(seminar=seminar_id, chat=house.bot_data.store.reference(seminar.chat_id)):
        try:
            yield there(house, seminar)
        except TelegramError as error:
            log.warning("not done by the clock: %s", type(error).__name__)
        except Exception:  # a fault of ours: the next seminar is looked at all the same
            log.exception("not done by the clock")


async def _look_at(place: Place, shown: Round, now: datetime) -> None:
    store = place.store
    asks_at = asks_again_at(shown)
    if shown.ends_at is not None and now >= shown.ends_at:
        if store.rounds.close(shown.id, by=None, at=now):
            await close.finish(place, shown)
        return
    if (
        shown.reveal_at is not None
        and now >= shown.reveal_at
        and store.private_answers.reveal(shown.id, at=now)
    ):
        await reveal.post(place, shown)
    if asks_at is not None and now >= asks_at and store.rounds.ask_again(shown.id, at=now):
        await ask_again.post(place, _fresh(place, shown))
    drawn = cards.is_drawn(place, shown.id)
    if shown.card_message_id is not None and (shown.ends_at is not None or not drawn):
        await cards.keep_current(place, _fresh(place, shown))


def _fresh(place: Place, shown: Round) -> Round:
    return place.store.rounds.by_id(shown.id) or shown


async def _post(place: Place, due: Schedule, now: datetime) -> None:
    store = place.store
    running = store.rounds.open_of(place.seminar.id)
    if now - due.due_at > TOO_LATE:
        if store.schedules.claim(due, next_at=_next(place, due, now)):
            await _tell_missed(place, due)
        return
    if running is not None and now - running.opened_at < OLD_ROUND:
        return
    due = _with_prompt(place, due)
    if not due.prompt_text:
        if store.schedules.claim(due, next_at=_next(place, due, now)):
            await place.post(place.say("schedule.nothing_left"))
        return
    opened = _open(place, due, running, now)
    if opened is None:
        return
    if running is not None:
        await close.finish(place, _fresh(place, running))
    await cards.post(place, opened)


def _open(place: Place, due: Schedule, running: Round | None, now: datetime) -> Round | None:
    """Claim, close what is running and open in one transaction; None when somebody else was quicker."""
    store = place.store
    try:
        with store.writing():
            if not store.schedules.claim(due, next_at=_next(place, due, now)):
                return None
            if running is not None:
                store.rounds.close(running.id, by=None, at=now)
            return store.rounds.open(
                place.seminar.id,
                prompt_slug=due.prompt_slug,
                prompt_text=due.prompt_text,
                opened_by=due.made_by,
                at=now,
                terms=_terms(place, due),
            )
    except RoundOpen:  # opened this moment: the claim is undone, the prompt waits for that round's end
        return None


def _next(place: Place, due: Schedule, now: datetime) -> datetime | None:
    if due.weekday is None:
        return None
    return next_weekly(due.weekday, read_clock(due.clock), now, place.zone)


def _terms(place: Place, due: Schedule) -> Terms:
    return replace(terms_for(place.seminar, place.pack, due.prompt_slug), minutes=due.minutes)


def _with_prompt(place: Place, due: Schedule) -> Schedule:
    """Return the schedule with its prompt: as scheduled, else the plan's next, else what fits, or none."""
    if due.prompt_text:
        return replace(due, prompt_slug="")
    pack, past = place.pack, place.store.rounds.of(place.seminar.id)
    used = {one.prompt_slug for one in past}
    planned = place.store.plans.of(place.seminar.id)
    chosen = pack.prompt(due.prompt_slug) if due.prompt_slug else planned_next(pack, planned, used)
    if chosen is None and not due.prompt_slug:
        last = past[-1].prompt_slug if past else ""
        chosen = next(iter(fitting_next(pack, last, used, planned)), None)
    if chosen is None:
        return replace(due, prompt_slug="")
    return replace(due, prompt_slug=chosen.slug, prompt_text=place.shown(chosen.text))


async def _tell_missed(place: Place, due: Schedule) -> None:
    due = _with_prompt(place, due)
    if not due.prompt_text:
        return
    draft = place.store.drafts.add(
        place.seminar.id,
        slug=due.prompt_slug,
        text=due.prompt_text,
        terms=_terms(place, due),
        at=place.now,
    )
    said = place.say(
        "schedule.missed",
        when=f"{place.local(due.due_at):%m/%d %H:%M}",
        prompt=name_of(place, draft),
    )
    await place.post(said, [[labelled(place, "button.begin", "begin", draft.id)]])
