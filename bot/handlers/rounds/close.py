"""/close: the round ends, and the class sees in numbers what it came to."""

from bot.context import Context, Refusal
from bot.handlers.common import admins
from bot.handlers.common.buttons import labelled, pressed_round
from bot.handlers.common.places import Place, here
from bot.handlers.common.reply import reply
from bot.handlers.rounds import cards, reveal, summary
from bot.seminar.records import Round
from bot.sending.turn import handled_before


async def close(context: Context) -> None:
    """Answer /close: end the open round, or show where the last one's summary is."""
    await admins.only(context)
    seminar = context.group_seminar
    running = context.store.rounds.open_of(seminar.id)
    past = context.store.rounds.of(seminar.id)
    if running is None and past and handled_before():
        running = past[-1]  # we died over this very /close: what it left unsaid is said now
    if running is not None:
        await _close(context, running)
        return
    if not past:
        raise Refusal("round.none_open")
    text = context.say("summary.already", number=past[-1].number)
    await reply(context, text, [[labelled(context, "button.summary", "summary", past[-1].id)]])


async def press_close(context: Context) -> None:
    """End the round whose button was pressed; the second of two admins is told that it is done."""
    await admins.only(context)
    await _close(context, pressed_round(context))


async def show_summary(context: Context) -> None:
    """Post the summary of a closed round once more."""
    await admins.only(context)
    wanted = pressed_round(context)
    if wanted.closed_at is None:
        raise Refusal("toast.stale")
    await context.toast()
    await summary.post_again(here(context), wanted)


async def finish(place: Place, closed: Round) -> None:
    """Tell the class that the round is closed: its card, answers not shown yet, its summary."""
    cards.stop_waiting(place, closed.id)
    await cards.draw(place, closed.id)
    if closed.card_message_id is not None:
        await place.unpin(closed.card_message_id)
    await reveal.post(place, closed)
    await summary.post(place, closed)
    cards.forget(place, closed.id)


async def _close(context: Context, running: Round) -> None:
    closed = context.store.rounds.close(running.id, by=context.person.id, at=context.now)
    if not closed and not handled_before():
        raise Refusal("toast.already_closed")
    await context.toast(context.plain("toast.closed"))
    await finish(here(context), running)
