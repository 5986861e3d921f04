"""All moves, most needed first: when each is spotted, and how one tells that nobody needs it any more."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.seminar.moves import cross_talk, pacing, participation, reasons, sources
from bot.seminar.moves.records import Kind, Spotted
from bot.seminar.moves.scene import Scene


@dataclass(frozen=True)
class Rule:
    """A kind of move: `spot` yields where it could be made, best first; `done` whether it is not needed."""

    kind: Kind
    spot: Callable[[Scene], Iterable[Spotted]]
    done: Callable[[Scene, Spotted], bool]


RULES = (
    # The clock does not wait.
    Rule("wrap_up", pacing.spot_wrap_up, pacing.is_wrapped_up),
    Rule("wake", pacing.spot_wake, pacing.has_woken),
    # What changes a whole discussion goes before what improves one remark.
    Rule("counter", sources.spot_counter, sources.has_counter),
    Rule("evidence", sources.spot_evidence, sources.has_evidence),
    Rule("press", reasons.spot_press, reasons.has_reason),  # before revoicing: it leaves the thinking to them
    Rule("revoice", reasons.spot_revoice, reasons.is_clear),
    Rule("challenge", reasons.spot_challenge, reasons.is_answered),
    Rule("link", cross_talk.spot_link, cross_talk.is_linked),
    Rule("say_more", reasons.spot_say_more, reasons.has_more),
    # Said privately: they do not take turns with the others.
    Rule("invite", participation.spot_invite, participation.nobody_quiet),
    Rule("slow", participation.spot_slow, participation.not_dominant),
)
BY_KIND = {rule.kind: rule for rule in RULES}
