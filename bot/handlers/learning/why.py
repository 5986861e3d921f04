"""/why: which tier, names, words and points decided an answer, said so that a teacher can follow it.

It is worked out anew from the question and what went before it; so nothing more than the question is kept. In
a group anybody may ask about what was answered there; in private it is only one's own questions.
"""

from bot.answering.explain import Explanation, Rival, explain
from bot.answering.phrases import say
from bot.context import Context, Refusal
from bot.handlers.ask.questions import FOLLOW_UPS_FOR, engine_of
from bot.handlers.common.entry import rest_of
from bot.handlers.common.reply import reply
from bot.pack.model import Pack, Said
from bot.text.folding import to_traditional
from db.answers.questions import LoggedQuestion


async def why(context: Context) -> None:
    """Answer /why: as a reply to an answer, for the question behind it, or for one's last question."""
    question = rest_of(context)
    if question:
        chat_id, person_id = context.message.chat.id, context.person.id
        history = context.store.questions.recent(chat_id, person_id, since=context.now - FOLLOW_UPS_FOR)
        told = explain(await engine_of(context, context.pack), question, history=history)
        await reply(context, _text(context, question, told))
        return
    asked = _asked(context)
    pack = context.services.library.packs.get(asked.pack) or context.pack
    told = explain(await engine_of(context, pack), asked.text, history=_history(context, asked))
    changed = "\n\n" + context.say("because.changed") if _changed(asked, pack, told) else ""
    await reply(context, _text(context, asked.text, told) + changed)


def _asked(context: Context) -> LoggedQuestion:
    """Return the question that is meant.

    Raises:
        Refusal: it is not known here.
    """
    message, store = context.message, context.store
    target = message.reply_to_message
    if target is not None and target.forum_topic_created is None:
        found = store.questions.behind(message.chat.id, context.person.id, target.message_id)
    else:
        found = store.questions.last(message.chat.id, context.person.id)
    if found is None:
        raise Refusal("because.unknown")
    return found


def _history(context: Context, asked: LoggedQuestion) -> list[str]:
    return context.store.questions.recent(
        context.message.chat.id,
        asked.person_id,
        since=asked.asked_at - FOLLOW_UPS_FOR,
        until=asked.asked_at,
        but=asked.message_id,
    )


def _changed(asked: LoggedQuestion, pack: Pack, told: Explanation) -> bool:
    """Return whether the question would be answered otherwise today: the pack or its aliases were changed."""
    slugs = tuple(snippet.slug for snippet in told.answer.snippets)
    return asked.pack == pack.slug and (asked.answered, asked.snippets) != (told.answer.answered, slugs)


def _text(context: Context, question: str, told: Explanation) -> str:
    """Return which stage decided, what each stage saw, and the snippets that were compared."""
    tier = told.answer.tier.value.replace("-", "_")
    lines = [context.say("because.head", question=question), context.say(f"because.tier_{tier}")]
    lines += [context.say("because.saw", sentence=_said(context, seen)) for seen in told.answer.why]
    if told.rivals:
        lines += ["", context.say("because.rivals"), *(_rival(context, rival) for rival in told.rivals)]
    return "\n".join(lines)


def _said(context: Context, seen: Said) -> str:
    """Return what a stage saw, in this place's language and script."""
    sentence = to_traditional(say(seen, context.language))
    return sentence if context.language == "en" else context.shown(sentence)


def _rival(context: Context, rival: Rival) -> str:
    title, share = context.called(rival.snippet), f"{rival.coverage:.0%}"
    return context.say("because.rival", title=title, points=f"{rival.points:.0f}", share=share)
