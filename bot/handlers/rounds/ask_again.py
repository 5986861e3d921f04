"""Stances are asked for once more: by the teacher, or by the clock shortly before a round's end."""

from datetime import timedelta

from bot.context import Context, Refusal
from bot.handlers.common import admins
from bot.handlers.common.buttons import pressed_round, round_here
from bot.handlers.common.places import Place, here
from bot.handlers.rounds import cards
from bot.handlers.rounds.card_view import name_of, stance_counts, stance_rows, time_left
from bot.handlers.rounds.post_once import owed
from bot.seminar.records import Round
from bot.speech import Markup
from db.discussion.bot_messages import PATIENCE


async def ask_again(context: Context) -> None:
    """Ask the class for their stances once more: from now on they are "after"."""
    await admins.only(context)
    asked = pressed_round(context)
    if not asked.stance_on:
        raise Refusal("toast.stale")
    if not context.store.rounds.ask_again(asked.id, at=context.now):
        closed = asked.closed_at is not None
        raise Refusal("toast.already_closed" if closed else "toast.already_again")
    await context.toast(context.plain("toast.asked_again"))
    await post(here(context), round_here(context, asked.id))


async def post(place: Place, asked: Round, *, patience: timedelta = PATIENCE) -> None:
    """Post the question, unless somebody else is about to, and let the card say so too."""
    with owed(place, asked.id, "again", patience=patience) as line:
        if line is None:
            return
        await cards.draw(place, asked.id)
        time = time_left(place, asked)
        why = "" if asked.visibility == "relay" else place.say("round.why")  # a reason would be said openly
        text = place.say(
            "round.again",
            prompt=name_of(place, asked),
            time=Markup(f"\n{time}" if time else ""),
            reason=Markup(f"\n{why}" if why else ""),
        )
        sent = await place.post(text, stance_rows(place, asked, stance_counts(place, asked)))
        place.store.bot_messages.note_sent(line.id, place.seminar.chat_id, sent.message_id, at=place.now)
