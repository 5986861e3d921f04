"""What can be asked: a list of titles to leaf through, edited in place."""

from bot.context import Context
from bot.handlers.ask.answer_message import below, snippet_text
from bot.handlers.ask.pack_choice import switch_rows
from bot.handlers.ask.questions import note_opened
from bot.handlers.common.buttons import (
    LABEL_LIMIT,
    arguments,
    button,
    number_or_zero,
    numbers,
    pager,
    tag,
    tagged_snippet,
)
from bot.handlers.common.reply import Rows, edit, reply
from bot.speech import shorten

A_PAGE = 8


async def topics(context: Context) -> None:
    """Answer /topics with the first page."""
    await reply(context, *_page(context, 0))


async def turn(context: Context) -> None:
    """Show another page, in place."""
    (page,) = numbers(context, 1)
    await edit(context, *_page(context, page))


async def first_page(context: Context) -> None:
    """Post the list under a message that must stay, such as the welcome."""
    await context.toast()
    await reply(context, *_page(context, 0))


async def topic(context: Context) -> None:
    """Show one snippet in the list's place, with the way back."""
    wanted, page = arguments(context, 2)
    pack, found = tagged_snippet(context, wanted)
    note_opened(context, found)
    back = button(context.plain("button.back"), "topics", number_or_zero(page))
    await edit(context, snippet_text(context, found), [*below(context, pack, (found,)), [back]])


def _page(context: Context, page: int) -> tuple[str, Rows]:
    pack = context.pack
    snippets = [snippet for snippet in pack.snippets if not snippet.draft]
    pages = max(1, -(-len(snippets) // A_PAGE))
    page = min(page, pages - 1)
    rows = [
        [button(shorten(context.called(snippet), LABEL_LIMIT), "topic", tag(pack, snippet.slug), page)]
        for snippet in snippets[page * A_PAGE : (page + 1) * A_PAGE]
    ]
    text = context.say("topics.list", title=context.shown(pack.title), page=page + 1, pages=pages)
    return text, [*rows, pager(context, page, pages, "topics"), *switch_rows(context)]
