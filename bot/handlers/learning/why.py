"""/why: which tier, names, words and points decided an answer, said so that a teacher can follow it.

It is worked out anew from the question and what went before it; so nothing more than the question is kept. In
a group anybody may ask about what was answered there; in private it is only one's own questions.
"""

from bot.context import Context, Refusal
from bot.handlers.asking import FOLLOW_UPS_FOR, engine_of
from bot.handlers.entry import rest_of
from bot.handlers.replying import reply
from bot.reading.explaining import Explanation, explain
from bot.reading.folding import to_traditional
from bot.reading.pack import Pack
from db.questions import Asked

TIERS = ("alias", "homophone", "ranking", "follow-up", "absent", "did-you-mean", "abstain", "smalltalk")
MOST_WORDS = 12


async def why(context: Context) -> None:
    """Answer /why: as a reply to an answer, for the question behind it, or for one's last question."""
    question = rest_of(context)
    if question:
        chat_id, person_id = context.message.chat.id, context.person.id
        history = context.store.recent_questions(chat_id, person_id, since=context.now - FOLLOW_UPS_FOR)
        told = explain(await engine_of(context, context.pack), question, history=history)
        await reply(context, _text(context, question, told))
        return
    asked = _asked(context)
    pack = context.desk.library.packs.get(asked.pack) or context.pack
    told = explain(await engine_of(context, pack), asked.text, history=_history(context, asked))
    changed = "\n\n" + context.say("because.changed") if _changed(asked, pack, told) else ""
    await reply(context, _text(context, asked.text, told) + changed)


def _asked(context: Context) -> Asked:
    """Return the question that is meant.

    Raises:
        Refusal: it is not known here.
    """
    message, store = context.message, context.store
    target = message.reply_to_message
    if target is not None and target.forum_topic_created is None:
        found = store.question_behind(message.chat.id, context.person.id, target.message_id)
    else:
        found = store.last_question(message.chat.id, context.person.id)
    if found is None:
        raise Refusal("because.unknown")
    return found


def _history(context: Context, asked: Asked) -> list[str]:
    return context.store.recent_questions(
        context.message.chat.id,
        asked.person_id,
        since=asked.asked_at - FOLLOW_UPS_FOR,
        until=asked.asked_at,
        but=asked.message_id,
    )


def _changed(asked: Asked, pack: Pack, told: Explanation) -> bool:
    """Return whether the question would be answered otherwise today: the pack or its aliases were changed."""
    slugs = tuple(snippet.slug for snippet in told.answer.snippets)
    return asked.pack == pack.slug and (asked.answered, asked.snippets) != (told.answer.answered, slugs)


def _text(context: Context, question: str, told: Explanation) -> str:
    tier = told.answer.tier if told.answer.tier in TIERS else "ranking"
    lines = [context.say("because.head", question=question)]
    lines.append(context.say(f"because.tier_{tier.replace('-', '_')}"))
    if told.leaning:
        lines.append(context.say(f"because.lean_{told.leaning}"))
    lines += _heard(context, told)
    if told.rivals:
        lines.append("")
        lines.append(context.say("because.rivals"))
        lines += [
            context.say(
                "because.rival",
                title=context.shown(rival.snippet.title),
                points=f"{rival.points:.0f}",
                share=f"{rival.coverage:.0%}",
            )
            for rival in told.rivals
        ]
        fields = {"sureness": told.sureness, "line": told.line, "suggest": told.suggest_line}
        shown = {name: f"{value:.1f}" for name, value in fields.items()}
        lines.append(context.say("because.sureness", **shown))
    return "\n".join(lines)


def _heard(context: Context, told: Explanation) -> list[str]:
    """Return what was heard in the question: names, words, and what kind of thing is asked."""
    lines = []
    if told.names:
        names = "、".join(f"{context.shown(name)}（{alike:.0%}）" for name, alike in told.names)
        lines.append(context.say("because.names", names=names))
    if told.words:
        script = context.shown if context.language == "zh-Hans" else to_traditional
        lines.append(context.say("because.words", words="、".join(map(script, told.words[:MOST_WORDS]))))
    if told.intents:
        kinds = "、".join(context.plain(f"because.asks_{kind}") for kind in told.intents)
        lines.append(context.say("because.kinds", kinds=kinds))
    return lines
