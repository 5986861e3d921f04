"""A round from the teacher's side: opened, asked again, looked up."""

from bot.context import Context, Refusal
from bot.handlers import admins, cards, setting_up
from bot.handlers.buttons import button, numbers
from bot.handlers.replying import reply
from bot.seminar.records import Round
from db.errors import RoundOpen


def open_here(context: Context) -> Round:
    """Return this seminar's open round.

    Raises:
        Refusal: none is open, or this is a private chat.
    """
    found = context.store.open_round_of(context.group_seminar.id)
    if found is None:
        raise Refusal("round.none_open")
    return found


def pressed_round(context: Context, round_id: int) -> Round:
    """Return the round a button is about, open or closed.

    Raises:
        Refusal: it is not one of this seminar: a button works only where it was posted.
    """
    found = context.store.round(round_id)
    if found is None or found.seminar_id != context.group_seminar.id:
        raise Refusal("toast.stale")
    return found


async def open_round(context: Context, *, slug: str, text: str) -> bool:
    """Open a round and post its card; False when one was open already.

    An open round without a card is one that we died over: its card is posted now, and that is all.
    """
    seminar = context.group_seminar
    try:
        opened = context.store.open_round(
            seminar.id, prompt_slug=slug, prompt_text=text, opened_by=context.person.id, at=context.now
        )
    except RoundOpen:
        running = open_here(context)
        if running.card_message_id is None:
            await cards.post(context, running)
        return False
    await cards.post(context, opened)
    await setting_up.warn_if_deaf(context)
    return True


async def still_open(context: Context) -> bool:
    """Say so if a round is open, with a button to close it; return whether one is."""
    running = context.store.open_round_of(context.group_seminar.id)
    if running is None:
        return False
    if running.card_message_id is None:
        await cards.post(context, running)
    text = context.say("discuss.still_open", number=running.number, prompt=cards.name_of(context, running))
    await reply(context, text, [[button(context.plain("button.close"), "close", running.id)]])
    return True


async def ask_again(context: Context) -> None:
    """Ask the class for their stances once more: from now on they are "after"."""
    await admins.only(context)
    asked = pressed_round(context, *numbers(context, 1))
    if not context.store.ask_again(asked.id, at=context.now):
        closed = asked.closed_at is not None
        raise Refusal("toast.already_closed" if closed else "toast.already_again")
    await context.toast(context.plain("toast.asked_again"))
    again = pressed_round(context, asked.id)
    await cards.draw(context, again.id)
    text = context.say("round.again", prompt=cards.name_of(context, asked))
    await reply(context, text, cards.stance_rows(context, again))
