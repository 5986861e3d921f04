"""The scene of a round, made from what is kept of it."""

import asyncio
from dataclasses import dataclass, field

from bot.handlers.common import admins
from bot.handlers.common.places import Place
from bot.seminar.coverage import read_remark, subject_words, told_plainly
from bot.seminar.cues import cue_words, read_words
from bot.seminar.moves.scene import Heard, Line, Scene
from bot.seminar.moves.tuning import tuning_for
from bot.seminar.records import Remark, Round
from bot.seminar.stances import moment_of

TOPIC = (0, 0)  # stands for the question among the remarks' numbers


@dataclass
class HeardRemarks:
    """What was heard in the remarks of open rounds, by round, then by the message's number and version."""

    of: dict[int, dict[tuple[int, int], Heard]] = field(default_factory=dict)


async def scene_of(place: Place, running: Round) -> Scene:
    """Return the round as it stands now."""
    store = place.store
    remarks = [remark for remark in store.remarks.of(running.id) if remark.text and remark.own]
    prompt = place.pack.prompt(running.prompt_slug)
    against, in_favour = (prompt.evidence_against, prompt.evidence_for) if prompt else ((), ())
    topic = f"{prompt.title}\n{prompt.text}" if prompt else running.prompt_text
    question, heard = await _listen(place, running, remarks, topic)
    engine = place.services.library.engine(place.pack.slug)
    staff = store.participants.staff(running.id, await admins.teaching(place))
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
    rounds = place.services.memory(HeardRemarks).of
    memory = rounds.get(running.id, {})
    keys = [TOPIC, *((remark.message_id, remark.version) for remark in remarks)]
    texts = [topic, *(remark.text for remark in remarks)]
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in memory}
    if new:
        memory |= await asyncio.to_thread(_read, place, new)
    rounds[running.id] = {key: memory[key] for key in keys}  # what was forgotten goes
    return memory[TOPIC], [memory[key] for key in keys[1:]]


def _read(place: Place, texts: dict[tuple[int, int], str]) -> dict[tuple[int, int], Heard]:
    engine = place.services.library.engine(place.pack.slug)
    subject_words(engine)  # remembered: it takes a while at first
    return {key: Heard(read_words(text), read_remark(engine, text)) for key, text in texts.items()}
