"""Two students who answer each other without replying: the thread is shown, so that others can follow it.

Bazaar's "connect" moves let students respond to each other instead of to the agent (Adamson et al. 2014).
"""

from collections import Counter
from collections.abc import Iterator

from bot.seminar.cues import empty_words
from bot.seminar.moves.records import Spotted, Trigger
from bot.seminar.moves.scene import Line, Scene, replies_to


def spot_link(scene: Scene) -> Iterator[Spotted]:
    """Yield remarks that take up what somebody else said before the one just above, without replying to it.

    What answers the line right above needs no link: everybody sees what it answers.
    """
    for line in scene.recent():
        if line.remark.reply_to_message_id is None and (line.said.agrees or line.said.challenges):
            earlier = _answered(scene, line)
            if earlier is not None:
                yield Spotted("link", line.at, line.trigger, about=str(earlier.remark.message_id))


def is_linked(scene: Scene, spotted: Spotted) -> bool:
    """Return whether either has replied to the other since."""
    later = scene.line(spotted.trigger)
    earlier = scene.line(_other(spotted))
    if later is None or earlier is None:
        return True
    return any(
        replies_to(line, target)
        for line in scene.after(spotted.trigger)
        for target in (later, earlier)
        if line.who in {later.who, earlier.who}
    )


def _answered(scene: Scene, line: Line) -> Line | None:
    """Return the remark that shares most telling words with the line, some remarks above it, or None."""
    *above, directly = scene.lines[: scene.lines.index(line)] or (line,)
    common = _common(scene)

    def shared(other: Line) -> int:
        return len((other.match.words & line.match.words) - common)

    enough = scene.tuning.link_words
    near = [
        other
        for other in above
        if not other.staff
        and other.who != line.who
        and line.at - other.at <= scene.tuning.link_within
        and shared(other) >= enough
    ]
    if not near or shared(directly) >= enough:
        return None
    return max(near, key=lambda other: (shared(other), other.at))


def _common(scene: Scene) -> frozenset[str]:
    """Return the words that many use: they tell what the round is about, not who answers whom."""
    counts = Counter(word for line in scene.lines for word in line.match.words)
    return empty_words() | {word for word, count in counts.items() if count > scene.tuning.link_users}


def _other(spotted: Spotted) -> Trigger | None:
    return None if spotted.trigger is None else Trigger(spotted.trigger.chat_id, int(spotted.about))
