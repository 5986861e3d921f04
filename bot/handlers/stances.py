"""A stance on the open round: five steps, changed at will, shown to others in numbers only."""

from bot.context import Context, Refusal
from bot.handlers import cards, rounds
from bot.handlers.buttons import numbers
from bot.handlers.entry import rest_of
from bot.handlers.replying import reply
from bot.seminar.records import STEPS, Round
from bot.seminar.stances import moment_of, parse_step


async def ask(context: Context) -> None:
    """Answer /stance with the five buttons, or /stance 4 (and a reason) by keeping it."""
    running = rounds.open_here(context)
    words = rest_of(context)
    if not words:
        text = context.say(
            "stance.ask", prompt=cards.name_of(context, running), count=cards.chosen(context, running)
        )
        await reply(context, text, cards.stance_rows(context, running))
        return
    written, _, reason = words.partition(" ")
    step = parse_step(written)
    if step is None:
        raise Refusal("stance.how")
    _keep(context, running, step, reason.strip())
    await reply(context, context.say("stance.noted", step=context.plain(f"step.{step}")))
    await cards.refresh(context, running.id)


async def choose(context: Context) -> None:
    """Keep the stance whose button was pressed, tell the person alone, and count it on the card."""
    round_id, step = numbers(context, 2)
    running = rounds.pressed_round(context, round_id)
    if running.closed_at is not None:
        raise Refusal("toast.other_round")
    if step not in STEPS:
        raise Refusal("toast.stale")
    _keep(context, running, step)
    await context.toast(context.plain("stance.noted", step=context.plain(f"step.{step}")))
    await cards.refresh(context, running.id)


def _keep(context: Context, running: Round, step: int, reason: str = "") -> None:
    """Keep the stance.

    Raises:
        Refusal: this person's words may not be kept.
    """
    person, store = context.person, context.store
    if store.set_stance(running.id, person.id, moment_of(running), step, context.now, reason):
        return
    said_no = store.consent(running.seminar_id, person.id) == "no"
    raise Refusal("stance.not_logged" if said_no else "stance.not_agreed")
