"""Questions that lean on the one before (那車老師怎麼看？ 第二個呢？ 也是好萊塢的嗎？)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.answering import ellipsis, question_kinds, references, speakers
from bot.answering.candidates import Candidate
from bot.answering.names import Hit
from bot.answering.query import Question
from bot.answering.retrieve import Matcher
from bot.answering.speakers import either
from bot.answering.turns import PREVIOUS, RELATED, SURE, Turn, context, names
from bot.text import lists

MOST_TURNS = 3  # how far back an earlier question is understood
CARRIED = 0.5  # how much a term of the earlier question weighs in this one
OWN = 5.0  # what a question's words tell, from which the topic must know some of them
SHORT = 3  # content words; a longer question stands on its own
ALONE = 2.5  # how much surer than others a short question must be to stand on its own
POINTING = 5.0  # … and one that points at what was said
ELSEWHERE = 0.5  # share of a question in words unheard of, from which it is about something else …
MUCH = 8.0  # … and how much they must tell besides, when a pronoun says that it is not
FACTS = frozenset({"when", "where", "much"})  # kinds of which a bare question asks one fact
HARDLY_TOLD, SURELY_TOLD = 0.7, 0.9  # how well a snippet tells a fact (of 1)
KNOWN = 20.0  # what a neighbour gains that tells it, where the last answer hardly does
BESIDE_ORDINAL = 1  # content words beside an ordinal or the other one


@dataclass(frozen=True)
class Leaning:
    """How a question leans on an earlier one.

    `only` holds the snippets it must be about, when it must; when `open`, it may be about others after all.
    """

    kind: str = ""
    question: Question | None = None
    context: Mapping[int, float] = field(default_factory=dict)
    only: frozenset[int] = frozenset()
    answers: tuple[int, ...] = ()  # the snippets that are meant, when it is certain
    restated: str = ""  # the question with its subject spelled out; `answers` are for when that is not sure
    open: bool = False
    why: str = ""

    @property
    def is_bare(self) -> bool:
        """Return whether the question is no more than its kind, so that 好處 names nothing in it (好處呢)."""
        return self.question is not None and not self.question.units and self.kind == "pronoun"

    @property
    def is_doubtful(self) -> bool:
        """Return whether the question has much of its own, and nothing that points at what was said."""
        return self.kind == "elliptic" and self.question is not None and self.question.mass >= OWN


@lru_cache(maxsize=1)
def _openings() -> re.Pattern[str]:
    words = sorted(lists.groups("follow")["opening"], key=len, reverse=True)
    said = "|".join(w + (" " if w.isascii() else "") for w in map(re.escape, words))
    return re.compile(f"^(?:{said})(?!{either('count')})")  # 那位 opens nothing: it points


def lean(matcher: Matcher, question: Question, hits: Sequence[Hit], turn: Turn) -> Leaning:
    """Return how the question leans on the earlier turn; an empty leaning when it stands on its own."""
    if not turn.numbers or ellipsis.says("leaving", question.folded):
        return Leaning()
    around = context(matcher, turn)
    if all(hit.name.everyday for hit in names(hits)):
        pointed = _pointed(matcher, question, turn)
        if pointed.kind:
            return pointed
    sure = [hit for hit in hits if hit.likeness > SURE]
    same = question.folded.startswith(tuple(lists.groups("follow")["same"]))
    things = [hit for hit in sure if not (hit.name.everyday and question_kinds.asked(hit.name.folded))]
    if things and not same and _is_swap(question, things):
        return Leaning("swap", _carried(question, turn, without_names=True), why="換了名字，問的還是同一件事")
    if same:
        only = frozenset(turn.numbers)
        return Leaning("pronoun", _carried(question, turn), around, only, why="也是：接著上一題")
    proper = [hit for hit in sure if not hit.name.everyday]
    if proper:
        restated = speakers.of_a_person(matcher, question.folded, proper[0].start, turn)
        return Leaning("person", restated=restated, why="代詞：上一題的人") if restated else Leaning()
    return _without_names(matcher, ellipsis.bare(question), turn, around)


def alone(leaning: Leaning, best: Candidate, within: Candidate | None) -> float:
    """Return how much surer than the line a snippet must be, for the question to be about nothing before it.

    One that points at what was said hardly is; one that names the other snippet, and none of the topic's, is.
    """
    if leaning.kind == "pointing":
        return POINTING
    return 0.5 if names(best.hits) and not (within and (within.hits or within.mentions)) else ALONE


def _pointed(matcher: Matcher, question: Question, turn: Turn) -> Leaning:
    """Return what a question points at by itself: its source, who said so, one of several, the other one."""
    folded = question.folded
    if speakers.asks_for_source(folded):
        return Leaning("source", answers=turn.numbers, why="問上一個回答的出處")
    if said := speakers.restated(matcher, folded, turn):
        who = (said.number,)
        only = frozenset(who if said.of_the_person else ())
        why = "問說上一個回答的人"
        return Leaning("speaker", None, dict.fromkeys(only, PREVIOUS), only, who, said.restated, why=why)
    other = references.other(matcher, folded, turn)
    if other and _is_of_the_topic(matcher, other[1]):
        return _of_the_other(matcher, turn, *other)
    counted = references.counted(matcher, folded, turn)
    if counted and _is_of_the_topic(matcher, counted[1]):
        return Leaning("ordinal", answers=counted[:1], why="數到上一個回答裡的第幾項")
    if pair := references.both(matcher, folded, turn):
        return Leaning("both", restated=pair, why="問的是一對裡的兩個")
    return _absent(matcher, ellipsis.bare(question), turn)


def _of_the_other(matcher: Matcher, turn: Turn, number: int, rest: str) -> Leaning:
    """Return the leaning on a counterpart: it is asked what is asked beside it, or what was asked before."""
    leaning = Leaning("other", answers=(number,), why="問的是成對的另一個")
    name = speakers.name_of(matcher, number)
    if matcher.question(rest).units:
        return replace(leaning, restated=name + rest)
    if swapped := references.swapped(matcher, turn, number):
        only = matcher.spoken_by(matcher.book.names[name]) | {number}
        return replace(leaning, restated=swapped, only=only, context=dict.fromkeys(only, RELATED))
    return leaning


def _is_of_the_topic(matcher: Matcher, rest: str) -> bool:
    """Return whether what is asked beside an ordinal may be of the reading: it tells little of its own."""
    question = ellipsis.bare(matcher.question(rest))
    subject = matcher.index.subject
    own = [unit for unit in question.units if subject.isdisjoint((*unit.keys, *unit.other_keys))]
    return len(own) <= BESIDE_ORDINAL and not ellipsis.strange(matcher, question)[0]


def _absent(matcher: Matcher, question: Question, turn: Turn) -> Leaning:
    """Return the leaning of a bare attribute that the pack declares as not told of what was answered."""
    number = turn.numbers[0]
    word = ellipsis.attribute(matcher.snippets[number], question.folded)
    if not word or any(
        unit.text not in word and not question_kinds.asked(unit.text) for unit in question.units
    ):
        return Leaning()
    restated = f"{speakers.name_of(matcher, number)} {question.folded}"
    return Leaning("absent", answers=(number,), restated=restated, why="問上一個回答裡沒寫的")


def _without_names(matcher: Matcher, question: Question, turn: Turn, around: Mapping[int, float]) -> Leaning:
    """Return how a question leans that names nothing of its own."""
    folded = question.folded
    topic = Leaning("pronoun", _carried(question, turn), around, frozenset(around))
    strange, share = ellipsis.strange(matcher, question)
    if ellipsis.asks_again(folded):
        return replace(topic, why="要多說一點：接著上一題")
    if ellipsis.says("person", folded) and not (share >= ELSEWHERE and strange >= MUCH):
        return replace(topic, why="代詞：接著上一題")
    short = len(question.units) <= SHORT or bool(_openings().match(folded))
    if share >= ELSEWHERE:
        return Leaning("near", question, _halved(around), why="可能接著上一題") if short else Leaning()
    return _open(matcher, question, turn, topic, short=short)


def _open(matcher: Matcher, question: Question, turn: Turn, topic: Leaning, *, short: bool) -> Leaning:
    """Return the leaning of a question that may be about something else after all."""
    if ellipsis.points(question):
        return replace(topic, kind="pointing", open=True, why="指著上一題")
    if not question.units:
        known = _better_known(matcher, question.folded, turn, topic.context)
        return replace(topic, context=known, why="省略：接著上一題")
    if (short or ellipsis.has_no_subject(question.folded)) and not ellipsis.of_today(
        matcher, question.folded, turn
    ):
        return replace(topic, kind="elliptic", open=True, why="簡短而沒有名稱：接著上一題")
    return Leaning()


def _better_known(
    matcher: Matcher, folded: str, turn: Turn, around: Mapping[int, float]
) -> Mapping[int, float]:
    """Return the context with more for a neighbour that surely tells the one fact that is asked.

    When the last answer hardly does: what an event means does not say when it was, the snippet beside does.
    """
    facts = question_kinds.asked(folded) & FACTS
    if len(facts) != 1:
        return around
    fact = min(facts)
    known = {number: matcher.told[number].get(fact, 0.0) for number in around}
    if known[turn.numbers[0]] > HARDLY_TOLD:
        return around
    return {n: KNOWN if b == RELATED and known[n] >= SURELY_TOLD else b for n, b in around.items()}


def _halved(around: Mapping[int, float]) -> dict[int, float]:
    return {number: bonus / 2 for number, bonus in around.items()}


def _is_swap(question: Question, named: Sequence[Hit]) -> bool:
    """Return whether the question is hardly more than a name: 那X呢, X怎麼看."""
    spans = [(hit.start, hit.end) for hit in named]
    rest = [unit for unit in question.units if not any(s <= unit.start < e for s, e in spans)]
    leans = question.folded.endswith("呢") or bool(_openings().match(question.folded))
    return leans and sum(unit.mass for unit in rest) < 3.0  # noqa: PLR2004


def _carried(question: Question, turn: Turn, *, without_names: bool = False) -> Question:
    """Return the question with the earlier one's terms added, weighing less."""
    earlier = turn.question
    dropped: set[str] = set()
    if without_names:
        for hit in turn.hits:
            text = earlier.folded[hit.start : hit.end]
            dropped |= {term for term in earlier.terms if len(term) > 2 and term[2:] in text}  # noqa: PLR2004
    terms = {t: w * CARRIED for t, w in earlier.terms.items() if t not in dropped}
    return replace(question, terms={**terms, **question.terms})
