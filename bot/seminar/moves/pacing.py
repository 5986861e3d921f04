"""The pace of a round: a class that has fallen silent, and the last minutes."""

from collections.abc import Iterator

from bot.seminar.moves.records import Spotted
from bot.seminar.moves.scene import Scene


def spot_wake(scene: Scene) -> Iterator[Spotted]:
    """Yield a further question when nobody has stirred for a while, and the class is still there.

    Where nobody has stirred at all, they may be reading, or asleep: the clock may have opened the round.
    """
    silent = scene.now - scene.stirred_at
    begun = scene.stirred_at > scene.opened_at
    if begun and scene.tuning.dormant <= silent <= scene.tuning.deserted:
        asked = sum(move.state != "cancelled" for move in scene.made("wake"))
        about = str(asked) if asked < scene.follow_ups else ""
        yield Spotted("wake", scene.now, about=about)


def has_woken(scene: Scene, spotted: Spotted) -> bool:
    """Return whether anybody stirred since."""
    return scene.stirred_at > spotted.since


def spot_wrap_up(scene: Scene) -> Iterator[Spotted]:
    """Yield a call for last words shortly before the end, where stances are not asked for at that time."""
    if scene.ends_at is None or scene.stances_at_end or not scene.students:
        return
    left = scene.ends_at - scene.now
    if left.total_seconds() > 0 and left <= scene.tuning.wrap_up_before:
        yield Spotted("wrap_up", scene.now, about=str(max(1, round(left.total_seconds() / 60))))


def is_wrapped_up(scene: Scene, spotted: Spotted) -> bool:
    """Return whether the teacher has begun to wrap up."""
    lately = (line for line in scene.lines if spotted.since - line.at <= scene.tuning.wrap_up_before)
    return any(line.staff and line.said.wraps_up for line in lately)
