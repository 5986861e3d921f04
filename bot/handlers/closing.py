"""/close: the round ends, and the class sees in numbers what it came to."""

import asyncio

from bot.context import Context, Refusal
from bot.handlers import admins, cards, rounds
from bot.handlers.buttons import LABEL_LIMIT, button, numbers, tag
from bot.handlers.replying import Rows, reply
from bot.reading.words import words
from bot.seminar.choosing import next_prompts
from bot.seminar.records import STEPS, Moment, Round
from bot.seminar.summary import Summary, bars, summarise
from bot.speech import Markup, shorten


async def close(context: Context) -> None:
    """Answer /close: end the open round, or show where the last one's summary is."""
    await admins.only(context)
    seminar = context.group_seminar
    running = context.store.open_round_of(seminar.id)
    if running is not None:
        await _close(context, running)
        return
    past = context.store.rounds(seminar.id)
    if not past:
        raise Refusal("round.none_open")
    text = context.say("summary.already", number=past[-1].number)
    await reply(context, text, [[button(context.plain("button.summary"), "summary", past[-1].id)]])


async def press_close(context: Context) -> None:
    """End the round whose button was pressed; the second of two admins is told that it is done."""
    await admins.only(context)
    await _close(context, rounds.pressed_round(context, *numbers(context, 1)))


async def show_summary(context: Context) -> None:
    """Post the summary of a closed round once more."""
    await admins.only(context)
    wanted = rounds.pressed_round(context, *numbers(context, 1))
    if wanted.closed_at is None:
        raise Refusal("toast.stale")
    await context.toast()
    await _post_summary(context, wanted)


async def _close(context: Context, running: Round) -> None:
    if not context.store.close_round(running.id, by=context.person.id, at=context.now):
        raise Refusal("toast.already_closed")
    await context.toast(context.plain("toast.closed"))
    await cards.draw(context, running.id)
    await _post_summary(context, running)


async def _post_summary(context: Context, closed: Round) -> None:
    remarks = context.store.remarks(closed.id)
    texts, pack = [remark.text for remark in remarks], context.pack
    # The first use loads a dictionary, which takes a second: not on the loop that all chats share.
    counted = await asyncio.to_thread(words, texts, pack)
    summary = summarise(remarks, context.store.stances(closed.id), counted)
    await reply(context, _text(context, closed, summary), _next_rows(context, closed))


def _text(context: Context, closed: Round, summary: Summary) -> str:
    """Return the summary in parts that each say something: what did not happen is left out."""
    parts = [
        context.say("summary.head", number=closed.number, prompt=cards.prompt_of(context, closed)),
        _people(context, summary),
    ]
    if any(summary.before.values()):
        parts.append(_bars(context, "before", summary.before, summary.most))
    if any(summary.after.values()):
        parts.append(_bars(context, "after", summary.after, summary.most))
    if summary.moved.pairs:
        moved = summary.moved
        parts.append(
            context.say("summary.moved", pairs=moved.pairs, up=moved.up, down=moved.down, same=moved.same)
        )
    if summary.words:
        said = "・".join(f"{word} {times}" for word, times in summary.words)
        parts.append(context.say("summary.words", words=said))
    if _next(context, closed):
        parts.append(context.say("summary.next"))
    return "\n\n".join(parts)


def _people(context: Context, summary: Summary) -> str:
    if not summary.remarks:
        return context.say("summary.nobody")
    return context.say("summary.counts", people=summary.people, remarks=summary.remarks)


def _bars(context: Context, moment: Moment, counts: dict[int, int], most: int) -> str:
    labels = {step: context.plain(f"step.{step}") for step in STEPS}
    drawn = Markup(f"<pre>{bars(counts, labels, most)}</pre>")
    return context.say(f"summary.moment_{moment}", count=sum(counts.values())) + "\n" + drawn


def _next(context: Context, closed: Round) -> list[tuple[str, str]]:
    used = {past.prompt_slug for past in context.store.rounds(context.group_seminar.id)}
    return [(p.title, p.slug) for p in next_prompts(context.pack, closed.prompt_slug, used)]


def _next_rows(context: Context, closed: Round) -> Rows:
    return [
        [button(shorten(context.shown(title), LABEL_LIMIT), "next", tag(context.pack, slug))]
        for title, slug in _next(context, closed)
    ]
