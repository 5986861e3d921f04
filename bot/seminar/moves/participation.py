"""Who speaks: the quiet are invited, privately; the teacher alone learns that somebody carries the talk.

Nobody is named in the group, and nobody is written to twice in a round. Only who took part in some way (a
stance, a question) can be quiet: somebody who is not there, or asked not to be logged, is left alone.
"""

from collections.abc import Iterator

from bot.seminar.equity import Talk, dominant, quiet
from bot.seminar.moves.records import Spotted
from bot.seminar.moves.scene import Scene


def spot_invite(scene: Scene) -> Iterator[Spotted]:
    """Yield one invitation, to all who are quiet, when others have talked for a while."""
    tuning = scene.tuning
    last = max((move.spotted.since for move in scene.made("invite")), default=None)
    rested = last is None or scene.now - last >= tuning.again_after
    talking = len(scene.students) >= tuning.quiet_remarks and scene.now - scene.stirred_at <= tuning.dormant
    if rested and talking and scene.age >= tuning.quiet_after and (waiting := to_invite(scene)):
        yield Spotted("invite", scene.now, about=str(len(waiting)))


def nobody_quiet(scene: Scene, _: Spotted) -> bool:
    """Return whether all of them have spoken since."""
    return not to_invite(scene)


def to_invite(scene: Scene) -> frozenset[int]:
    """Return who is quiet and has not been invited in this round."""
    return (quiet(scene.talks) & scene.present) - scene.invited


def spot_slow(scene: Scene) -> Iterator[Spotted]:
    """Yield a word to the teacher about somebody who carries most of the talk, by their last remark."""
    loud = loudest(scene)
    if loud is not None:
        last = next(line for line in reversed(scene.students) if line.who == loud.person_id)
        yield Spotted("slow", scene.now, last.trigger, about=str(round(loud.share * 100)))


def not_dominant(scene: Scene, _: Spotted) -> bool:
    """Return whether nobody carries most of the talk any more."""
    return loudest(scene) is None


def loudest(scene: Scene) -> Talk | None:
    """Return who carries most of the talk, where enough others speak at all."""
    speakers = sum(talk.remarks > 0 for talk in scene.talks)
    if speakers < scene.tuning.dominant_speakers:
        return None
    return dominant(scene.talks, share=scene.tuning.dominant_share, remarks=scene.tuning.dominant_remarks)
