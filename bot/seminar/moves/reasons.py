"""Accountable talk about one remark: reasons, more of a thought, "do you mean", what others think of it.

After Michaels, O'Connor & Resnick 2008, "Deliberative discourse idealized and realized: accountable talk in
the classroom and in civic life": accountability to reasoning (press), to the community (challenge), to
knowledge (revoice). As triggers of an agent: Adamson, Dyke, Jang & Rosé 2014; Tegos, Demetriadis &
Karakostas 2015.
"""

from collections.abc import Iterator

from bot.seminar.moves.records import Spotted
from bot.seminar.moves.scene import Line, Scene, replies_to


def spot_press(scene: Scene) -> Iterator[Spotted]:
    """Yield claims that come without a reason, latest first; who is being answered presses better than we."""
    for line in scene.recent():
        long = line.said.letters > scene.tuning.short
        if long and _bare_claim(scene, line) and not _answers_somebody(scene, line):
            yield Spotted("press", line.at, line.trigger)


def spot_say_more(scene: Scene) -> Iterator[Spotted]:
    """Yield claims so short that one cannot tell what is meant."""
    for line in scene.recent():
        if _bare_claim(scene, line) and scene.tuning.shortest <= line.said.letters <= scene.tuning.short:
            yield Spotted("say_more", line.at, line.trigger)


def spot_revoice(scene: Scene) -> Iterator[Spotted]:
    """Yield remarks that come near a snippet nobody has touched yet, without naming it."""
    touched = scene.touched()
    for line in scene.recent():
        said, near = line.said, line.match.near
        plain = not (said.slight or said.asks_more or said.wraps_up)
        if near and near not in touched and plain and said.letters > scene.tuning.short:
            yield Spotted("revoice", line.at, line.trigger, about=near)


def spot_challenge(scene: Scene) -> Iterator[Spotted]:
    """Yield reasoned claims of some length that nobody has answered."""
    for line in scene.recent():
        said = line.said
        reasoned = said.reason and (said.claim or scene.topical(line)) and not said.question
        if reasoned and said.letters >= scene.tuning.substantial and not _answers_somebody(scene, line):
            yield Spotted("challenge", line.at, line.trigger)


def has_reason(scene: Scene, spotted: Spotted) -> bool:
    """Return whether the author gave a reason since, or somebody asked for one."""
    target = scene.line(spotted.trigger)
    if target is None or not _bare_claim(scene, target):  # forgotten, or edited
        return True
    for line in scene.after(spotted.trigger):
        if line.who == target.who and (line.said.reason or line.match.touched):
            return True
        if line.who != target.who and (replies_to(line, target) or line.said.asks_more):
            return True
    return False


def has_more(scene: Scene, spotted: Spotted) -> bool:
    """Return whether the author went on, or somebody took the remark up."""
    target = scene.line(spotted.trigger)
    if target is None or target.said.letters > scene.tuning.short:
        return True
    after = scene.after(spotted.trigger)
    return any(line.who == target.who or replies_to(line, target) or line.said.asks_more for line in after)


def is_clear(scene: Scene, spotted: Spotted) -> bool:
    """Return whether somebody named the part of the reading, or the author put it differently."""
    target = scene.line(spotted.trigger)
    if target is None or target.match.near != spotted.about:
        return True
    after = scene.after(spotted.trigger)
    return any(
        spotted.about in line.match.touched or line.who == target.who or replies_to(line, target)
        for line in after
    )


def is_answered(scene: Scene, spotted: Spotted) -> bool:
    """Return whether anybody else replied, agreed, objected, or asked the class the same."""
    target = scene.line(spotted.trigger)
    if target is None:
        return True
    others = (line for line in scene.after(spotted.trigger) if line.who != target.who)
    return any(replies_to(line, target) or line.said.takes_up or line.said.asks_others for line in others)


def _bare_claim(scene: Scene, line: Line) -> bool:
    """Whether the remark claims something about the subject and gives nothing for it.

    To touch the reading is to give something only where there is room for more than a slogan.
    """
    said, match = line.said, line.match
    claims = said.claim and (said.sure_claim or scene.topical(line))
    told = bool(match.touched) and said.letters >= scene.tuning.substantial
    backed = said.reason or told or bool(match.paragraphs)
    return claims and not (backed or said.question or said.slight or said.asks_more or said.agrees)


def _answers_somebody(scene: Scene, line: Line) -> bool:
    """Whether the remark replies to a student: then there is an exchange already, which needs no help."""
    return any(replies_to(line, other) for other in scene.students)
