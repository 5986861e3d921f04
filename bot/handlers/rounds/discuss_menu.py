"""/discuss: the teacher chooses a prompt by phase, from the plan or by chance, or writes one."""

from dataclasses import replace
from random import Random

from bot.context import Context, Refusal
from bot.handlers.common import admins
from bot.handlers.common.buttons import (
    LABEL_LIMIT,
    arguments,
    button,
    labelled,
    numbers,
    pager,
    tag,
    tagged_prompt,
)
from bot.handlers.common.entry import rest_of
from bot.handlers.common.reply import Rows, edit
from bot.handlers.common.reply import reply as answer
from bot.handlers.rounds import round_options, start_round
from bot.pack.model import PHASES, Prompt
from bot.seminar.prompts import phases_of, planned_next, terms_for, title_of
from bot.speech import shorten

A_PAGE = 6


async def discuss(context: Context) -> None:
    """Answer /discuss: open the prompt in the teacher's words at once, or show the menu."""
    await admins.only(context)
    if await start_round.still_open(context):
        return
    if words := round_options.check(rest_of(context)):
        await start_round.open_round(
            context, slug="", text=words, terms=terms_for(context.group_seminar, context.pack, "")
        )
    else:
        await answer(context, context.say("discuss.menu"), _phases(context))


async def menu(context: Context) -> None:
    """Show the phases again, in place."""
    await admins.only(context)
    await edit(context, context.say("discuss.menu"), _phases(context))


async def phase(context: Context) -> None:
    """Show a page of one phase's prompts, in place."""
    await admins.only(context)
    at, page = numbers(context, 2)
    text, rows = phase_page(context, at, page, verb="prompt", turn="phase")
    await edit(context, text, [*rows, [labelled(context, "button.back", "menu")]])


def phase_page(context: Context, at: int, page: int, *, verb: str, turn: str) -> tuple[str, Rows]:
    """Return a page of one phase's prompts; `verb` is what choosing one does, `turn` what shows a page.

    Raises:
        Refusal: the pack has no such phase (any more).
    """
    phases = phases_of(context.pack)
    if at >= len(phases):
        raise Refusal("toast.stale")
    name, prompts = phases[at]
    pages = -(-len(prompts) // A_PAGE)
    page = min(page, pages - 1)
    rows = [
        [button(label_of(context, one), verb, tag(context.pack, one.slug))]
        for one in prompts[page * A_PAGE : (page + 1) * A_PAGE]
    ]
    text = context.say("discuss.phase", phase=phase_called(context, name), page=page + 1, pages=pages)
    return text, [*rows, pager(context, page, pages, turn, at)]


async def prompt(context: Context) -> None:
    """Show the options of the prompt that was chosen, in the menu's place."""
    await admins.only(context)
    await _show(context, tagged_prompt(context, *arguments(context, 1)))


async def random_prompt(context: Context) -> None:
    """Show the options of a prompt that this seminar has not had; another one at each press."""
    await admins.only(context)
    left = [one for one in context.pack.prompts if one.slug not in used(context)]
    if not left:
        raise Refusal("toast.all_used")
    # Chance that a test can repeat: the clock moves on between two presses.
    await _show(context, Random(context.now.isoformat()).choice(left))  # noqa: S311  no secret


async def own_prompt(context: Context) -> None:
    """Ask the teacher to write a prompt as a reply to this message."""
    await admins.only(context)
    draft = round_options.begin(context, "", "")
    asked = context.message.message_id
    context.store.drafts.change(replace(draft, message_id=asked))
    await edit(context, context.say("discuss.write"), [[labelled(context, "button.back", "menu")]])


async def next_prompt(context: Context) -> None:
    """Show the options of a prompt that a summary proposed; the summary stays as it is."""
    await admins.only(context)
    chosen = tagged_prompt(context, *arguments(context, 1))
    if context.store.rounds.open_of(context.group_seminar.id) is not None:
        raise Refusal("toast.already_open")
    await context.toast()
    await round_options.post(context, round_options.begin(context, chosen.slug, context.shown(chosen.text)))


def used(context: Context) -> set[str]:
    """Return the prompts that this seminar has had."""
    return {past.prompt_slug for past in context.store.rounds.of(context.group_seminar.id)}


async def _show(context: Context, chosen: Prompt) -> None:
    await round_options.show(context, round_options.begin(context, chosen.slug, context.shown(chosen.text)))


def phase_called(context: Context, name: str) -> str:
    """Return what a phase of the lesson is called here: packs name them in Chinese."""
    return context.plain(f"phase.{PHASES.index(name)}")


def _phase_label(context: Context, name: str, count: int) -> str:
    return context.plain("button.phase", phase=phase_called(context, name), count=count)


def label_of(context: Context, one: Prompt) -> str:
    """Return a prompt's title as a button shows it."""
    return shorten(title_of(one, context.language), LABEL_LIMIT)


def _phases(context: Context) -> Rows:
    pack = context.pack
    planned = planned_next(pack, context.store.plans.of(context.group_seminar.id), used(context))
    phases = [
        button(_phase_label(context, name, len(prompts)), "phase", at, 0)
        for at, (name, prompts) in enumerate(phases_of(pack))
    ]
    chance = [labelled(context, "button.random", "random")] if pack.prompts else []
    first = (
        [
            button(
                context.plain("button.planned", title=label_of(context, planned)),
                "prompt",
                tag(pack, planned.slug),
            )
        ]
        if planned
        else []
    )
    return [first, *[[one] for one in phases], [*chance, labelled(context, "button.own", "own")]]
