"""A round opens: on a teacher's word, or because its time has come."""

from datetime import timedelta

from bot.context import Context
from bot.handlers.common import admins
from bot.handlers.common.buttons import labelled
from bot.handlers.common.places import Place, here
from bot.handlers.common.reply import reply
from bot.handlers.rounds import cards
from bot.handlers.rounds.card_view import name_of
from bot.seminar.records import Terms
from db.core.errors import RoundOpen

AT_ONCE = timedelta()


async def open_round(context: Context, *, slug: str, text: str, terms: Terms) -> bool:
    """Open a round and post its card; False when one was open already.

    An open round without a card is one that we died over: its card is posted now, and that is all.
    """
    place = here(context)
    try:
        opened = context.store.rounds.open(
            place.seminar.id,
            prompt_slug=slug,
            prompt_text=text,
            opened_by=context.person.id,
            at=context.now,
            terms=terms,
        )
    except RoundOpen:
        await _mend(place)
        return False
    if await cards.post(place, opened):
        await admins.warn_if_deaf(context)
    return True


async def still_open(context: Context) -> bool:
    """Say so if a round is open, with a button to close it; return whether one is."""
    place = here(context)
    running = context.store.rounds.open_of(place.seminar.id)
    if running is None:
        return False
    await _mend(place)
    text = context.say("discuss.still_open", number=running.number, prompt=name_of(place, running))
    await reply(context, text, [[labelled(context, "button.close", "close", running.id)]])
    return True


async def _mend(place: Place) -> None:
    running = place.store.rounds.open_of(place.seminar.id)
    if running is None or running.card_message_id is not None:
        return
    if place.store.bot_messages.owed(running.id, "card") is None:  # given up, as we had been thrown out
        place.store.bot_messages.owe(running.id, "card", at=place.now)
    await cards.post(place, running, patience=AT_ONCE)
