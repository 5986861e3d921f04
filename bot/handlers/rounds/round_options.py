"""The options of a round that is being put together: rows of buttons, kept in the store until it starts.

A press changes one setting and shows the card anew. Nothing is open before 「開始」, and of two admins
who press it at once one opens the round.
"""

from dataclasses import replace
from typing import Any

from telegram import InlineKeyboardButton

from bot.context import Context, Refusal
from bot.handlers.ask import questions
from bot.handlers.common import admins
from bot.handlers.common.buttons import arguments, button, labelled, number_or_zero
from bot.handlers.common.places import Place, here
from bot.handlers.common.reply import Rows, edit, reply
from bot.handlers.rounds import start_round
from bot.handlers.rounds.card_view import name_of, prompt_of
from bot.seminar.prompts import terms_for
from bot.seminar.records import Draft
from bot.speech import Markup

LENGTHS = (0, 10, 20, 45, 24 * 60, 3 * 24 * 60)  # minutes
PROMPT_LIMIT = 500  # characters
SETTINGS: dict[str, tuple[str, dict[str, Any]]] = {  # on the button's back -> field of Terms, its values
    "m": ("minutes", {str(minutes): minutes for minutes in LENGTHS}),
    "s": ("stance_on", {"1": True, "0": False}),
    "c": ("counts", {"h": "hidden", "s": "shown"}),
    "v": ("visibility", {"o": "open", "p": "post_first", "r": "relay"}),
    "f": ("facilitation", {"o": "off", "q": "quiet", "l": "lively"}),
}


def begin(context: Context, slug: str, text: str) -> Draft:
    """Keep a new draft on the usual terms and return it."""
    return context.store.drafts.add(
        context.group_seminar.id,
        slug=slug,
        text=text,
        terms=terms_for(context.group_seminar, context.pack, slug),
        at=context.now,
    )


async def show(context: Context, draft: Draft) -> None:
    """Show the options in the place of the message whose button was pressed."""
    place = here(context)
    await edit(context, _text(place, draft), _rows(place, draft))


async def post(context: Context, draft: Draft) -> None:
    """Show the options in a message of their own."""
    place = here(context)
    await reply(context, _text(place, draft), _rows(place, draft))


async def change(context: Context) -> None:
    """Change the setting whose button was pressed."""
    await admins.only(context)
    wanted, field, value = arguments(context, 3)
    draft = _pressed(context, wanted)
    name, values = SETTINGS.get(field, ("", {}))
    if value not in values:
        raise Refusal("toast.stale")
    changed = replace(draft, terms=replace(draft.terms, **{name: values[value]}))
    context.store.drafts.change(changed)
    await show(context, changed)


async def start(context: Context) -> None:
    """Open the round; the options then say so."""
    await admins.only(context)
    draft = _pressed(context, *arguments(context, 1))
    if not draft.prompt_text:
        raise Refusal("toast.stale")
    if not await start_round.open_round(
        context, slug=draft.prompt_slug, text=draft.prompt_text, terms=draft.terms
    ):
        raise Refusal("toast.already_open")
    context.store.drafts.drop(draft.id)
    await context.toast(context.plain("toast.opened"))
    await edit(context, context.say("discuss.chosen", title=name_of(here(context), draft)))


async def replied(context: Context) -> None:
    """Take a reply to 「寫下題目」 as the teacher's own prompt; any other reply to us is a question."""
    if not await _own_words(context):
        await questions.replied(context)


async def _own_words(context: Context) -> bool:
    """Take a reply to 「寫下題目」 as the prompt; return whether this message was one."""
    target = context.message.reply_to_message
    seminar = context.seminar
    if target is None or seminar is None:
        return False
    asked = context.store.drafts.asking(seminar.id, target.message_id)
    if asked is None:
        return False
    await admins.only(context)
    words = check(context.message.text or "")
    draft = replace(asked, prompt_text=words)
    context.store.drafts.change(draft)
    await post(context, draft)
    return True


def check(words: str) -> str:
    """Return the teacher's own prompt.

    Raises:
        Refusal: it is too long to be remembered.
    """
    if len(words) > PROMPT_LIMIT:
        raise Refusal("discuss.too_long", limit=PROMPT_LIMIT)
    return words


def _pressed(context: Context, wanted: str) -> Draft:
    draft = context.store.drafts.by_id(number_or_zero(wanted))
    if draft is None or draft.seminar_id != context.group_seminar.id:
        raise Refusal("toast.stale")
    return draft


def _text(place: Place, draft: Draft) -> str:
    terms = draft.terms
    return place.say(
        "options.card",
        prompt=prompt_of(place, draft),
        visibility=Markup(place.say(f"options.about_{terms.visibility}")),
        facilitation=Markup(place.say(f"options.about_{terms.facilitation}")),
    )


def _rows(place: Place, draft: Draft) -> Rows:
    terms = draft.terms
    lengths = [_choice(place, draft, "m", str(minutes)) for minutes in LENGTHS]
    return [
        lengths[:3],
        lengths[3:],
        [_toggle(place, draft, "s"), *([_toggle(place, draft, "c")] if terms.stance_on else [])],
        [_choice(place, draft, "v", value) for value in SETTINGS["v"][1]],
        [_choice(place, draft, "f", value) for value in SETTINGS["f"][1]],
        [labelled(place, "button.back", "menu"), labelled(place, "button.begin", "begin", draft.id)],
    ]


def _choice(place: Place, draft: Draft, field: str, value: str) -> InlineKeyboardButton:
    """Return one of several values, ticked when it is the one."""
    name, values = SETTINGS[field]
    label = place.plain(f"option.{name}_{_word(values[value])}")
    mark = "✓ " if getattr(draft.terms, name) == values[value] else ""
    return button(mark + label, "option", draft.id, field, value)


def _toggle(place: Place, draft: Draft, field: str) -> InlineKeyboardButton:
    """Return a button that says how it is and, pressed, makes it the other way."""
    name, values = SETTINGS[field]
    present = getattr(draft.terms, name)
    other = next(value for value, meaning in values.items() if meaning != present)
    return button(place.plain(f"option.{name}_{_word(present)}"), "option", draft.id, field, other)


def _word(value: object) -> str:
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else str(value)
