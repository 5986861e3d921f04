"""A round's card, posted once, pinned where we may, and edited in place within Telegram's limits."""

import asyncio
import logging
from datetime import timedelta

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.handlers.common.places import Place
from bot.handlers.rounds.card_view import rows_of, text_of
from bot.handlers.rounds.post_once import owed
from bot.seminar.records import Round
from db.discussion.bot_messages import PATIENCE

SECONDS_BETWEEN_EDITS = 6  # ten a minute: Telegram allows a group 20 messages a minute, answers need some
log = logging.getLogger(__name__)


async def post(place: Place, opened: Round, *, patience: timedelta = PATIENCE) -> None:
    """Post the card of a round, unless somebody else is about to; remember which one it is; pin it."""
    with owed(place, opened.id, "card", patience=patience) as line:
        if line is None:
            return
        text, rows = text_of(place, opened), rows_of(place, opened)
        card = await place.post(text, rows)
        place.desk.faces[opened.id] = (card.message_id, text, rows)
        with place.store.writing():
            place.store.bot_messages.note_sent(line.id, place.seminar.chat_id, card.message_id, at=place.now)
            place.store.rounds.set_card(opened.id, card.message_id)
        await place.pin(card.message_id)


async def post_anew(place: Place, opened: Round) -> None:
    """Post a card where the old one is out of reach."""
    place.store.bot_messages.owe(opened.id, "card", at=place.now)
    await post(place, opened)


async def refresh(place: Place, round_id: int) -> None:
    """Bring the card up to date: now if it was not edited lately, else once, a little later."""
    desk, key = place.desk, ("card", round_id)
    if round_id in desk.waiting_cards:
        return
    seconds = desk.recent.wait(key, place.now, SECONDS_BETWEEN_EDITS)
    if seconds == 0:
        desk.recent.first(key, place.now, SECONDS_BETWEEN_EDITS)
        await try_to_draw(place, round_id)
    else:
        desk.waiting_cards[round_id] = asyncio.create_task(_later(place, round_id, seconds))


async def draw(place: Place, round_id: int) -> None:
    """Edit the card to what the store says now, unless it says so already."""
    shown = place.store.rounds.by_id(round_id)
    if shown is None or shown.card_message_id is None:
        return
    face = shown.card_message_id, text_of(place, shown), rows_of(place, shown)
    if place.desk.faces.get(round_id) == face:
        return
    try:
        await place.edit(*face)
    except (Forbidden, BadRequest):
        place.desk.faces[round_id] = face  # refused for good, as by who threw us out: once is enough
        raise
    place.desk.faces[round_id] = face


async def try_to_draw(place: Place, round_id: int) -> None:
    """Draw the card; where that fails, what comes after it happens all the same, and the log says so."""
    try:
        await draw(place, round_id)
    except TelegramError as error:
        log.warning("a card was not drawn: %s", type(error).__name__)


def forget_waiting(place: Place, round_id: int) -> None:
    """Do not redraw the card later: it is about to be drawn for the last time."""
    waiting = place.desk.waiting_cards.pop(round_id, None)
    if waiting is not None:
        waiting.cancel()


async def keep_current(place: Place, shown: Round) -> None:
    """Redraw the card if time has made what it says untrue, or we died over drawing it.

    What was drawn last is remembered; after a restart nothing is.
    """
    if place.desk.faces.get(shown.id, (0, "", []))[1] != text_of(place, shown):
        await refresh(place, shown.id)


async def _later(place: Place, round_id: int, seconds: float) -> None:
    try:
        await place.desk.pause(seconds)
    finally:  # before drawing: a press that comes while we draw asks for another drawing
        place.desk.waiting_cards.pop(round_id, None)
    place.desk.recent.first(("card", round_id), place.now, 0)
    await try_to_draw(place, round_id)  # nobody waits for this task; the next press draws again
