"""A question to the reading, by /ask, a mention, a reply to the bot, or plain words in private."""

from datetime import timedelta

from telegram import InlineKeyboardButton, MessageEntity

from bot.context import Context, Refusal
from bot.handlers.buttons import LABEL_LIMIT, arguments, button, numbers, tag, tagged_snippet
from bot.handlers.entry import rest_of
from bot.handlers.replying import Rows, reply
from bot.handlers.rounds import drafting
from bot.reading.composing import compose
from bot.reading.pack import Answer, Pack, Snippet
from bot.speech import TOAST_LIMIT, answering_language, shorten

FOLLOW_UPS_FOR = timedelta(minutes=10)
RELATED = 3
SAME_SNIPPET_SECONDS = 60


async def ask(context: Context) -> None:
    """Answer /ask."""
    await _answer(context, rest_of(context))


async def mentioned(context: Context) -> None:
    """Answer a message in a group that mentions the bot."""
    await _answer(context, _without_mention(context))


async def replied(context: Context) -> None:
    """Answer a reply to one of the bot's messages.

    A reply to a round's card never gets here: it is a remark, which the intake logs (db/admitting.py). One
    to 「寫下題目」 is the teacher's own prompt.
    """
    if not await drafting.own_words(context):
        await _answer(context, context.message.text or "")


async def written(context: Context) -> None:
    """Answer plain words in a private chat."""
    await _answer(context, context.message.text or "")


async def not_text(context: Context) -> None:
    """Say that pictures, voices and stickers are beyond us."""
    await reply(context, context.say("ask.text_only"))


async def snippet(context: Context) -> None:
    """Post the snippet whose button was pressed; in a group not twice within a minute."""
    pack, found = tagged_snippet(context, *arguments(context, 1))
    key = ("snippet", context.message.chat.id, found.slug)
    if not context.desk.recent.first(key, context.now, SAME_SNIPPET_SECONDS):
        raise Refusal("toast.snippet_above")
    await context.toast()
    await reply(context, snippet_text(context, found), related_rows(context, pack, (found,)))


async def evidence(context: Context) -> None:
    """Show a piece of evidence to whoever pressed, in a window: a whole class may look without a message."""
    _, found = tagged_snippet(context, *arguments(context, 1))
    composed = compose(Answer(answered=True, snippets=(found,)), context.language)
    source = " ".join(composed.source_lines)
    room = TOAST_LIMIT - len(composed.title) - len(source) - 2
    await context.toast(f"{composed.title}\n{shorten(composed.text, room)}\n{source}", alert=True)


async def helped(context: Context) -> None:
    """Keep whether an answer helped the one who asked."""
    question_id, yes = numbers(context, 2)
    if not context.store.helped(question_id, context.person.id, yes == 1):
        raise Refusal("toast.helped_other")
    await context.toast(context.plain("toast.helped"))


def snippet_text(context: Context, shown: Snippet) -> str:
    """Return one snippet as HTML."""
    return answer_text(context, Answer(answered=True, snippets=(shown,)), context.language)


def answer_text(context: Context, answer: Answer, language: str) -> str:
    """Return what the reading says as HTML: title, text, source."""
    composed = compose(answer, language)
    say = context.desk.speech.say
    parts = [say(language, "ask.answer", title=composed.title, text=composed.text)]
    if composed.source_lines:
        parts.append(say(language, "ask.source", source="\n".join(composed.source_lines)))
    return "\n\n".join(parts)


def related_rows(
    context: Context, pack: Pack, shown: tuple[Snippet, ...]
) -> list[list[InlineKeyboardButton]]:
    """Return buttons to snippets related to those that are shown, a few, none twice."""
    known = {one.slug for one in shown}
    slugs = dict.fromkeys(slug for one in shown for slug in one.related if slug not in known)
    found = [pack.by_slug[slug] for slug in slugs if slug in pack.by_slug]
    return _snippet_rows(context, pack, found[:RELATED])


def _snippet_rows(context: Context, pack: Pack, snippets: list[Snippet]) -> list[list[InlineKeyboardButton]]:
    return [
        [button(shorten(context.shown(one.title), LABEL_LIMIT), "snippet", tag(pack, one.slug))]
        for one in snippets
    ]


async def _answer(context: Context, question: str) -> None:
    if not question:
        raise Refusal("ask.how")
    store, person, pack = context.store, context.person, context.pack
    chat_id = context.message.chat.id
    history = store.recent_questions(chat_id, person.id, since=context.now - FOLLOW_UPS_FOR)
    answer = context.desk.library.engine(pack.slug).answer(question, history=history)
    seminar_id = context.seminar.id if context.seminar else None
    question_id = store.log_question(
        seminar_id=seminar_id,
        person_id=person.id,
        chat_id=chat_id,
        message_id=context.message.message_id,
        at=context.now,
        text=question,
        answer=answer,
        logged=store.may_log(seminar_id, person.id),
    )
    if answer.answered:
        language = answering_language(question, context.language)
        rows = [*related_rows(context, pack, answer.snippets), _thumbs(context, question_id)]
        await reply(context, answer_text(context, answer, language), rows)
    else:
        await reply(context, *_not_answered(context, pack, answer))


def _not_answered(context: Context, pack: Pack, answer: Answer) -> tuple[str, Rows]:
    """Return a polite no, with the nearest topics as buttons where there are such."""
    rows = _snippet_rows(context, pack, list(answer.suggestions))
    if answer.tier == "smalltalk":
        return context.say("ask.smalltalk"), []
    if answer.tier == "did-you-mean" and rows:
        return context.say("ask.did_you_mean"), rows
    no = context.say("ask.lead", lead=answer.lead) if answer.lead else context.say("ask.not_covered")
    if rows:
        return no + "\n" + context.say("ask.nearest"), rows
    return no, [[button(context.plain("button.topics"), "topics", 0)]]


def _thumbs(context: Context, question_id: int) -> list[InlineKeyboardButton]:
    """Return 👍 and 👎; none for a question of which nothing was kept."""
    if not question_id:
        return []
    return [
        button(context.plain("button.helped"), "helped", question_id, 1),
        button(context.plain("button.not_helped"), "helped", question_id, 0),
    ]


def _without_mention(context: Context) -> str:
    """Return the message's text without the mentions of us, at whichever place they stand."""
    message, ours = context.message, f"@{context.bot.username}".lower()
    text = message.text or ""
    for words in message.parse_entities([MessageEntity.MENTION]).values():
        if words.lower() == ours:
            text = text.replace(words, " ", 1)
    return " ".join(text.split())
