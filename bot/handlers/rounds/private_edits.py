"""Somebody changes what they wrote to us in private for a round: the answer changes with it, while it may.

Of several messages the last counts, as it did when they were written. What went out under a mask is in the
group by then: they are told how to change that.
"""

from bot.context import Context, Refusal
from bot.handlers.common.reply import reply
from bot.handlers.rounds.private_words import check, takes
from bot.seminar.records import Round
from bot.sending.turn import handled_before


async def rewritten(context: Context) -> None:
    """Take the new words of a message that was written for a round; edits of others are nobody's business.

    Raises:
        Refusal: why they cannot be taken.
    """
    known = context.store.people.known(context.user.id)
    note = (
        context.store.private_answers.noted_message(known.id, context.message.message_id) if known else None
    )
    found = context.store.rounds.by_id(note.round_id) if note else None
    if note is None or found is None:
        return
    if found.visibility == "relay":
        raise Refusal("privately.posted_already" if takes(found) else "privately.over")
    now = context.store.private_answers.of(found.id, context.person.id)
    words = context.message.text or ""
    if words == now and not handled_before():
        return  # a link in it was given a picture
    if not note.last:
        raise Refusal("privately.later_counts")
    await _replace(context, found, words)


async def _replace(context: Context, found: Round, words: str) -> None:
    seminar = context.store.seminars.by_id(found.seminar_id)
    if seminar is None or not takes(found):
        raise Refusal("privately.over_unchanged")
    await check(context, seminar, words)
    if not context.store.private_answers.give(found.id, context.person.id, words, at=context.now):
        raise Refusal("privately.over_unchanged")
    await reply(context, context.say("privately.changed"))
