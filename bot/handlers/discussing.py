"""/discuss: the teacher chooses a prompt by its phase, or writes one."""

from bot.context import Context, Refusal
from bot.handlers import admins, rounds
from bot.handlers.buttons import LABEL_LIMIT, button, numbers, pager, tag, tagged_prompt
from bot.handlers.buttons import arguments as arguments_of
from bot.handlers.entry import rest_of
from bot.handlers.replying import Rows, edit, reply
from bot.seminar.choosing import phases_of
from bot.speech import shorten

PROMPT_LIMIT = 500
A_PAGE = 6


async def discuss(context: Context) -> None:
    """Answer /discuss: open the prompt in the teacher's words, or show the menu."""
    await admins.only(context)
    if await rounds.still_open(context):
        return
    words = rest_of(context)
    if len(words) > PROMPT_LIMIT:
        raise Refusal("discuss.too_long", limit=PROMPT_LIMIT)
    if words:
        await rounds.open_round(context, slug="", text=words)
    elif not context.pack.prompts:
        raise Refusal("discuss.no_prompts")
    else:
        await reply(context, context.say("discuss.menu"), _phases(context))


async def menu(context: Context) -> None:
    """Show the phases again, in place."""
    await admins.only(context)
    await edit(context, context.say("discuss.menu"), _phases(context))


async def phase(context: Context) -> None:
    """Show a page of one phase's prompts, in place."""
    await admins.only(context)
    at, page = numbers(context, 2)
    phases = phases_of(context.pack)
    if at >= len(phases):
        raise Refusal("toast.stale")
    name, prompts = phases[at]
    pages = -(-len(prompts) // A_PAGE)
    page = min(page, pages - 1)
    shown = prompts[page * A_PAGE : (page + 1) * A_PAGE]
    rows = [
        [button(shorten(context.shown(prompt.title), LABEL_LIMIT), "prompt", tag(context.pack, prompt.slug))]
        for prompt in shown
    ]
    turn = pager(context, page, pages, "phase", at)
    back = [button(context.plain("button.back"), "menu")]
    text = context.say("discuss.phase", phase=context.shown(name), page=page + 1, pages=pages)
    await edit(context, text, [*rows, turn, back])


async def prompt(context: Context) -> None:
    """Open a round on the prompt that was chosen from the menu; the menu then says so."""
    title = await _open_chosen(context)
    await edit(context, context.say("discuss.chosen", title=title))


async def next_prompt(context: Context) -> None:
    """Open a round on a prompt that a summary proposed; the summary stays as it is."""
    await _open_chosen(context)


async def _open_chosen(context: Context) -> str:
    await admins.only(context)
    chosen = tagged_prompt(context, *arguments_of(context, 1))
    if not await rounds.open_round(context, slug=chosen.slug, text=context.shown(chosen.text)):
        raise Refusal("toast.already_open")
    await context.toast(context.plain("toast.opened"))
    return context.shown(chosen.title)


def _phases(context: Context) -> Rows:
    return [
        [button(f"{context.shown(name)}（{len(prompts)}）", "phase", at, 0)]
        for at, (name, prompts) in enumerate(phases_of(context.pack))
    ]
