"""What a student writes to us for a round: an answer that waits for all others, or words under a mask.

The card's button opens our private chat for the round; for half an hour after the last word, what is written
there is for the class. Commands stay commands: /ask still asks the reading. What went out under a mask can be
taken back.
"""

from datetime import timedelta
from html import escape

from telegram import InlineKeyboardButton
from telegram.error import BadRequest, Forbidden

from bot.context import Context, Refusal
from bot.handlers.ask import questions
from bot.handlers.common import admins, message_filters
from bot.handlers.common.buttons import labelled, number_or_zero, numbers
from bot.handlers.common.places import Place, there
from bot.handlers.common.reply import edit, reply
from bot.handlers.rounds import cards
from bot.handlers.rounds.card_view import prompt_of
from bot.seminar.records import Round, Seminar
from bot.sending.turn import handled_before
from db.discussion.remarks import NewRemark

FOR = timedelta(minutes=30)
LONGEST = 3000  # characters that are posted as one message, with the mask


async def begin(context: Context, wanted: str) -> None:
    """Answer the card's deep link: from now on, private words are for that round.

    Raises:
        Refusal: there is no such round for this person, it is over, or nothing may be kept of them.
    """
    found = context.store.rounds.by_id(number_or_zero(wanted))
    seminar = context.store.seminars.by_id(found.seminar_id) if found else None
    if found is None or seminar is None or not await _belongs(context, seminar):
        raise Refusal("privately.none")
    context.store.aliases.of(seminar.id, context.person.id)  # in this class, whose reading they ask about
    if not _takes(found):
        raise Refusal("privately.over")
    _check_consent(context, seminar)
    context.store.private_answers.begin_errand(context.person.id, found.id, until=context.now + FOR)
    place = there(context, seminar)
    text = context.say(f"privately.{found.visibility}", prompt=prompt_of(place, found))
    await reply(context, text, [[_done(context)]])


async def written(context: Context) -> None:
    """Take plain words in private: for the round that the person is writing for, else as a question."""
    round_id = context.store.private_answers.errand(context.person.id, now=context.now)
    found = context.store.rounds.by_id(round_id) if round_id is not None else None
    seminar = context.store.seminars.by_id(found.seminar_id) if found else None
    if found is None or seminar is None or not _takes(found) or message_filters.withheld(context):
        await questions.written(context)
        return
    words = context.message.text or ""
    await _check(context, seminar, words)
    context.store.private_answers.note_message(context.person.id, context.message.message_id, found.id)
    context.store.private_answers.begin_errand(context.person.id, found.id, until=context.now + FOR)
    place = there(context, seminar)
    if found.visibility == "relay":
        await _relay(context, place, found, words)
    else:
        await _keep(context, place, found, words)


async def _check(context: Context, seminar: Seminar, words: str) -> None:
    """Make sure that these words of this person may be taken for the class.

    Raises:
        Refusal: they are too long, nothing may be kept of the person, or they are not in the class any more.
    """
    if len(words) > LONGEST:
        raise Refusal("privately.too_long", limit=LONGEST)
    _check_consent(context, seminar)
    if not await _belongs(context, seminar):  # left since, or thrown out
        context.store.private_answers.end_errand(context.person.id)
        raise Refusal("privately.none")


async def rewritten(context: Context) -> None:
    """Take the new words of a message that was written for a round; edits of others are nobody's business.

    Of several messages the last counts, as it did when they were written. What went out under a mask is in
    the group by then: they are told how to change that.

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
        raise Refusal("privately.posted_already" if _takes(found) else "privately.over")
    now = context.store.private_answers.of(found.id, context.person.id)
    words = context.message.text or ""
    if words == now and not handled_before():
        return  # a link in it was given a picture
    if not note.last:
        raise Refusal("privately.later_counts")
    await _replace(context, found, words)


async def finish(context: Context) -> None:
    """Let private words be questions again."""
    if not context.private:
        raise Refusal("toast.stale")
    context.store.private_answers.end_errand(context.person.id)
    await edit(context, context.say("privately.done"))


async def take_back(context: Context) -> None:
    """Delete what went out under this person's mask, there and in the log."""
    round_id, message_id = numbers(context, 2)
    found = context.store.rounds.by_id(round_id)
    if not context.private or found is None or found.closed_at is not None:
        raise Refusal("privately.too_late")
    chat_id = context.store.masks.take_back(round_id, context.person.id, message_id)
    if chat_id is None:
        raise Refusal("toast.stale")
    try:
        await context.bot.delete_message(chat_id, message_id)
    except (BadRequest, Forbidden):  # an admin was quicker, it is too old, or we were thrown out
        await edit(context, context.say("privately.taken_back_from_log"))
    else:
        await edit(context, context.say("privately.taken_back"))


async def _replace(context: Context, found: Round, words: str) -> None:
    seminar = context.store.seminars.by_id(found.seminar_id)
    if seminar is None or not _takes(found):
        raise Refusal("privately.over_unchanged")
    await _check(context, seminar, words)
    if not context.store.private_answers.give(found.id, context.person.id, words, at=context.now):
        raise Refusal("privately.over_unchanged")
    await reply(context, context.say("privately.changed"))


async def _keep(context: Context, place: Place, found: Round, words: str) -> None:
    if not context.store.private_answers.give(found.id, context.person.id, words, at=context.now):
        raise Refusal("privately.over")
    await reply(context, context.say("privately.kept"), [[_done(context)]])
    await cards.refresh(place, found.id)


async def _relay(context: Context, place: Place, found: Round, words: str) -> None:
    alias = context.store.masks.of(found.id, context.person.id)
    sent = await place.post(f"<b>{escape(alias)}</b>\n{escape(words)}")
    context.store.remarks.log(
        NewRemark(
            round_id=found.id,
            person_id=context.person.id,
            chat_id=place.seminar.chat_id,
            message_id=sent.message_id,
            sent_at=context.now,
            text=words,
            via="relay",
        )
    )
    back = labelled(context, "button.take_back", "unsay", found.id, sent.message_id)
    await reply(context, context.say("privately.relayed", alias=alias), [[back, _done(context)]])


def _takes(found: Round) -> bool:
    """Return whether the round takes words in private now."""
    if found.closed_at is not None:
        return False
    return found.visibility == "relay" or found.collects


def _check_consent(context: Context, seminar: Seminar) -> None:
    if context.store.people.may_log(seminar.id, context.person.id):
        return
    said_no = context.store.people.consent(seminar.id, context.person.id) == "no"
    raise Refusal("privately.not_logged" if said_no else "privately.not_agreed")


async def _belongs(context: Context, seminar: Seminar) -> bool:
    """Return whether this person is in the class: a link may have been passed on to anybody.

    Where Telegram does not tell (it promises to only where we are an admin), who has taken part before is in.
    """
    try:
        member = await context.bot.get_chat_member(seminar.chat_id, context.user.id)
    except (BadRequest, Forbidden):
        return context.person.id in context.store.aliases.all(seminar.id)
    return admins.is_inside(member)


def _done(context: Context) -> InlineKeyboardButton:
    return labelled(context, "button.done_writing", "done")
