"""/unanswered: what the reading could not answer, grouped by likeness, and what a teacher makes of it.

In the group it only gives the way: the list is shown in private, to who is an admin of that group at that
moment. A question that is answered by now, as somebody added its wording, is not listed any more.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton

from bot.answering.library import Library
from bot.context import Context, Refusal
from bot.handlers.ask.answer_message import Row
from bot.handlers.common import admins
from bot.handlers.common.buttons import (
    LABEL_LIMIT,
    arguments,
    button,
    labelled,
    number,
    number_or_zero,
    numbers,
    pager,
    tag,
    tagged_snippet,
)
from bot.handlers.common.reply import Rows, edit, private_link, reply
from bot.handlers.learning.learned_alias import fits, teach, unteach
from bot.pack.model import Pack, Snippet
from bot.seminar.records import Seminar
from bot.speech import shorten
from bot.text.similarity_groups import group
from db.answers.questions import LoggedQuestion

PAYLOAD = "unanswered_"
MOST_GROUPS = 20  # that Telegram is asked about
A_PAGE, SNIPPETS_A_PAGE = 6, 8
NEAREST = 4
WORDINGS = 5


@dataclass(frozen=True)
class Gap:
    """Questions that are alike and without an answer that helps; the first member stands for all."""

    wording: str
    pack: str
    members: tuple[LoggedQuestion, ...]

    @property
    def id(self) -> int:
        """The oldest question's number: the same as long as it is listed."""
        return min(member.id for member in self.members)


async def unanswered(context: Context) -> None:
    """Answer /unanswered: the way there from a group; in private the list, of the group that is meant."""
    if not context.private:
        await admins.only(context)
        link = private_link(context, f"{PAYLOAD}{context.group_seminar.id}")
        await reply(context, context.say("unmet.in_private"), [[link]])
        return
    mine = await _mine(context)
    if not mine:
        raise Refusal("unmet.no_group")
    if len(mine) == 1:
        await reply(context, *await _page(context, mine[0], 0))
        return
    rows = [[button(shorten(each.title or "–", LABEL_LIMIT), "unmet", each.id, 0)] for each in mine]
    await reply(context, context.say("unmet.which"), rows)


async def begin(context: Context, wanted: str) -> None:
    """Answer the deep link from a group."""
    await reply(context, *await _page(context, await _seminar(context, number_or_zero(wanted)), 0))


async def turn(context: Context) -> None:
    """Show a page of the list, in place."""
    seminar_id, page = numbers(context, 2)
    await edit(context, *await _page(context, await _seminar(context, seminar_id), page))


async def open_gap(context: Context) -> None:
    """Show one group of questions, with the nearest snippets to add its wording to."""
    seminar, gap, pack = await _pressed(context, *numbers(context, 2))
    await edit(context, _gap_text(context, gap), _gap_rows(context, seminar, gap, pack))


async def others(context: Context) -> None:
    """Show all snippets of the pack, page by page, to add the wording to."""
    seminar_id, question_id, page = numbers(context, 3)
    seminar, gap, pack = await _pressed(context, seminar_id, question_id)
    snippets = [snippet for snippet in pack.snippets if not snippet.draft]
    pages = max(1, -(-len(snippets) // SNIPPETS_A_PAGE))
    shown = snippets[page * SNIPPETS_A_PAGE : (page + 1) * SNIPPETS_A_PAGE]
    rows = _teach_rows(context, seminar, gap, pack, shown)
    turns = pager(context, page, pages, "others", seminar.id, gap.id)
    await edit(context, _gap_text(context, gap), [*rows, turns, [_back(context, seminar, gap)]])


async def learn(context: Context) -> None:
    """Add the wording to the snippet whose button was pressed."""
    seminar_id, question_id, wanted = arguments(context, 3)
    seminar, gap, _ = await _pressed(context, number(seminar_id), number(question_id))
    pack, snippet = tagged_snippet(context, wanted)
    if not fits(gap.wording):
        raise Refusal("toast.wording_unfit")
    learned_id, answer = await teach(context.services, pack, snippet, gap.wording, by=context.person.id)
    worked = answer.answered and snippet in answer.snippets
    text = context.say(
        "unmet.taught" if worked else "unmet.taught_but",
        wording=gap.wording,
        title=context.called(snippet),
    )
    undo = labelled(context, "button.undo", "untaught", seminar.id, learned_id)
    await edit(context, text, [[undo], [_to_list(context, seminar)]])


async def undo(context: Context) -> None:
    """Take the wording away again."""
    seminar_id, learned_id = numbers(context, 2)
    seminar = await _seminar(context, seminar_id)
    if not await unteach(context.services, learned_id):
        raise Refusal("toast.stale")
    await edit(context, context.say("unmet.untaught"), [[_to_list(context, seminar)]])


async def set_aside(context: Context) -> None:
    """Set a group of questions aside that is not about the reading."""
    seminar, gap, _ = await _pressed(context, *numbers(context, 2))
    context.store.unanswered.set_aside(seminar.id, [member.id for member in gap.members], at=context.now)
    await context.toast(context.plain("toast.set_aside"))
    await edit(context, *await _page(context, seminar, 0))


async def _mine(context: Context) -> list[Seminar]:
    """Return the seminars with such questions of which this person is an admin now."""
    found = context.store.unanswered.seminars()[:MOST_GROUPS]
    return [each for each in found if await admins.is_admin(context, each.chat_id, context.user.id)]


async def _seminar(context: Context, seminar_id: int) -> Seminar:
    """Return the seminar.

    Raises:
        Refusal: this is no private chat, or the person is not an admin there, or there is no such seminar.
    """
    if not context.private:
        raise Refusal("unmet.not_yours")
    return await admins.steered(context, seminar_id, "unmet.not_yours")


async def _pressed(context: Context, seminar_id: int, question_id: int) -> tuple[Seminar, Gap, Pack]:
    """Return the seminar, the group of questions and its pack that a button is about.

    Raises:
        Refusal: it is not for this person, or the question is not open any more.
    """
    seminar = await _seminar(context, seminar_id)
    for gap in await _gaps(context, seminar):
        if any(member.id == question_id for member in gap.members):
            return seminar, gap, context.services.library.packs[gap.pack]
    raise Refusal("toast.gap_closed")


async def _gaps(context: Context, seminar: Seminar) -> list[Gap]:
    found = context.store.unanswered.of(seminar.id)
    return await asyncio.to_thread(_grouped, context.services.library, seminar.pack, found)


def _grouped(library: Library, reads: str, found: Sequence[LoggedQuestion]) -> list[Gap]:
    """Return what is still open, like questions together, the most frequent first."""
    still = [each for each in found if _is_open(library, each.pack or reads, each)]
    gaps = []
    for together in group([each.text for each in still]):
        members = tuple(still[place] for place in together.members)
        gaps.append(Gap(together.wording, members[0].pack or reads, members))
    return gaps


def _is_open(library: Library, pack: str, question: LoggedQuestion) -> bool:
    """Return whether the question has no answer by now that could help."""
    if pack not in library.packs:
        return False
    answer = library.engine(pack).answer(question.text)
    if not question.answered:
        return not answer.answered
    given = tuple(snippet.slug for snippet in answer.snippets)
    return answer.tier != "alias" or given == question.snippets


async def _page(context: Context, seminar: Seminar, page: int) -> tuple[str, Rows]:
    gaps = await _gaps(context, seminar)
    if not gaps:
        return context.say("unmet.none", group=seminar.title), []
    pages = -(-len(gaps) // A_PAGE)
    page = min(page, pages - 1)
    shown = gaps[page * A_PAGE : (page + 1) * A_PAGE]
    asked = sum(len(gap.members) for gap in gaps)
    head = context.say("unmet.list", group=seminar.title, page=page + 1, pages=pages, count=asked)
    rows = [[button(_label(context, gap), "gap", seminar.id, gap.id)] for gap in shown]
    thumb = [context.say("unmet.thumb")] if any(map(_did_not_help, shown)) else []
    text = "\n".join([head, *thumb, context.say("unmet.open_one")])
    return text, [*rows, pager(context, page, pages, "unmet", seminar.id)]


def _did_not_help(gap: Gap) -> bool:
    return any(member.answered for member in gap.members)


def _label(context: Context, gap: Gap) -> str:
    mark = "👎 " if _did_not_help(gap) else ""
    times = f" ×{len(gap.members)}" if len(gap.members) > 1 else ""
    return mark + shorten(context.shown(gap.wording), LABEL_LIMIT - len(mark + times)) + times


def _gap_text(context: Context, gap: Gap) -> str:
    wordings = list(dict.fromkeys(member.text for member in gap.members))
    shown = "\n".join(f"・{text}" for text in wordings[:WORDINGS])
    parts = [context.say("unmet.gap", count=len(gap.members), wordings=shown)]
    if _did_not_help(gap):
        parts.append(context.say("unmet.did_not_help"))
    parts.append(context.say("unmet.teach", wording=gap.wording))
    return "\n\n".join(parts)


def _gap_rows(context: Context, seminar: Seminar, gap: Gap, pack: Pack) -> list[Row]:
    slugs = dict.fromkeys(slug for member in gap.members for slug in member.near)
    near = [pack.by_slug[slug] for slug in slugs if slug in pack.by_slug]
    more = labelled(context, "button.other_snippet", "others", seminar.id, gap.id, 0)
    aside = labelled(context, "button.set_aside", "aside", seminar.id, gap.id)
    rows = _teach_rows(context, seminar, gap, pack, near[:NEAREST])
    return [*rows, [more], [aside], [_to_list(context, seminar)]]


def _teach_rows(
    context: Context, seminar: Seminar, gap: Gap, pack: Pack, snippets: Sequence[Snippet]
) -> list[Row]:
    return [
        [
            button(
                "➕ " + shorten(context.called(snippet), LABEL_LIMIT - 2),
                "teach",
                seminar.id,
                gap.id,
                tag(pack, snippet.slug),
            )
        ]
        for snippet in snippets
    ]


def _back(context: Context, seminar: Seminar, gap: Gap) -> InlineKeyboardButton:
    return labelled(context, "button.back_one", "gap", seminar.id, gap.id)


def _to_list(context: Context, seminar: Seminar) -> InlineKeyboardButton:
    return labelled(context, "button.back", "unmet", seminar.id, 0)
