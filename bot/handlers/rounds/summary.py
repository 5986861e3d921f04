"""What a round came to: pictures, then one message in numbers of people and never names."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from telegram.error import TelegramError

from bot.answering.word_counts import words
from bot.handlers.common.buttons import LABEL_LIMIT, button, tag
from bot.handlers.common.places import Place
from bot.handlers.common.reply import Rows
from bot.handlers.rounds.card_view import name_of, prompt_of
from bot.handlers.rounds.post_once import owed
from bot.pack.model import Prompt
from bot.seminar.coverage import covered
from bot.seminar.nameless_text import without_names
from bot.seminar.prompts import fitting_next, title_of
from bot.seminar.records import STEPS, Moment, Round
from bot.seminar.stances import crossed
from bot.seminar.summary import Outcome, Summary, bars, summarise
from bot.speech import Markup, shorten
from db.discussion.bot_messages import PATIENCE

MOST_NAMED = 5  # pieces of evidence on either list
MOST_DRAWN = 40  # words
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """A closed round, counted: `evidence` is by slug, in the pack's order."""

    closed: Round
    summary: Summary
    evidence: dict[str, int]
    crossed: Mapping[tuple[int, int], int]  # steps before and after -> people
    words: tuple[tuple[str, int], ...]  # said at least twice, most first


async def post(place: Place, closed: Round, *, patience: timedelta = PATIENCE) -> None:
    """Post pictures and summary, unless somebody else is about to."""
    with owed(place, closed.id, "summary", patience=patience) as line:
        if line is None:
            return
        result = await _count(place, closed)
        await _post_pictures(place, result)
        sent = await place.post(_text(place, result), _next_rows(place, closed))
        place.store.bot_messages.note_sent(line.id, place.seminar.chat_id, sent.message_id, at=place.now)


async def post_again(place: Place, closed: Round) -> None:
    """Post the summary once more, without pictures: they stand above."""
    result = await _count(place, closed)
    await place.post(_text(place, result), _next_rows(place, closed))


async def _count(place: Place, closed: Round) -> Result:
    remarks, stances = place.store.remarks.of(closed.id), place.store.stances.of(closed.id)
    texts, pack = [remark.text for remark in remarks if remark.own], place.pack
    engine = place.services.library.engine(pack.slug)
    slugs = _evidence_slugs(place, closed)
    # The first use loads dictionaries, which takes a second or two: not on the loop that all chats share.
    counted = await asyncio.to_thread(words, _without_names(place, texts), pack, place.language)
    touched = await asyncio.to_thread(covered, texts, engine, slugs) if texts else {}
    return Result(
        closed=closed,
        summary=summarise(remarks, stances, counted),
        evidence={slug: touched.get(slug, 0) for slug in slugs},
        crossed=crossed(stances),
        words=tuple((word, times) for word, times in counted.most_common(MOST_DRAWN) if times > 1),
    )


def _without_names(place: Place, texts: list[str]) -> list[str]:
    """Return the texts with nobody's name in them."""
    mask = place.store.pseudonyms.masker(place.seminar.id)
    return without_names(
        texts, [mask(text) for text in texts], place.store.pseudonyms.stand_ins(place.seminar.id)
    )


def _evidence_slugs(place: Place, closed: Round) -> list[str]:
    """Return the evidence that the prompt names; for the teacher's own words, the whole reading."""
    prompt, pack = place.pack.prompt(closed.prompt_slug), place.pack
    if prompt is None:
        return [one.slug for one in pack.snippets if not one.draft]
    named = dict.fromkeys([*prompt.evidence_for, *prompt.evidence_against])
    return [slug for slug in named if slug in pack.by_slug]


async def _post_pictures(place: Place, result: Result) -> None:
    """Post what there is to see; a picture that fails is logged, the summary comes all the same."""
    draw = place.services.pictures
    if draw is None:
        return
    titles = tuple((_title(place, slug), times) for slug, times in result.evidence.items())
    prompt = place.pack.prompt(result.closed.prompt_slug)
    outcome = Outcome(
        number=result.closed.number,
        prompt=name_of(place, result.closed),
        summary=result.summary,
        evidence=titles if prompt and result.summary.remarks else (),
        crossed=result.crossed,
        words=result.words,
    )
    try:
        for picture in await asyncio.to_thread(draw, outcome, place.language):
            await place.photo(picture.png, picture.caption)
    except (TelegramError, ValueError, LookupError) as error:
        log.warning("a picture was not posted: %s", type(error).__name__)


def _text(place: Place, result: Result) -> str:
    """Return the summary in parts that each say something: what did not happen is left out."""
    closed, summary = result.closed, result.summary
    parts = [
        place.say("summary.head", number=closed.number, prompt=prompt_of(place, closed)),
        _people(place, summary),
        *_stances(place, summary),
    ]
    if summary.words:
        said = "・".join(f"{word} {times}" for word, times in summary.words)
        parts.append(place.say("summary.words", words=said))
    if summary.remarks:
        parts.extend(_evidence(place, result))
    if _next(place, closed):
        parts.append(place.say("summary.next"))
    return "\n\n".join(parts)


def _people(place: Place, summary: Summary) -> str:
    if not summary.remarks:
        return place.say("summary.nobody")
    return place.say("summary.counts", people=summary.people, remarks=summary.remarks)


def _stances(place: Place, summary: Summary) -> list[str]:
    parts = []
    if any(summary.before.values()):
        parts.append(_bars(place, "before", summary.before, summary.most))
    if any(summary.after.values()):
        parts.append(_bars(place, "after", summary.after, summary.most))
    if summary.moved.pairs:
        moved = summary.moved
        parts.append(
            place.say("summary.moved", pairs=moved.pairs, up=moved.up, down=moved.down, same=moved.same)
        )
    return parts


def _bars(place: Place, moment: Moment, counts: dict[int, int], most: int) -> str:
    labels = {step: place.plain(f"step.{step}") for step in STEPS}
    drawn = Markup(f"<pre>{bars(counts, labels, most)}</pre>")
    return place.say(f"summary.moment_{moment}", count=sum(counts.values())) + "\n" + drawn


def _evidence(place: Place, result: Result) -> list[str]:
    """Return which of the prompt's evidence was touched and which was not; own words have no evidence."""
    touched = [_title(place, slug) for slug, times in result.evidence.items() if times]
    missed = [_title(place, slug) for slug, times in result.evidence.items() if not times]
    lines = []
    if touched:
        lines.append(place.say("summary.touched", titles="・".join(touched[:MOST_NAMED])))
    if missed and place.pack.prompt(result.closed.prompt_slug):
        lines.append(place.say("summary.missed", titles="・".join(missed[:MOST_NAMED])))
    return ["\n".join([place.say("summary.evidence"), *lines])] if lines else []


def _title(place: Place, slug: str) -> str:
    return place.called(place.pack.by_slug[slug])


def _next(place: Place, closed: Round) -> list[Prompt]:
    used = {past.prompt_slug for past in place.store.rounds.of(place.seminar.id)}
    return list(fitting_next(place.pack, closed.prompt_slug, used, place.store.plans.of(place.seminar.id)))


def _next_rows(place: Place, closed: Round) -> Rows:
    return [
        [button(shorten(title_of(one, place.language), LABEL_LIMIT), "next", tag(place.pack, one.slug))]
        for one in _next(place, closed)
    ]
