"""What is to be done now: which moves that wait or are offered are over, which are due, which one begins.

At a time one group move at most waits or is before the teacher: a class can answer one question.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.seminar.moves.records import AUDIENCES, Move, Spotted, State
from bot.seminar.moves.scene import Scene
from bot.seminar.moves.table import BY_KIND, RULES, Rule

UNHURRIED = frozenset({"wake", "invite", "slow"})  # not at a remark that may get out of sight
AT_ANY_AGE = frozenset({"wake"})  # silence caused it, not the first thoughts of a class


@dataclass(frozen=True)
class Decision:
    """What to do with this round's moves."""

    over: tuple[tuple[Move, State, str], ...] = ()  # becomes that state, for that reason
    due: tuple[Move, ...] = ()  # to be offered to the teacher, or said
    begun: tuple[Spotted, ...] = ()  # to be kept as waiting, until `due_at`


def decide(scene: Scene) -> Decision:
    """Return what is to be done, given the scene; with facilitation off, everything is over."""
    over: list[tuple[Move, State, str]] = []
    due: list[Move] = []
    for move in scene.moves:
        if move.open:
            end = _end(scene, move)
            if end is not None:
                over.append((move, *end))
            elif move.state == "waiting" and _may_speak(scene, move):
                due.append(move)
    ended = {move.id for move, _, _ in over}
    still = [move for move in scene.moves if move.open and move.id not in ended]
    return Decision(tuple(over), tuple(due), tuple(_beginning(scene, still)))


def due_at(scene: Scene, spotted: Spotted) -> datetime:
    """Return when the move is due: until then a student may do it first."""
    return spotted.since + scene.tuning.waits[spotted.kind]


def _end(scene: Scene, move: Move) -> tuple[State, str] | None:
    """Return how an open move ends now, or None."""
    tuning = scene.tuning
    if scene.facilitation == "off":
        return "cancelled", "stopped"
    if BY_KIND[move.kind].done(scene, move.spotted):
        return "cancelled", "did_it"
    if scene.closing:
        return "expired", "closed"
    if move.kind not in UNHURRIED and _overtaken(scene, move):
        return "expired", "overtaken"
    if move.state == "offered":
        waited = scene.now - (move.offered_at or scene.now)
        return ("expired", "undecided") if waited >= tuning.patience else None
    return ("expired", "late") if scene.now - move.due_at > tuning.late else None


def _overtaken(scene: Scene, move: Move) -> bool:
    """Whether so much was said since that a question about it would only confuse."""
    said = scene.after(move.spotted.trigger) if move.spotted.trigger else ()
    return len(said) > scene.tuning.overtaken


def _may_speak(scene: Scene, move: Move) -> bool:
    if scene.now < move.due_at:
        return False
    talking = bool(scene.lines) and scene.now - scene.lines[-1].at < scene.tuning.breath
    return not (talking and scene.facilitation == "lively" and move.audience == "group")


def _beginning(scene: Scene, still: list[Move]) -> list[Spotted]:
    """Return what begins: at most one group move, and at most one of each private kind."""
    if scene.facilitation == "off" or scene.closing:
        return []
    begun: list[Spotted] = []
    turn_taken = any(move.audience == "group" for move in still)
    for rule in RULES:
        private = rule.kind in AUDIENCES
        if (private and any(move.kind == rule.kind for move in still)) or (not private and turn_taken):
            continue
        spotted = _first(scene, rule)
        if spotted is not None:
            begun.append(spotted)
            turn_taken = turn_taken or not private
    return begun


def _first(scene: Scene, rule: Rule) -> Spotted | None:
    """Return the first thing the rule spots that nothing speaks against, or None."""
    if not _has_budget(scene, rule):
        return None
    for spotted in rule.spot(scene):
        if not (_made_before(scene, spotted) or _too_much_for_one(scene, spotted)) and not rule.done(
            scene, spotted
        ):
            return spotted
    return None


def _has_budget(scene: Scene, rule: Rule) -> bool:
    """Whether the round's budgets and the cool-down leave room for a move of this kind."""
    tuning, made = scene.tuning, scene.made(rule.kind)
    spoken = [move for move in made if move.spoken_at is not None]
    if len(spoken) >= tuning.most[rule.kind]:
        return False
    if sum(move.state == "skipped" for move in made) >= tuning.skips:
        return False
    if rule.kind in AUDIENCES:
        return True
    group = [move for move in scene.moves if move.audience == "group" and move.spoken_at is not None]
    if rule.kind == "wrap_up":  # it cannot be said later
        return True
    if len(group) >= tuning.budget:
        return False
    return _cooled_down(scene, group) and (rule.kind in AT_ANY_AGE or scene.age >= tuning.grace)


def _cooled_down(scene: Scene, group: list[Move]) -> bool:
    spoken = [at for move in group for at in (move.settled_at, move.spoken_at) if at is not None]
    return not spoken or scene.now - max(spoken) >= scene.tuning.cool_down


def _made_before(scene: Scene, spotted: Spotted) -> bool:
    """Whether the same move was made at the same place, whatever became of it; wake-ups only rest a while."""
    for move in scene.made(spotted.kind):
        if spotted.kind == "wake":
            if scene.now - move.spotted.since < scene.tuning.dormant:
                return True
        elif spotted.kind in {"invite", "wrap_up"}:
            continue
        elif (move.spotted.trigger, move.spotted.about) == (spotted.trigger, spotted.about):
            return True
    return False


def _too_much_for_one(scene: Scene, spotted: Spotted) -> bool:
    """Whether moves were made at this student's remarks often enough."""
    line = scene.line(spotted.trigger)
    if line is None or spotted.kind in {"slow", "wake"}:
        return False
    asked = [
        move
        for move in scene.moves
        if move.spoken_at is not None
        and move.kind != "slow"
        and (other := scene.line(move.spotted.trigger)) is not None
        and other.who == line.who
    ]
    return len(asked) >= scene.tuning.most_for_one
