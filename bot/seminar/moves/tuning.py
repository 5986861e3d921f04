"""All numbers of the moves in one place, each with its reason.

Moves are to be rare, and students have the first try: so in Bazaar's agents (Adamson, Dyke, Jang & Rosé 2014,
"Towards an agile approach to adapting dynamic collaboration support to student needs"), whose moves time out
when somebody else says what the agent was about to ask. Support is to fade where students do it themselves.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.seminar.moves.records import Kind


def _waits() -> dict[Kind, timedelta]:
    return {
        "press": timedelta(seconds=45),  # to type a reason on a phone takes about half a minute
        "say_more": timedelta(seconds=40),  # the second half of a thought often comes as a second message
        "revoice": timedelta(seconds=40),
        "challenge": timedelta(
            seconds=90
        ),  # reading, thinking and typing an answer to somebody else's reason
        "link": timedelta(seconds=40),
        "evidence": timedelta(seconds=45),  # somebody may be about to quote it
        "counter": timedelta(seconds=60),
        "wake": timedelta(0),  # the silence was the waiting
        "wrap_up": timedelta(0),
        "invite": timedelta(0),  # the quiet was the waiting
        "slow": timedelta(0),
    }


def _most() -> dict[Kind, int]:
    return {
        "press": 2,  # asked a third time, "why?" sounds like an examination
        "say_more": 1,
        "revoice": 2,
        "challenge": 2,
        "link": 1,  # once shows how; then they know
        "evidence": 2,
        "counter": 1,
        "wake": 2,  # a class silent after two questions needs its teacher
        "wrap_up": 1,
        "invite": 2,  # early and late; nobody is written to twice (invited people are left out)
        "slow": 1,
    }


@dataclass(frozen=True)
class Tuning:
    """When moves are made."""

    waits: dict[Kind, timedelta] = field(default_factory=_waits)
    most: dict[Kind, int] = field(default_factory=_most)

    budget: int = 8  # group moves a round: at 24 students and 60 remarks about one in eight
    cool_down: timedelta = timedelta(seconds=120)  # between group moves: the last must be answered first
    most_for_one: int = 2  # moves at remarks of one student: help, not cross-examination
    skips: int = 2  # a kind that the teacher skipped twice is not offered again in this round
    grace: timedelta = timedelta(
        seconds=90
    )  # after opening: choosing a stance and the first thoughts go first

    fresh: timedelta = timedelta(minutes=3)  # older remarks are past: nothing is caught up after a restart
    overtaken: int = 8  # remarks after which a trigger is out of sight on a phone
    late: timedelta = timedelta(minutes=2)  # a move due this long ago has missed its moment
    patience: timedelta = timedelta(minutes=3)  # how long a suggestion waits for the teacher
    breath: timedelta = timedelta(seconds=4)  # lively: do not speak into somebody's sentence

    short: int = (
        9  # letters up to which a claim is too short to be pressed, and is asked to be said more fully
    )
    shortest: int = 4  # below: an exclamation
    substantial: int = 22  # letters from which a reasoned claim deserves an answer from others

    no_evidence_after: int = 8  # remarks without any of the prompt's evidence …
    no_evidence_for: timedelta = timedelta(minutes=4)  # … and this long into the round
    lean: float = 0.75  # share of stances on one side that counts as leaning: three of four
    lean_people: int = 4  # fewer say nothing about a class
    lean_remarks: int = 6  # they have begun to say why
    link_within: timedelta = timedelta(minutes=4)  # two remarks farther apart are no exchange
    link_words: int = 2  # content words in common: one alone is often chance
    link_users: int = 3  # a word in more remarks than that tells the topic, not who answers whom

    quiet_after: timedelta = timedelta(minutes=5)  # of others' talking until who is silent is invited
    quiet_remarks: int = 6  # others' remarks, so that there is something to answer
    again_after: timedelta = timedelta(minutes=6)  # between two invitations of the same round
    dominant_share: float = 0.4  # of all talk; an even share is a quarter among four
    dominant_remarks: int = 6
    dominant_speakers: int = 4  # among fewer somebody always has 40 %
    dormant: timedelta = timedelta(minutes=4)  # silence in a live class, reading time allowed for
    deserted: timedelta = timedelta(minutes=20)  # silent this long, class is over: a line would reach nobody
    wrap_up_before: timedelta = timedelta(minutes=2)  # a sentence from everybody takes about that


LIVE = Tuning()

# A discussion over days, read on and off: the same moves, an hour for a minute.
DAYS = replace(
    LIVE,
    waits={kind: wait * 60 for kind, wait in LIVE.waits.items()},
    cool_down=timedelta(hours=3),  # at most a few a day
    grace=timedelta(hours=2),
    fresh=timedelta(hours=6),
    late=timedelta(hours=3),
    patience=timedelta(hours=10),  # a teacher looks in once a day
    no_evidence_for=timedelta(hours=6),
    link_within=timedelta(hours=6),
    quiet_after=timedelta(hours=12),
    again_after=timedelta(hours=24),
    dormant=timedelta(hours=14),  # longer than a night
    deserted=timedelta(days=3),
    wrap_up_before=timedelta(hours=2),
)
LONGEST_LIVE = timedelta(hours=3)


def tuning_for(length: timedelta | None) -> Tuning:
    """Return the numbers for a round of that length (None: no end set, so taken for a class)."""
    return DAYS if length is not None and length > LONGEST_LIVE else LIVE
