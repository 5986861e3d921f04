"""A stance on the open round: five steps, changed at will. Others' are seen once one has chosen oneself."""

from bot.context import Context, Refusal
from bot.handlers.common import entry
from bot.handlers.common.buttons import numbers, round_here
from bot.handlers.common.places import Place, here, open_round
from bot.handlers.common.reply import reply
from bot.handlers.rounds import cards
from bot.handlers.rounds.card_view import name_of, stance_counts, stance_rows
from bot.seminar.records import STEPS, Round
from bot.seminar.stances import moment_of, read_stance, stance_of
from db.discussion.remarks import NewRemark


async def ask(context: Context) -> None:
    """Answer /stance with the five buttons, or keep what follows: a step, a reason, or both."""
    running = open_round(context)
    if not running.stance_on:
        raise Refusal("stance.not_here")
    place, words = here(context), entry.rest_of(context)
    if not words:
        counts = stance_counts(place, running)
        text = context.say("stance.ask", prompt=name_of(place, running), count=sum(counts.values()))
        await reply(context, text, stance_rows(place, running, counts))
        return
    step, reason = _read(context, running, words)
    _keep(context, running, step, reason)
    if reason:
        _log_reason(context, running, reason)
    await reply(context, _noted(context, running, step, words, reason))
    await cards.refresh(place, running.id)


async def choose(context: Context) -> None:
    """Keep the stance whose button was pressed; tell the person alone, with where the others stand."""
    round_id, step = numbers(context, 2)
    running = round_here(context, round_id)
    if running.closed_at is not None:
        raise Refusal("toast.other_round")
    if step not in STEPS or not running.stance_on:
        raise Refusal("toast.stale")
    _keep(context, running, step)
    place = here(context)
    key = "stance.noted_quietly" if running.visibility == "relay" else "stance.noted"
    noted = context.plain(key, step=context.plain(f"step.{step}"))
    await context.toast(f"{noted}\n{counts_line(place, running)}")
    await cards.refresh(place, running.id)


def counts_line(place: Place, running: Round) -> str:
    """Return where everybody stands now, in one line."""
    counts = stance_counts(place, running)
    shown = "・".join(f"{place.plain(f'step.{step}')} {counts[step]}" for step in STEPS)
    return place.plain("stance.counts", counts=shown)


def _noted(context: Context, running: Round, step: int, words: str, reason: str) -> str:
    """Return what a written stance is answered with; a step that was not written is not told the class."""
    if words == reason:
        return context.say("stance.noted_reason")
    usual = "stance.noted_quietly" if running.visibility == "relay" else "stance.noted"
    key = "stance.noted_with_reason" if reason else usual
    return context.say(key, step=context.plain(f"step.{step}"))


def _read(context: Context, running: Round, words: str) -> tuple[int, str]:
    """Return step and reason from what was written; a reason alone goes with the step chosen before.

    Raises:
        Refusal: there is no step in it, and none was chosen before.
    """
    step, reason = read_stance(words)
    if step is not None:
        return step, reason
    before = stance_of(context.store.stances.of(running.id), context.person.id, moment_of(running))
    if before is None or not reason or words[0].isdecimal():
        raise Refusal("stance.how")
    return before.step, reason


def _log_reason(context: Context, running: Round, reason: str) -> None:
    """Log the reason as a remark as well: it was said before the class."""
    context.store.remarks.log(
        NewRemark(
            round_id=running.id,
            person_id=context.person.id,
            chat_id=context.message.chat.id,
            message_id=context.message.message_id,
            sent_at=context.message.date,
            text=reason,
            kind="reason",
        )
    )


def _keep(context: Context, running: Round, step: int, reason: str = "") -> None:
    """Keep the stance.

    Raises:
        Refusal: this person's words may not be kept.
    """
    person, store = context.person, context.store
    if store.stances.set(running.id, person.id, moment_of(running), step, context.now, reason):
        return
    said_no = store.people.consent(running.seminar_id, person.id) == "no"
    raise Refusal("stance.not_logged" if said_no else "stance.not_agreed")
