"""A question to the reading, by /ask, a mention, a reply to the bot, or plain words in private."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from telegram import MessageEntity

from bot.answering.compose import compose, refusal
from bot.answering.engine import Engine
from bot.context import Context, Refusal
from bot.handlers.ask import pack_choice, repeat_answers
from bot.handlers.ask.answer_message import Row, answer_text, below, snippet_rows, snippet_text, thumbs
from bot.handlers.ask.repeat_answers import Thing
from bot.handlers.common import message_filters
from bot.handlers.common.buttons import arguments, labelled, numbers, tagged_snippet
from bot.handlers.common.entry import rest_of
from bot.handlers.common.recent import Recent
from bot.handlers.common.reply import Rows, edit_buttons, reply
from bot.pack.model import Answer, Kind, Pack, Snippet
from bot.speech import TOAST_LIMIT, answering_language, shorten
from db.answers.questions import LoggedQuestion

FOLLOW_UPS_FOR = timedelta(minutes=10)
OTHERS = 4  # what is offered after 👎
ALBUM_FOR = 60.0  # seconds; Telegram sends the pictures of an album at once


class Albums(Recent):
    """The albums of which a picture came lately, by chat and Telegram's id."""


async def ask(context: Context) -> None:
    """Answer /ask."""
    await answer_question(context, rest_of(context))


async def mentioned(context: Context) -> None:
    """Answer a message in a group that mentions the bot."""
    await answer_question(context, _without_mention(context))


async def replied(context: Context) -> None:
    """Answer a reply to one of the bot's messages.

    A reply to a round's card never gets here: it is a remark, which the intake logs
    (db/updates/admission.py).
    """
    await answer_question(context, context.message.text or "")


async def written(context: Context) -> None:
    """Answer plain words in a private chat; those of an album stand under one of its pictures."""
    _is_new_album(context)
    await answer_question(context, context.message.text or "")


async def not_text(context: Context) -> None:
    """Say that pictures, voices and stickers are beyond us: once for those that were sent together."""
    if context.message.media_group_id is None or _is_new_album(context):
        await reply(context, context.say("ask.text_only"))


def _is_new_album(context: Context) -> bool:
    """Return whether no other picture of the message's album, if it has one, came before."""
    album = (context.message.chat.id, context.message.media_group_id)
    return context.services.memory(Albums).first(album, context.now, ALBUM_FOR)


async def snippet(context: Context) -> None:
    """Post the snippet whose button was pressed; what stands just above is pointed at, once a minute."""
    pack, found = tagged_snippet(context, *arguments(context, 1))
    note_opened(context, found)
    things = _things(context, pack, (found,), context.language)
    if not repeat_answers.stands_above(context, things):
        await context.toast()
        sent = await reply(context, snippet_text(context, found), below(context, pack, (found,)))
        repeat_answers.note(context, things, sent)
    elif repeat_answers.first_time(context, things):
        await context.toast()
        await repeat_answers.point(context, things)
    else:
        raise Refusal("toast.snippet_above")


async def reading_chosen(context: Context) -> None:
    """Take the reading that was chosen, and answer the question that was waiting for it in private."""
    await pack_choice.choose(context)
    waiting = context.message.reply_to_message
    question = _asked_by(waiting.text or "") if waiting and context.private else ""
    if question:
        await answer_question(context, question)


async def evidence(context: Context) -> None:
    """Show a piece of evidence to whoever pressed, in a window: a whole class may look without a message."""
    _, found = tagged_snippet(context, *arguments(context, 1))
    composed = compose(Answer(snippets=(found,)), context.language)
    text = found.sentence if context.language == "en" and found.gloss else composed.text
    source = " ".join(composed.source_lines)
    room = TOAST_LIMIT - len(composed.title) - len(source) - 2
    await context.toast(f"{composed.title}\n{shorten(text, room)}\n{source}", alert=True)


async def helped(context: Context) -> None:
    """Keep whether an answer helped the one who asked; if it did not, offer something else in its place."""
    question_id, yes = numbers(context, 2)
    if yes not in {0, 1}:
        raise Refusal("toast.stale")
    person_id = context.person.id
    if not context.store.questions.set_helped(question_id, person_id, yes == 1):
        raise Refusal("toast.helped_other")
    await context.toast(context.plain("toast.helped" if yes else "toast.not_helped"), alert=not yes)
    asked = context.store.questions.own(question_id, person_id)
    if asked is not None and not yes:
        await edit_buttons(context, _something_else(context, asked))


def note_opened(context: Context, found: Snippet) -> None:
    """Let what the person asks next lean on the snippet they opened, where their doings may be kept."""
    seminar_id = context.seminar.id if context.seminar else None
    if context.store.people.may_log(seminar_id, context.person.id):
        context.store.private_reading.note_glance(
            context.message.chat.id, context.person.id, found.title, at=context.now
        )


async def engine_of(context: Context, pack: Pack) -> Engine:
    """Return the pack's engine, built beside the event loop that all chats share."""
    library = context.services.library
    if not library.is_ready(pack.slug):
        await asyncio.to_thread(library.engine, pack.slug)
    return library.engine(pack.slug)


async def answer_question(context: Context, question: str) -> None:
    """Answer from the reading of this place, and keep the question where its asker lets us.

    Raises:
        Refusal: nothing was asked.
    """
    if not question:
        raise Refusal("ask.how")
    if pack_choice.is_open(context):
        await pack_choice.ask_which(context)
        return
    store, person, pack, message = context.store, context.person, context.pack, context.message
    since = context.now - FOLLOW_UPS_FOR
    history = store.questions.recent(message.chat.id, person.id, since=since, but=message.message_id)
    answer = (await engine_of(context, pack)).answer(question, history=history)
    seminar_id = context.seminar.id if context.seminar else None
    question_id = store.questions.log(
        seminar_id=seminar_id,
        person_id=person.id,
        chat_id=message.chat.id,
        message_id=message.message_id,
        at=context.now,
        text=question,
        answer=answer,
        logged=store.people.may_log(seminar_id, person.id) and not message_filters.withheld(context),
        pack=pack.slug,
    )
    sent = await _post(context, pack, answer, answering_language(question, context.language), question_id)
    store.questions.note_answer(question_id, sent)


async def _post(context: Context, pack: Pack, answer: Answer, language: str, question_id: int) -> int:
    """Post an answer, a pointer to where it stands, or a polite no; return the message's number."""
    if not answer.answered:
        return (await reply(context, *_not_answered(context, pack, answer, language))).message_id
    things = _things(context, pack, answer.snippets, language)
    if repeat_answers.stands_above(context, things) and not answer.lead:
        return (await repeat_answers.point(context, things, thumbs(context, question_id))).message_id
    rows = [*below(context, pack, answer.snippets), *thumbs(context, question_id)]
    sent = await reply(context, answer_text(context, answer, language), rows)
    repeat_answers.note(context, things, sent)
    return sent.message_id


def _things(context: Context, pack: Pack, snippets: Sequence[Snippet], language: str) -> list[Thing]:
    return [Thing((pack.slug, one.slug, language), context.called(one)) for one in snippets]


def _not_answered(context: Context, pack: Pack, answer: Answer, language: str) -> tuple[str, Rows]:
    """Return why the reading is not shown, with the nearest topics as buttons where there are such."""
    said = context.say("ask.lead", lead=refusal(answer, language, simplified=context.language == "zh-Hans"))
    if answer.kind in {Kind.SMALLTALK, Kind.REQUEST}:
        return said, []
    rows = snippet_rows(context, pack, answer.suggestions)
    if answer.kind is Kind.CHOICE:
        return said, [*rows, *([_topics(context)] if len(rows) == 1 else [])]
    if rows:
        return said + "\n" + context.say("ask.nearest"), rows
    return said, [_topics(context)]


def _something_else(context: Context, asked: LoggedQuestion) -> list[Row]:
    """Return buttons to other snippets near the question, to all topics, and the thumbs again."""
    pack = context.services.library.packs.get(asked.pack, context.pack)
    near = [pack.by_slug[slug] for slug in asked.near if slug in pack.by_slug and slug not in asked.snippets]
    return [*snippet_rows(context, pack, near[:OTHERS]), _topics(context), *thumbs(context, asked.id)]


def _topics(context: Context) -> Row:
    return [labelled(context, "button.other_topics", "list")]


def _asked_by(text: str) -> str:
    """Return what a message in private asks: all of it, or what stands behind /ask; else nothing."""
    if not text.startswith("/"):
        return text
    name, _, question = text.partition(" ")
    return question.strip() if name.partition("@")[0] == "/ask" else ""


def _without_mention(context: Context) -> str:
    """Return the message's text without the mentions of us, at whichever place they stand."""
    message, ours = context.message, f"@{context.bot.username}".lower()
    text = message.text or ""
    for words in message.parse_entities([MessageEntity.MENTION]).values():
        if words.lower() == ours:
            text = text.replace(words, " ", 1)
    return " ".join(text.split())
