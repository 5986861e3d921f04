"""/plan: the order of prompts that a teacher has in mind, put together with buttons."""

import re

from telegram import InlineKeyboardButton

from bot.context import Context, Refusal
from bot.handlers.common import admins
from bot.handlers.common.buttons import arguments, button, labelled, numbers, tag, tagged_prompt
from bot.handlers.common.entry import rest_of
from bot.handlers.common.reply import Rows, edit, reply
from bot.handlers.rounds.discuss_menu import label_of, phase_called, phase_page, used
from bot.pack.model import Pack, Prompt
from bot.seminar.prompts import phases_of, title_of
from bot.speech import WRITTEN, Markup, shorten
from bot.text.folding import fold

LISTED = re.compile(r"[、;；\n]")  # titles may have commas
LONGEST = 20  # prompts: as many buttons as one scrolls through


async def plan(context: Context) -> None:
    """Answer /plan: keep the slugs or titles that follow as the plan, then show it."""
    await admins.only(context)
    if words := rest_of(context):
        wanted = [find(context.pack, part) for part in _parts(context.pack, words)]
        context.store.plans.set(context.group_seminar.id, [one.slug for one in wanted][:LONGEST])
    await reply(context, *_page(context))


async def show(context: Context) -> None:
    """Show the plan, in place."""
    await admins.only(context)
    await edit(context, *_page(context))


async def add(context: Context) -> None:
    """Show the phases to add a prompt from, or a page of one of them."""
    await admins.only(context)
    at, page = numbers(context, 2)
    text, rows = phase_page(context, at, page, verb="planned", turn="planning")
    others = [
        button(phase_called(context, name), "planning", number, 0)
        for number, (name, _) in enumerate(phases_of(context.pack))
        if number != at
    ]
    back = labelled(context, "button.back_to_plan", "plan")
    await edit(context, text, [*rows, others, [back]])


async def put(context: Context) -> None:
    """Put the prompt at the end of the plan."""
    await admins.only(context)
    chosen = tagged_prompt(context, *arguments(context, 1))
    seminar = context.group_seminar
    planned = context.store.plans.of(seminar.id)
    if chosen.slug in planned:
        raise Refusal("toast.planned_already")
    if len(planned) >= LONGEST:
        raise Refusal("toast.plan_full")
    context.store.plans.set(seminar.id, [*planned, chosen.slug])
    await edit(context, *_page(context))


async def drop(context: Context) -> None:
    """Take the prompt out of the plan."""
    await admins.only(context)
    chosen = tagged_prompt(context, *arguments(context, 1))
    seminar = context.group_seminar
    left = [slug for slug in context.store.plans.of(seminar.id) if slug != chosen.slug]
    context.store.plans.set(seminar.id, left)
    await edit(context, *_page(context))


def find(pack: Pack, words: str) -> Prompt:
    """Return the prompt that is meant by its slug or (the beginning of) its title.

    Raises:
        Refusal: none is, or more than one.
    """
    wanted = fold(words)
    called = [(one, {fold(title_of(one, language)) for language in WRITTEN}) for one in pack.prompts]
    found = [one for one, titles in called if one.slug == words.strip().lower() or wanted in titles]
    found = found or [one for one, titles in called if any(title.startswith(wanted) for title in titles)]
    if len(found) != 1:
        raise Refusal("plan.unknown", words=shorten(words, 60))
    return found[0]


def _parts(pack: Pack, words: str) -> list[str]:
    """Return what was listed: by lines, 、 or ;, or, where all are slugs, by spaces or commas."""
    listed = [part for part in LISTED.split(words) if part.strip()]
    slugs = words.replace(",", " ").split()
    return slugs if all(pack.prompt(slug.lower()) for slug in slugs) else listed


def _page(context: Context) -> tuple[str, Rows]:
    pack, had = context.pack, used(context)
    planned = [one for slug in context.store.plans.of(context.group_seminar.id) if (one := pack.prompt(slug))]
    lines = [
        context.say(
            "plan.had" if one.slug in had else "plan.line", number=at, title=title_of(one, context.language)
        )
        for at, one in enumerate(planned, 1)
    ]
    text = context.say("plan.list", lines=Markup("\n".join(lines))) if lines else context.say("plan.empty")
    return text, [*_drops(context, planned), [labelled(context, "button.plan_add", "planning", 0, 0)]]


def _drops(context: Context, planned: list[Prompt]) -> list[list[InlineKeyboardButton]]:
    return [[button("✕ " + label_of(context, one), "unplan", tag(context.pack, one.slug))] for one in planned]
