"""Back to the reading: evidence of the prompt that nobody brought in, and the other side where stances lean.

Accountability to knowledge (Michaels, O'Connor & Resnick 2008). The class is never told how stances lean: who
has not chosen yet would be led by it.
"""

from collections.abc import Iterator

from bot.seminar.moves.records import Spotted
from bot.seminar.moves.scene import Scene

FOR, AGAINST = 1, 0  # places in Scene.sides
NEUTRAL = 3


def spot_evidence(scene: Scene) -> Iterator[Spotted]:
    """Yield evidence of the prompt once the class has talked for a while without any of it."""
    tuning = scene.tuning
    if len(scene.students) < tuning.no_evidence_after or scene.age < tuning.no_evidence_for:
        return
    wanted = [slug for side in scene.sides for slug in side]
    if _lately(scene):  # they are at the reading now: that is not the moment to point elsewhere
        return
    for slug in _untouched(scene, wanted):
        yield Spotted("evidence", scene.now, about=slug)


def spot_counter(scene: Scene) -> Iterator[Spotted]:
    """Yield evidence of the side that has few, once most stances and some remarks are there."""
    if len(scene.students) < scene.tuning.lean_remarks:
        return
    side = leaning(scene)
    if side is None:
        return
    others = scene.sides[AGAINST if side == FOR else FOR]
    if _lately(scene).intersection(others):
        return
    own = set(scene.sides[side])
    for slug in _untouched(scene, [slug for slug in others if slug not in own]):
        yield Spotted("counter", scene.now, about=slug)


def leaning(scene: Scene) -> int | None:
    """Return the side (FOR or AGAINST) that nearly all who chose one are on, or None."""
    steps = [stance.step for stance in scene.stances]
    for side, count in (
        (FOR, sum(step > NEUTRAL for step in steps)),
        (AGAINST, sum(step < NEUTRAL for step in steps)),
    ):
        if len(steps) >= scene.tuning.lean_people and count >= scene.tuning.lean * len(steps):
            return side
    return None


def has_evidence(scene: Scene, spotted: Spotted) -> bool:
    """Return whether somebody touched any of the prompt's evidence since."""
    return bool(scene.touched(spotted.since).intersection(*[{*scene.sides[0], *scene.sides[1]}]))


def has_counter(scene: Scene, spotted: Spotted) -> bool:
    """Return whether somebody touched evidence of that side since, or stances no longer lean."""
    side = leaning(scene)
    if side is None or spotted.about in scene.sides[side]:
        return True
    return bool(scene.touched(spotted.since) & {*scene.sides[AGAINST if side == FOR else FOR]})


def _lately(scene: Scene) -> set[str]:
    """Return the snippets that the latest remarks touch."""
    latest = scene.lines[-scene.tuning.no_evidence_after :]
    return {slug for line in latest for slug in line.match.touched}


def _untouched(scene: Scene, slugs: list[str]) -> list[str]:
    known = scene.touched() | {move.spotted.about for move in scene.moves}
    return [slug for slug in dict.fromkeys(slugs) if slug not in known]
