"""What teachers decide: post or skip a suggestion, or no more of them (/quiet)."""

from bot.context import Context, Refusal
from bot.handlers.common import admins
from bot.handlers.common.buttons import numbers
from bot.handlers.common.places import Place, here, open_round, there
from bot.handlers.common.reply import reply
from bot.handlers.moves import deliver, timer
from bot.handlers.moves.scenes import scene_of
from bot.seminar.moves.records import Move
from bot.seminar.records import Round


async def press(context: Context) -> None:
    """Do with a suggestion what its button says; for admins of its group only, wherever it is pressed.

    Raises:
        Refusal: there is no such move, or this person does not steer that group.
    """
    number, choice = numbers(context, 2)
    if choice >= len(deliver.CHOICES):
        raise Refusal("toast.stale")
    word = deliver.CHOICES[choice]
    place, running, move = _found(context, number)
    if not await admins.steers(context, place.seminar.chat_id):
        raise Refusal("admins.only")
    if not move.open:
        await context.toast(place.plain("notice.settled"), alert=True)
    elif running.closed_at is not None:
        if place.store.moves.settle(move.id, "expired", at=place.now, why="closed"):
            await deliver.mark_over(place, move, "over")
        await context.toast(place.plain("notice.closed"), alert=True)
    elif word == "quiet":
        await timer.stop(place, running, by=context.person.id)
        await context.toast(place.plain("notice.stopped"))
    elif word == "skip":
        await _skip(context, place, move)
    else:
        await _post(context, place, running, move)


async def quiet(context: Context) -> None:
    """Answer /quiet: stop the moves of the open round at once."""
    await admins.only(context)
    running = open_round(context)
    place = here(context)
    stopped = await timer.stop(place, running, by=context.person.id)
    await reply(context, place.say("quiet.done" if stopped else "quiet.already"))


def _found(context: Context, move_id: int) -> tuple[Place, Round, Move]:
    """Return the move with its round and the place it is for.

    Raises:
        Refusal: there is none of that number.
    """
    move = context.store.moves.by_id(move_id)
    running = None if move is None else context.store.rounds.by_id(move.round_id)
    seminar = None if running is None else context.store.seminars.by_id(running.seminar_id)
    if move is None or running is None or seminar is None:
        raise Refusal("toast.stale")
    return there(context, seminar), running, move


async def _skip(context: Context, place: Place, move: Move) -> None:
    if not place.store.moves.settle(move.id, "skipped", at=place.now, by=context.person.id):
        await context.toast(place.plain("notice.settled"), alert=True)
        return
    await context.toast(place.plain("notice.skipped"))
    await deliver.mark_over(place, move, "skipped")


async def _post(context: Context, place: Place, running: Round, move: Move) -> None:
    """Say the move, and let the suggestion tell what came of it."""
    by = context.person.id
    if move.audience == "students":
        reached = await deliver.invite(place, running, move, await scene_of(place, running), by=by)
        key = "nobody" if reached == 0 else "sent"
        said, fields = reached is not None, {"count": reached}
    else:
        said, fields = await deliver.speak(place, running, move, by=by), {}
        after = place.store.moves.by_id(move.id)
        key = "failed" if after is not None and after.state == "undelivered" else "posted"
    if not said:
        await context.toast(place.plain("notice.settled"), alert=True)
        return
    await context.toast(place.plain("notice.posted") if key in {"posted", "sent"} else "")
    await deliver.mark_over(place, move, key, **fields)
