"""Post first: what everybody wrote in private is shown together."""

from datetime import timedelta
from html import escape

from bot.context import Context, Refusal
from bot.handlers.common import admins
from bot.handlers.common.buttons import pressed_round
from bot.handlers.common.places import Place, here
from bot.handlers.rounds import cards
from bot.handlers.rounds.card_view import name_of
from bot.handlers.rounds.post_once import owed
from bot.seminar.records import Round
from bot.speech import Markup, pieces
from db.discussion.bot_messages import PATIENCE


async def press_reveal(context: Context) -> None:
    """Show the answers now; the second of two admins is told that it is done."""
    await admins.only(context)
    shown = pressed_round(context)
    if not context.store.private_answers.reveal(shown.id, at=context.now):
        raise Refusal("toast.already_closed" if shown.closed_at else "toast.already_revealed")
    await context.toast(context.plain("toast.revealed"))
    await post(here(context), shown)


async def post(place: Place, shown: Round, *, patience: timedelta = PATIENCE) -> None:
    """Post the answers, each with its writer's name, as few messages as hold them."""
    with owed(place, shown.id, "reveal", patience=patience) as line:
        if line is None:
            return
        await cards.draw(place, shown.id)
        answers = place.store.private_answers.revealed(shown.id)
        head = place.say(
            "reveal.head" if answers else "reveal.nobody", prompt=name_of(place, shown), count=len(answers)
        )
        said = [Markup(f"<b>{escape(name)}</b>\n{escape(words)}") for name, words in answers]
        for part in pieces("\n\n".join([head, *said])):
            sent = await place.post(part)
            place.store.bot_messages.note(
                shown.id, "reveal", place.seminar.chat_id, sent.message_id, place.now
            )
        place.store.bot_messages.note_sent(line.id, place.seminar.chat_id, sent.message_id, at=place.now)
