"""Records of a class as charts: who stood where, who spoke, when, in which words, on what evidence."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.answering.word_counts import words
from bot.pack.model import Prompt
from bot.pack.topics import title_in
from bot.pages.charts.cloud import WordCloud
from bot.pages.charts.evidence import EvidenceChart, EvidenceGroup, EvidencePiece
from bot.pages.charts.network import Reply, ReplyNetwork
from bot.pages.charts.participation import ParticipationChart
from bot.pages.charts.stances import MovementChart, RoundStances, StanceChart, grid_of, steps_of
from bot.pages.charts.timeline import Phase, TimelineChart
from bot.pages.report.class_record import ClassRecord, RoundRecord
from bot.seminar.coverage import covered, snippets_named
from bot.seminar.stances import counted, crossed

MOST_CHARTS = 6  # of one kind, the latest
ONE_SITTING = timedelta(hours=4)  # rounds within it are drawn as one timeline
READ_CLOSELY = 300  # remarks up to which each is read; more are searched for names
FEWEST_TIMES = 2  # a word that was said once says little about a class
MOST_WORDS = 120
MOST_PAIRS = 240  # of people who replied to each other; more lines are a tangle

Say = Mapping[str, Any]


def stances(found: ClassRecord, say: Say) -> StanceChart | None:
    """Return where people stood before and after in each round that asked; None: nobody chose."""
    asked = [held for held in found.rounds if held.stances]
    if not asked:
        return None
    several = len(asked) > 1
    return StanceChart(
        title=say["stances_chart"],
        subtitle="" if several else found.shown(asked[0].prompt),
        rounds=tuple(
            RoundStances(
                round_name(held, say) if several else "",
                found.shown(held.prompt) if several else "",
                steps_of(counted(held.stances, "before")),
                steps_of(counted(held.stances, "after")),
            )
            for held in asked
        ),
    )


def moves(found: ClassRecord, say: Say) -> tuple[MovementChart, ...]:
    """Return who moved, for each of the latest rounds in which somebody chose twice."""
    drawn = [(held, grid) for held in found.rounds if any(map(any, grid := grid_of(crossed(held.stances))))]
    return tuple(
        MovementChart(say["moves_chart"], f"{round_name(held, say)}・{found.shown(held.prompt)}", grid)
        for held, grid in drawn[-MOST_CHARTS:]
    )


def participation(found: ClassRecord, say: Say) -> ParticipationChart | None:
    """Return how much everybody said, those who only took a stance included."""
    people = tuple(spoken(found.rounds).most_common())
    return ParticipationChart(say["participation_chart"], "", people) if people else None


def spoken(rounds: Iterable[RoundRecord]) -> Counter[str]:
    """Return how many remarks each alias has made.

    In a round under masks nobody is counted who did not speak: it would tell who did.
    """
    counts: Counter[str] = Counter()
    for held in rounds:
        counts.update(remark.alias for remark in held.remarks)
        if held.round.visibility != "relay":
            counts.update({stance.alias: 0 for stance in held.stances})
    return counts


def network(found: ClassRecord, say: Say) -> ReplyNetwork | None:
    """Return who replied to whom; None: nobody did."""
    counts = spoken(found.rounds)
    names = {(one.chat_id, one.message_id): one.alias for one in found.remarks}
    pairs = Counter(
        (one.alias, names[to])
        for one in found.remarks
        if (to := (one.chat_id, one.reply_to_message_id)) in names and names[to] != one.alias
    )
    if not pairs:
        return None
    people = tuple(counts.most_common())
    place = {alias: at for at, (alias, _) in enumerate(people)}
    kept = pairs.most_common(MOST_PAIRS)
    replies = tuple(Reply(place[one], place[other], times) for (one, other), times in kept)
    left_out = say["pairs"].format(shown=len(kept), total=f"{len(pairs):,}") if len(kept) < len(pairs) else ""
    return ReplyNetwork(say["network_chart"], left_out, people, replies)


def rhythm(found: ClassRecord, say: Say) -> tuple[TimelineChart, ...]:
    """Return one timeline for each of the latest sittings."""
    together = sittings([held for held in found.rounds if held.remarks])
    return tuple(
        TimelineChart(
            say["rhythm_chart"],
            found.local(spoke[0].round.opened_at).strftime("%Y-%m-%d %H:%M") if len(together) > 1 else "",
            _minutes(spoke),
            tuple(phase for held in spoke for phase in _phases(held, spoke, say)),
        )
        for spoke in together[-MOST_CHARTS:]
    )


def sittings(rounds: Iterable[RoundRecord]) -> list[list[RoundRecord]]:
    """Return the rounds that were held in one go, together: a class hour, an evening."""
    together: list[list[RoundRecord]] = []
    for held in rounds:
        if together and held.end - together[-1][0].round.opened_at <= ONE_SITTING:
            together[-1].append(held)
        else:
            together.append([held])
    return together


def cloud(found: ClassRecord, say: Say) -> WordCloud | None:
    """Return the words said most often; None: no word was said twice."""
    counts = words((text for held in found.rounds for text in held.texts), found.pack, found.language)
    telling = [(word, times) for word, times in counts.most_common(MOST_WORDS) if times >= FEWEST_TIMES]
    return WordCloud(say["words_chart"], "", tuple(telling)) if telling else None


def evidence(found: ClassRecord, say: Say) -> EvidenceChart | None:
    """Return which evidence the class touched: that of each prompt by side, then what else was touched."""
    slugs = [snippet.slug for snippet in found.pack.snippets if not snippet.draft]
    if not found.remarks:
        return None
    touched = touched_by([remark.text for remark in found.remarks if remark.own], found, slugs)
    groups = _sides(found, say, touched)
    named = {slug for _, pieces in groups for slug in pieces}
    rest = [slug for slug in slugs if touched[slug] and slug not in named]
    if rest:
        groups.append((say["elsewhere"] if groups else "", rest))
    drawn = tuple(
        EvidenceGroup(
            name,
            tuple(
                EvidencePiece(title_in(found.pack.by_slug[one], found.language), touched[one])
                for one in pieces
            ),
        )
        for name, pieces in groups
    )
    return EvidenceChart(say["evidence_chart"], "", drawn) if drawn else None


def touched_by(texts: Sequence[str], found: ClassRecord, slugs: Sequence[str]) -> dict[str, int]:
    """Return how many texts touch each snippet: read one by one, or, of very many, searched for names."""
    if len(texts) > READ_CLOSELY:
        return snippets_named(texts, found.pack, slugs)
    return covered(texts, found.library.engine(found.pack.slug), slugs)


def round_name(held: RoundRecord, say: Say) -> str:
    """Return what to call the round: 第 1 輪."""
    return str(say["round_name"]).format(number=held.round.number)


def _sides(found: ClassRecord, say: Say, known: Mapping[str, int]) -> list[tuple[str, list[str]]]:
    """Return the evidence of each round's prompt, one group a side; the same prompt once."""
    prompts: dict[str, tuple[RoundRecord, Prompt]] = {}
    for held in found.rounds:
        if prompt := found.pack.prompt(held.round.prompt_slug):
            prompts.setdefault(prompt.slug, (held, prompt))
    groups = []
    for held, prompt in prompts.values():
        before = f"{round_name(held, say)}・" if len(prompts) > 1 else ""
        for name, side in (("side_for", prompt.evidence_for), ("side_against", prompt.evidence_against)):
            if pieces := [slug for slug in side if slug in known]:
                groups.append((before + say[name], pieces))
    return groups


def _minutes(spoke: Sequence[RoundRecord]) -> tuple[int, ...]:
    """Return the remarks in each minute from the opening of the first of these rounds to the last's end."""
    start = spoke[0].round.opened_at
    at = [int((remark.sent_at - start) / timedelta(minutes=1)) for held in spoke for remark in held.remarks]
    counts = Counter(max(0, minute) for minute in at)
    length = max(int((spoke[-1].end - start) / timedelta(minutes=1)) + 1, max(counts) + 1)
    return tuple(counts[minute] for minute in range(length))


def _phases(held: RoundRecord, spoke: Sequence[RoundRecord], say: Say) -> tuple[Phase, ...]:
    """Return the round as phases: until stances were asked for again, and from then on."""

    def minute(at: Any) -> float:
        return float((at - spoke[0].round.opened_at) / timedelta(minutes=1))

    begun, end, again = minute(held.round.opened_at), minute(held.end) + 1, held.round.asked_again_at
    if len(spoke) > 1:
        after = min(
            (minute(one.round.opened_at) for one in spoke if one.round.number > held.round.number),
            default=end,
        )
        return (Phase(round_name(held, say), begun, min(end, after)),)
    if again is None or not begun < minute(again) < end:
        return ()
    return (
        Phase(say["phase_before"], begun, minute(again)),
        Phase(say["phase_after"], minute(again), end),
    )
