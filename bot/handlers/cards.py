"""A round's card: the prompt, the stance buttons, how many have chosen. Edited in place, never re-posted."""

import asyncio
import logging

from telegram import InlineKeyboardButton
from telegram.error import TelegramError

from bot.context import Context
from bot.handlers.buttons import button
from bot.handlers.replying import Rows, edit_message, reply
from bot.seminar.records import STEPS, Round, Seminar
from bot.seminar.stances import moment_of
from bot.speech import Markup

SECONDS_BETWEEN_EDITS = 6  # ten a minute: Telegram allows a group 20 messages a minute, answers need some
log = logging.getLogger(__name__)


async def post(context: Context, opened: Round) -> None:
    """Post the card of a round and remember which message it is."""
    card = await reply(context, _text(context, opened), _rows(context, opened))
    context.store.set_card(opened.id, card.message_id)


def prompt_of(context: Context, shown: Round) -> Markup:
    """Return the prompt as HTML: its title in bold where the pack has it, then its text."""
    prompt = context.pack.prompt(shown.prompt_slug)
    if prompt is None:
        return Markup(context.say("round.own", text=shown.prompt_text))
    return Markup(context.say("round.prompt", title=context.shown(prompt.title), text=shown.prompt_text))


def name_of(context: Context, shown: Round) -> str:
    """Return what to call the round's prompt in passing: its title, or the teacher's own words."""
    prompt = context.pack.prompt(shown.prompt_slug)
    return shown.prompt_text if prompt is None else context.shown(prompt.title)


def stance_rows(context: Context, opened: Round) -> list[list[InlineKeyboardButton]]:
    """Return the five steps as buttons: two against, neutral, two in favour, as labels fit on a phone."""
    steps = [button(context.plain(f"step.{step}"), "stance", opened.id, step) for step in STEPS]
    return [steps[:2], steps[2:3], steps[3:]]


def chosen(context: Context, shown: Round) -> int:
    """Return how many people have chosen a stance at the round's present moment."""
    return sum(context.store.stance_counts(shown.id, moment_of(shown)).values())


async def refresh(context: Context, round_id: int) -> None:
    """Bring the card's number up to date: now if it was not edited lately, else once, a little later."""
    desk, key = context.desk, ("card", round_id)
    if round_id in desk.waiting_cards:
        return
    seconds = desk.recent.wait(key, context.now, SECONDS_BETWEEN_EDITS)
    if seconds == 0:
        desk.recent.first(key, context.now, SECONDS_BETWEEN_EDITS)
        await draw(context, round_id)
    else:
        desk.waiting_cards[round_id] = asyncio.create_task(_later(context, round_id, seconds))


async def draw(context: Context, round_id: int) -> None:
    """Edit the card to what the store says now."""
    shown = context.store.round(round_id)
    if shown is None or shown.card_message_id is None:
        return
    text, rows = _text(context, shown), _rows(context, shown)
    await edit_message(context, context.group_seminar.chat_id, shown.card_message_id, text, rows)


async def _later(context: Context, round_id: int, seconds: float) -> None:
    try:
        await context.desk.pause(seconds)
    finally:  # before drawing: a press that comes while we draw asks for another drawing
        context.desk.waiting_cards.pop(round_id, None)
    context.desk.recent.first(("card", round_id), context.now, 0)
    try:
        await draw(context, round_id)
    except TelegramError as error:  # nobody waits for this task; the next press draws again
        log.warning("a card was not drawn: %s", type(error).__name__)


def _text(context: Context, shown: Round) -> str:
    count = chosen(context, shown)
    seminar = context.group_seminar
    if shown.closed_at is not None:
        stance = context.say("round.stance_over", count=count)
    else:
        stance = context.say(f"round.stance_{moment_of(shown)}", count=count)
    return context.say(
        "round.card",
        number=shown.number,
        prompt=prompt_of(context, shown),
        stance=Markup(stance),
        notice=Markup(_notice(context, seminar)),
    )


def _notice(context: Context, seminar: Seminar) -> str:
    explicit = seminar.consent_rule == "explicit"
    return context.say("round.notice_explicit" if explicit else "round.notice", days=seminar.retention_days)


def _rows(context: Context, shown: Round) -> Rows:
    """Return the card's buttons; a closed card keeps only the way to the summary."""
    if shown.closed_at is not None:
        return [[button(context.plain("button.summary"), "summary", shown.id)]]
    stop = button(context.plain("button.stop_logging"), "log", "no")
    agree = button(context.plain("button.agree"), "log", "yes")
    explicit = context.group_seminar.consent_rule == "explicit"
    again = [button(context.plain("button.again"), "again", shown.id)] if shown.asked_again_at is None else []
    close = button(context.plain("button.close"), "close", shown.id)
    return [*stance_rows(context, shown), [agree, stop] if explicit else [stop], [*again, close]]
