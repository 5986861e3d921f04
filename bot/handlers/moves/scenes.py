"""The scene of a round, made from what is kept of it."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from telegram.error import TelegramError

from bot.handlers.common.places import Place
from bot.seminar.coverage import read_remark, subject_words, told_plainly
from bot.seminar.cues import cue_words, read_words
from bot.seminar.moves.scene import Heard, Line, Scene
from bot.seminar.moves.tuning import tuning_for
from bot.seminar.records import Remark, Round
from bot.seminar.round_times import lately
from bot.seminar.stances import moment_of

ADMINS_HOLD = timedelta(minutes=10)  # who teaches hardly changes during a class
TOPIC = (0, 0)  # stands for the question among the remarks' numbers
ASK_AGAIN_SECONDS = 60  # after Telegram did not tell
log = logging.getLogger(__name__)


async def scene_of(place: Place, running: Round) -> Scene:
    """Return the round as it stands now."""
    store = place.store
    remarks = [remark for remark in store.remarks.of(running.id) if remark.text and remark.own]
    prompt = place.pack.prompt(running.prompt_slug)
    against, in_favour = (prompt.evidence_against, prompt.evidence_for) if prompt else ((), ())
    topic = f"{prompt.title}\n{prompt.text}" if prompt else running.prompt_text
    question, heard = await _listen(place, running, remarks, topic)
    engine = place.desk.library.engine(place.pack.slug)
    staff = store.participants.staff(running.id, await _admins(place))
    moment = moment_of(running)
    return Scene(
        now=place.now,
        opened_at=running.revealed_at or running.opened_at,
        lines=tuple(
            Line(remark, what, remark.person_id in staff) for remark, what in zip(remarks, heard, strict=True)
        ),
        stirred_at=store.participants.last_active_at(running.id),
        moves=tuple(store.moves.of(running.id)),
        stances=tuple(stance for stance in store.stances.of(running.id) if stance.moment == moment),
        sides=(told_plainly(place.pack, against), told_plainly(place.pack, in_favour)),
        topic=(question.match.words | subject_words(engine)) - cue_words(),
        follow_ups=len(prompt.follow_ups) if prompt else 0,
        present=store.participants.attending(running.id) - staff,
        invited=store.moves.invited(running.id),
        ends_at=running.ends_at,
        stances_at_end=running.stance_on,
        closing=running.asked_again_at is not None,
        facilitation=running.facilitation,
        tuning=tuning_for(running.ends_at - running.opened_at if running.ends_at else None),
    )


async def _listen(
    place: Place, running: Round, remarks: list[Remark], topic: str
) -> tuple[Heard, list[Heard]]:
    """Return what is heard in the question and in each remark; what was heard before is remembered.

    Reading is off the loop that all chats share: the first use of a pack takes a second or two.
    """
    memory = place.desk.heard.get(running.id, {})
    keys = [TOPIC, *((remark.message_id, remark.version) for remark in remarks)]
    texts = [topic, *(remark.text for remark in remarks)]
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in memory}
    if new:
        memory |= await asyncio.to_thread(_read, place, new)
    place.desk.heard[running.id] = {key: memory[key] for key in keys}  # what was forgotten goes
    return memory[TOPIC], [memory[key] for key in keys[1:]]


def _read(place: Place, texts: dict[tuple[int, int], str]) -> dict[tuple[int, int], Heard]:
    engine = place.desk.library.engine(place.pack.slug)
    subject_words(engine)  # remembered: it takes a while at first
    return {key: Heard(read_words(text), read_remark(engine, text)) for key, text in texts.items()}


async def _admins(place: Place) -> frozenset[int]:
    """Return the Telegram ids of the group's admins, asked for rarely; if untold, those last known."""
    desk, chat_id = place.desk, place.seminar.chat_id
    asked_at, known = desk.admins.get(chat_id, (datetime.min.replace(tzinfo=UTC), frozenset[int]()))
    fresh = lately(asked_at, place.now, ADMINS_HOLD)
    if fresh or not desk.recent.first(("admins", chat_id), place.now, ASK_AGAIN_SECONDS):
        return known
    try:
        found = await place.bot.get_chat_administrators(chat_id)
    except TelegramError as error:
        log.debug("admins not told: %s", type(error).__name__)
        return known
    known = frozenset(member.user.id for member in found)
    desk.admins[chat_id] = (place.now, known)
    return known
