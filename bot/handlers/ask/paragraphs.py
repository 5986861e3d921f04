"""The reading itself, paragraph by paragraph, where its licence lets us show it: /para 12."""

from bot.context import Context, Refusal
from bot.handlers.ask import repeat_answers
from bot.handlers.ask.answer_message import Row
from bot.handlers.ask.pack_choice import tagged_pack
from bot.handlers.ask.repeat_answers import Thing
from bot.handlers.common.buttons import arguments, button, tag
from bot.handlers.common.entry import rest_of
from bot.handlers.common.reply import reply
from bot.pack.model import Pack

LONGEST = 4  # digits of a paragraph's number


async def para(context: Context) -> None:
    """Answer /para: show the paragraph of that number."""
    pack, wanted = context.pack, rest_of(context)
    _check_included(context, pack)
    number = _number(wanted.removeprefix("P").removeprefix("p").strip())
    if number is None:
        raise Refusal("para.how", count=len(pack.paragraphs))
    await _show(context, pack, number)


async def show(context: Context) -> None:
    """Show the paragraph whose button was pressed."""
    wanted, written = arguments(context, 2)
    pack, number = tagged_pack(context, wanted), _number(written)
    if number is None or not pack.paragraphs:
        raise Refusal("toast.stale")
    thing = _thing(context, pack, number)
    if repeat_answers.stands_above(context, [thing]) and not repeat_answers.first_time(context, [thing]):
        raise Refusal("toast.snippet_above")
    await context.toast()
    await _show(context, pack, number)


async def _show(context: Context, pack: Pack, number: int) -> None:
    if not 1 <= number <= len(pack.paragraphs):
        raise Refusal("para.outside", number=number, count=len(pack.paragraphs))
    thing = _thing(context, pack, number)
    if repeat_answers.stands_above(context, [thing]):
        await repeat_answers.point(context, [thing])
        return
    section = next((part.title for part in pack.sections if part.first <= number <= part.last), "")
    title = " ・ ".join(filter(None, (context.shown(pack.title), context.shown(section))))
    text = context.shown(pack.paragraphs[number - 1])
    markup = context.say("para.text", title=title, number=number, count=len(pack.paragraphs), text=text)
    sent = await reply(context, markup, [_turns(context, pack, number)])
    repeat_answers.note(context, [thing], sent)


def _turns(context: Context, pack: Pack, number: int) -> Row:
    near = [at for at in (number - 1, number + 1) if 1 <= at <= len(pack.paragraphs)]
    return [button(context.plain("button.paragraph", number=at), "para", tag(pack, ""), at) for at in near]


def _check_included(context: Context, pack: Pack) -> None:
    if not pack.paragraphs:
        raise Refusal("para.not_included", title=context.shown(pack.title), source=context.shown(pack.source))


def _thing(context: Context, pack: Pack, number: int) -> Thing:
    return Thing((pack.slug, "paragraph", number), context.plain("button.paragraph", number=number))


def _number(text: str) -> int | None:
    """Return the number of a paragraph as people write it; None: it is none."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else None
