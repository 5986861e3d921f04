"""The clock's part: each open round is looked at, and its moves are begun, offered, said or let go."""

from datetime import datetime

from bot.context import House
from bot.handlers.common.places import Place, there
from bot.handlers.moves import deliver
from bot.handlers.moves.phrases import line_of
from bot.handlers.moves.scenes import HeardRemarks, scene_of
from bot.seminar.moves.decide import decide, due_at
from bot.seminar.moves.records import Move
from bot.seminar.moves.scene import Scene
from bot.seminar.records import Round

ENDINGS = {"did_it": "did_it", "stopped": "stopped"}  # what an offer then says; all else: its moment passed


async def watch(house: House, now: datetime) -> None:
    """Look after the moves of all rounds.

    Raises:
        Exception: the last error of a round; it kept no other round from being looked at.
    """
    store, trouble = house.bot_data.store, None
    running_now = store.rounds.all_open()
    heard = house.bot_data.memory(HeardRemarks)
    heard.of = {one.id: heard.of.get(one.id, {}) for one in running_now}
    for running in running_now:
        seminar = store.seminars.by_id(running.seminar_id)
        if seminar is None or running.facilitation == "off" or running.collects:
            continue
        try:
            await _look_at(there(house, seminar), running)
        except Exception as error:  # noqa: BLE001  one round's trouble is not another's
            trouble = error
    await _sweep(house, now)
    if trouble is not None:
        raise trouble


async def _look_at(place: Place, running: Round) -> None:
    """Decide, and do what is decided; what needs no waiting is done in the same go."""
    scene = await scene_of(place, running)
    decision = decide(scene)
    for move, state, why in decision.over:
        if place.store.moves.settle(move.id, state, at=place.now, why=why):
            await deliver.mark_over(place, move, ENDINGS.get(why, "over"))
    due = list(decision.due)
    for spotted in decision.begun:
        due_time = due_at(scene, spotted)
        text = line_of(place, running, spotted)
        made = place.store.moves.note(running.id, spotted, text=text, due_at=due_time)
        kept = place.store.moves.by_id(made)
        if kept is not None and due_time <= place.now:
            due.append(kept)
    for move in due:
        await _tell(place, running, move, scene)


async def _tell(place: Place, running: Round, move: Move, scene: Scene) -> None:
    """Say the move in the way this round wants it, unless it was stopped since the scene was made."""
    asked = place.store.rounds.by_id(running.id)
    if asked is None or asked.closed_at is not None or asked.facilitation == "off":
        return
    if move.audience == "teacher":
        await deliver.tell_teacher(place, running, move, scene)
    elif asked.facilitation == "quiet":
        await deliver.offer(place, running, move, scene)
    elif move.audience == "students":
        await deliver.invite(place, running, move, scene)
    else:
        await deliver.speak(place, running, move)


async def _sweep(house: House, now: datetime) -> None:
    """Let go what rounds that are closed left open."""
    store = house.bot_data.store
    for move in store.moves.left_open():
        closed = store.rounds.by_id(move.round_id)
        seminar = None if closed is None else store.seminars.by_id(closed.seminar_id)
        if seminar is not None and store.moves.settle(move.id, "expired", at=now, why="closed"):
            await deliver.mark_over(there(house, seminar), move, "over")


async def stop(place: Place, running: Round, *, by: int) -> bool:
    """Stop this round's moves, those that wait and those before a teacher too; False: nothing was to stop."""
    changed = place.store.rounds.set_facilitation(running.id, "off")
    for move in place.store.moves.of(running.id):
        if move.open and place.store.moves.settle(move.id, "cancelled", at=place.now, why="stopped", by=by):
            await deliver.mark_over(place, move, "stopped")
    return changed
