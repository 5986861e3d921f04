"""Which round is meant: the open one of this place, or the one that a button is about."""

from bot.context import Context, Refusal
from bot.seminar.records import Round


def open_here(context: Context) -> Round:
    """Return this seminar's open round.

    Raises:
        Refusal: none is open, or this is a private chat.
    """
    found = context.store.rounds.open_of(context.group_seminar.id)
    if found is None:
        raise Refusal("round.none_open")
    return found


def pressed_round(context: Context, round_id: int) -> Round:
    """Return the round a button is about, open or closed.

    Raises:
        Refusal: it is not one of this seminar: a button works only where it was posted.
    """
    found = context.store.rounds.by_id(round_id)
    if found is None or found.seminar_id != context.group_seminar.id:
        raise Refusal("toast.stale")
    return found
