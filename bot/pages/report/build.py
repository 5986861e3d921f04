"""A report gathered: what the store and the library know of a seminar, as the sections of a report."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from bot.answering.library import Library
from bot.pages.charts.stances import mean_text
from bot.pages.report import chart_sections
from bot.pages.report.chart_sections import Say
from bot.pages.report.class_record import ClassRecord, RoundRecord, read_class
from bot.pages.report.html import Excerpt, Facilitation, Figure, QuestionCount, Report, RoundNumbers, render
from bot.pages.texts import phrases
from bot.seminar.equity import gini
from bot.seminar.moves.records import Move
from bot.seminar.records import Moment, Question, Remark
from bot.seminar.stances import counted, moved
from bot.text.folding import fold
from db.exports.export import Job, reading

MOST = 12
FROM_ONE = 2  # at most, so that many are heard
SHORTEST, LONGEST = 8, 400  # letters
TELLING = 60  # letters from which being longer counts no more
REASON = re.compile(
    r"因為|因为|所以|例如|比如|像是|可是|但是|如果|because|\bif\b|example|however", re.IGNORECASE
)
FOLLOWED = timedelta(minutes=5)  # after a move, in which what is said is taken to follow it


def excerpts(found: ClassRecord, name: Callable[[RoundRecord], str]) -> tuple[Excerpt, ...]:
    """Return at most twelve remarks, in the order they came, two of one person at most."""
    answered = Counter((one.chat_id, one.reply_to_message_id) for one in found.remarks)
    all_said = [(held, remark) for held in found.rounds for remark in held.remarks]
    weighed = sorted(
        (
            (_weight(remark, answered[remark.chat_id, remark.message_id]), -at)
            for at, (_, remark) in enumerate(all_said)
            if remark.own and len(remark.text.strip()) >= SHORTEST
        ),
        reverse=True,
    )
    chosen: list[int] = []
    said: Counter[str] = Counter()
    for _, at in weighed:
        alias = all_said[-at][1].alias
        if said[alias] < FROM_ONE and len(chosen) < MOST:
            said[alias] += 1
            chosen.append(-at)
    several = len(found.rounds) > 1
    return tuple(
        Excerpt(
            text=shortened(remark.text),
            alias=remark.alias,
            at=found.local(remark.sent_at).strftime("%H:%M"),
            round_name=name(held) if several else "",
        )
        for held, remark in (all_said[at] for at in sorted(chosen))
    )


def shortened(text: str) -> str:
    """Return a remark that does not fill the page."""
    words = text.strip()
    return words if len(words) <= LONGEST else words[:LONGEST].rstrip() + "…"


def _weight(remark: Remark, answers: int) -> float:
    length = min(len(remark.text), TELLING) / TELLING
    return 2.0 * min(answers, 3) + length + (1.0 if REASON.search(remark.text) else 0.0)


def make_report(wanted: Job, library: Library, language: str | None = None) -> str:
    """Return the report on what the job is to export as one HTML document; None: in the seminar's language.

    It reads over a connection of its own, so that it may run in another thread while the class goes on.

    Raises:
        LookupError: there is no such seminar, or the round is not one of its own.
        KeyError: we do not speak the language.
    """
    with reading(wanted) as job:
        found = read_class(job, library, language)
    return render(gather(found), found.language)


def gather(found: ClassRecord) -> Report:
    """Return the report of a class; sections without data are empty.

    Raises:
        KeyError: we do not speak the language.
    """
    say = phrases(found.language)["gathering"]
    only = found.rounds[0] if len(found.rounds) == 1 else None
    asked = _asked(found.questions)
    return Report(
        title=found.shown(only.prompt) if only else found.title,
        reading="・".join(found.shown(part) for part in (found.pack.title, found.pack.author) if part),
        held=_held(found, say),
        figures=_figures(found, say, asked),
        rounds=tuple(_numbers(held, found, say) for held in found.rounds),
        stances=chart_sections.stances(found, say),
        moves=chart_sections.moves(found, say),
        participation=chart_sections.participation(found, say),
        network=chart_sections.network(found, say),
        rhythm=chart_sections.rhythm(found, say),
        words=chart_sections.cloud(found, say),
        evidence=chart_sections.evidence(found, say),
        questions=asked,
        facilitation=tuple(_followed(found, say)),
        excerpts=excerpts(found, lambda held: chart_sections.round_name(held, say)),
    )


def _held(found: ClassRecord, say: Say) -> str:
    """Return the day, or the first and the last, and how long people discussed."""
    if not found.rounds:
        return str(say["no_rounds"])
    first = found.local(found.rounds[0].round.opened_at)
    last = found.local(max(held.end for held in found.rounds))
    months = say["months"]
    days = [
        say["day"].format(year=day.year, month=months[day.month - 1], day=day.day)
        for day in dict.fromkeys((first.date(), last.date()))
    ]
    minutes = sum(held.minutes for held in found.rounds)
    return str(say["held"]).format(days=" – ".join(days), minutes=f"{minutes:,}")


def _figures(found: ClassRecord, say: Say, asked: Iterable[QuestionCount]) -> tuple[Figure, ...]:
    spoken = {remark.speaker for remark in found.remarks}
    counts = list(chart_sections.spoken(found.rounds).values())
    changes = [moved(held.stances) for held in found.rounds]
    pairs = sum(change.pairs for change in changes)
    times = Counter[bool]()
    for one in asked:
        times[one.answered] += one.times
    figures = [
        Figure(str(len(found.rounds)), say["rounds"]) if len(found.rounds) > 1 else None,
        Figure(f"{len(spoken):,}", say["people"]),
        Figure(f"{len(found.remarks):,}", say["remarks"]),
        Figure(f"{gini(counts):.2f}", say["gini"]) if sum(counts) else None,
        Figure(f"{sum(one.up + one.down for one in changes)} / {pairs}", say["moved"]) if pairs else None,
        Figure(f"{times[True]} / {times.total()}", say["answered"]) if times.total() else None,
    ]
    return tuple(one for one in figures if one)


def _numbers(held: RoundRecord, found: ClassRecord, say: Say) -> RoundNumbers:
    changes = moved(held.stances)
    return RoundNumbers(
        name=chart_sections.round_name(held, say),
        prompt=found.shown(held.prompt),
        people=len({remark.speaker for remark in held.remarks}),
        remarks=len(held.remarks),
        minutes=held.minutes,
        gini=gini(list(chart_sections.spoken([held]).values())),
        before=_mean(held, "before"),
        after=_mean(held, "after"),
        moved=changes.up + changes.down,
    )


def _mean(held: RoundRecord, moment: Moment) -> str:
    one, two, three, four, five = counted(held.stances, moment).values()
    return mean_text((one, two, three, four, five))


def _asked(questions: Iterable[Question]) -> tuple[QuestionCount, ...]:
    """Return the questions, those that are spelled alike together, the most asked first."""
    together: dict[str, list[Question]] = {}
    for question in questions:
        together.setdefault(fold(question.text), []).append(question)
    asked = [
        QuestionCount(
            text=Counter(one.text for one in same).most_common(1)[0][0],
            times=len(same),
            answered=same[-1].answered,
            helped=sum(one.helped is True for one in same),
            unhelped=sum(one.helped is False for one in same),
        )
        for same in together.values()
    ]
    return tuple(sorted(asked, key=lambda one: -one.times))


def _followed(found: ClassRecord, say: Say) -> Iterable[Facilitation]:
    """Yield each move that reached students, and what they said in the minutes after it."""
    for held in found.rounds:
        first = _first_words(held)
        before = f"{chart_sections.round_name(held, say)} " if len(found.rounds) > 1 else ""
        for move in held.moves:
            if move.state == "posted" and move.settled_at and move.audience != "teacher":
                at = found.local(move.settled_at)
                when = f"{before}{at:%H:%M}"
                yield Facilitation(when, move.text, _after(held, move, first, say))


def _first_words(held: RoundRecord) -> Mapping[str, int]:
    """Return the message with which each alias began to speak."""
    first: dict[str, int] = {}
    for remark in held.remarks:
        first.setdefault(remark.alias, remark.message_id)
    return first


def _after(held: RoundRecord, move: Move, first: Mapping[str, int], say: Say) -> str:
    begun = move.settled_at or held.round.opened_at
    later = [remark for remark in held.remarks if begun < remark.sent_at <= begun + FOLLOWED]
    if not later:
        return str(say["silence"])
    replies = sum(one.reply_to_message_id == move.message_id for one in later if move.message_id)
    new = sum(first[one.alias] == one.message_id for one in later)
    parts = [say["said"].format(remarks=len(later), people=len({one.alias for one in later}))]
    parts += [say["replied"].format(n=replies)] if replies else []
    parts += [say["joined"].format(n=new)] if new else []
    return " · ".join(parts)
