"""A round's card, posted once, pinned where we may, and edited in place within Telegram's limits."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.handlers.common.places import Place
from bot.handlers.common.recent import Recent
from bot.handlers.rounds.card_view import Card, card_of, name_of
from bot.handlers.rounds.post_once import owed
from bot.seminar.records import Round
from db.discussion.bot_messages import PATIENCE

SECONDS_BETWEEN_EDITS = 6  # ten a minute: Telegram allows a group 20 messages a minute, answers need some
log = logging.getLogger(__name__)


@dataclass
class DrawnCards:
    """The cards of open rounds: as last drawn, when edited, and which are redrawn later. By round."""

    drawn: dict[int, tuple[int, Card]] = field(default_factory=dict)  # with the message's number
    edited: Recent = field(default_factory=Recent)
    waiting: dict[int, asyncio.Task[None]] = field(default_factory=dict)


async def post(place: Place, opened: Round, *, patience: timedelta = PATIENCE) -> bool:
    """Post the card of a round, unless somebody else is about to; remember which one it is; pin it.

    Returns False where Telegram refuses it. Then the round waits: nothing is logged of who was not told.
    """
    since: datetime | None = None
    try:
        with owed(place, opened.id, "card", patience=patience) as line:
            if line is None:
                return True
            since = line.made_at if opened.card_message_id is None else None
            card = card_of(place, opened)
            number = (await place.post(*card)).message_id
            _cards(place).drawn[opened.id] = (number, card)
            with place.store.writing():
                place.store.bot_messages.note_sent(line.id, place.seminar.chat_id, number, at=place.now)
                place.store.rounds.set_card(opened.id, number, untold_since=since)
    except (Forbidden, BadRequest) as error:
        log.warning("a card was refused, the round waits: %s", type(error).__name__)
        place.store.rounds.lose_card(opened.id, untold_since=since)
        await _tell_opener(place, opened)
        return False
    await place.pin(number)
    return True


async def post_anew(place: Place, opened: Round) -> None:
    """Post a card where the old one is out of reach."""
    place.store.bot_messages.owe(opened.id, "card", at=place.now)
    await post(place, opened)


async def _tell_opener(place: Place, opened: Round) -> None:
    """Tell whoever opened the round, in private, that it waits; who never started us cannot be told."""
    opener = place.store.participants.opener(opened.id)
    if opener is None or opener.telegram_id < 0:
        return
    text = place.say("round.card_refused", prompt=name_of(place, opened), group=place.seminar.title)
    try:
        await place.bot.send_message(opener.telegram_id, text)
    except TelegramError as error:
        log.info("nobody was told that a round waits: %s", type(error).__name__)


async def refresh(place: Place, round_id: int) -> None:
    """Bring the card up to date: now if it was not edited lately, else once, a little later."""
    cards = _cards(place)
    if round_id in cards.waiting:
        return
    seconds = cards.edited.claim(round_id, place.now, SECONDS_BETWEEN_EDITS)
    if seconds == 0:
        await draw(place, round_id)
    else:
        cards.waiting[round_id] = asyncio.create_task(_later(place, round_id, seconds))


async def draw(place: Place, round_id: int) -> None:
    """Edit the card to what the store says now, unless it says so already.

    Where that fails, what comes after it happens all the same, and the log says so.
    """
    shown, drawn = place.store.rounds.by_id(round_id), _cards(place).drawn
    if shown is None or shown.card_message_id is None:
        return
    number, card = now = shown.card_message_id, card_of(place, shown)
    if drawn.get(round_id) == now:
        return
    try:
        await place.edit(number, *card)
    except (Forbidden, BadRequest) as error:
        drawn[round_id] = now  # refused for good, as by who threw us out: once is enough
        log.warning("a card was not drawn: %s", type(error).__name__)
    except TelegramError as error:
        log.warning("a card was not drawn: %s", type(error).__name__)
    else:
        drawn[round_id] = now


def is_drawn(place: Place, round_id: int) -> bool:
    """Return whether we have drawn the card since the start."""
    return round_id in _cards(place).drawn


def stop_waiting(place: Place, round_id: int) -> None:
    """Do not redraw the card later: it is about to be drawn for the last time."""
    waiting = _cards(place).waiting.pop(round_id, None)
    if waiting is not None:
        waiting.cancel()


def forget(place: Place, round_id: int) -> None:
    """Forget how the card of a closed round was drawn."""
    _cards(place).drawn.pop(round_id, None)


async def keep_current(place: Place, shown: Round) -> None:
    """Redraw the card if time has made what it says untrue, or we died over drawing it.

    What was drawn last is remembered; after a restart nothing is.
    """
    _, card = _cards(place).drawn.get(shown.id, (0, None))
    if card is None or card.text != card_of(place, shown).text:
        await refresh(place, shown.id)


def _cards(place: Place) -> DrawnCards:
    return place.services.memory(DrawnCards)


async def _later(place: Place, round_id: int, seconds: float) -> None:
    cards = _cards(place)
    try:
        await place.services.pause(seconds)
    finally:  # before drawing: a press that comes while we draw asks for another drawing
        cards.waiting.pop(round_id, None)
    cards.edited.claim(round_id, place.now, 0)
    await draw(place, round_id)  # nobody waits for this task; the next press draws again
