"""Questions that lean on the one before (那X呢？ 他是哪國人？ 為什麼？)."""

import re
from dataclasses import replace
from functools import lru_cache

from bot.answering import tuning
from bot.answering.ranking import Candidate, Ranking
from bot.answering.stages.query import Leaning, Query, Turn, said
from bot.answering.stages.scene import Scene, sure_names, weight_beside, with_lead
from bot.pack.model import Answer, Tier
from bot.text import lists
from bot.text.dialects import heard

_SOURCE = re.compile(
    r"^(?:这|那|这句|那句|这句话|那句话|这个|这是|那是|是)*(?:话|说法|观点|看法)?(?:是)?(?:谁|哪位|哪个人)(?:说|讲|写|提|主张|提出)(?:来)?(?:的)?(?:话)?$|^(?:出处|来源|出自哪里?|谁的(?:话|看法|观点|说法|意见))(?:呢|在哪里?|是什么)?$|^who (?:said|says|wrote|claimed) (?:that|this|it|so)$|^(?:whats )?(?:the )?source$|^says who$",
    re.ASCII,
)


@lru_cache(maxsize=8)
def _words(group: str) -> re.Pattern[str]:
    words = sorted(lists.groups("follow")[group], key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in words), re.ASCII)


def follow_up(query: Query, scene: Scene) -> Query | Answer:
    """Read a question together with the one before it, where it does not stand on its own."""
    turn = query.before
    if turn is None or _words("leaving").search(query.asked) or scene.is_name(query.asked):
        return query
    if _SOURCE.search(query.asked):
        return _source(query, scene, turn)
    alone = scene.rank(query.asked)
    names = sure_names(alone)
    if names:
        return _swapped(query, scene, turn, alone)
    leaning = _leaning(query, alone)
    return _together(query, scene, turn, alone, leaning) if leaning else query


def _leaning(query: Query, alone: Ranking) -> Leaning:
    """Return how a question that names nothing leans: it points, or is short, or begins like a further one."""
    folded = heard(query.text)
    if _words("pronoun").search(folded):
        return Leaning.POINTING
    short = len(alone.units) <= tuning.SHORT or _words("opening").match(folded) or folded.endswith("呢")
    return Leaning.SHORT if short else Leaning.NONE


def _swapped(query: Query, scene: Scene, turn: Turn, alone: Ranking) -> Query:
    """Ask of another name what was asked before, when the question is hardly more than that name."""
    names = sure_names(alone)
    folded = heard(query.text)
    leans = folded.endswith("呢") or _words("opening").match(folded)
    if not leans or weight_beside(alone, names) >= tuning.BARE:
        return query
    asked = turn.asked
    for hit in sorted(turn.names, key=lambda h: -h.start):
        asked = f"{asked[: hit.start]} {asked[hit.end :]}"
    restated = heard(f"{query.asked} {asked}")
    ranking = scene.rank(restated)
    owners = {number for hit in names for number in hit.owners}
    spoken = {n for hit in names for n in scene.speakers.get(hit.name, ())}
    within = _within(ranking, owners | spoken)
    if not within.candidates:
        return query
    sure = replace(within, confidence=max(within.confidence, alone.confidence))
    return replace(query, asked=restated, ranking=sure, leaning=Leaning.SWAP).noting("swap")


def _together(query: Query, scene: Scene, turn: Turn, alone: Ranking, leaning: Leaning) -> Query:
    """Look at what is near the last answer first, unless something else surely knows more of the question."""
    subject = " ".join(dict.fromkeys(hit.name for hit in turn.names))
    if not subject:
        first = scene.snippets[turn.numbers[0]]
        subject = heard(first.keywords[0] if first.keywords else first.title)
    restated = heard(f"{subject} {query.asked}")
    near = scene.beside(turn.numbers) | {n for hit in turn.names for n in hit.owners}
    ranking = scene.rank(restated)
    within = _within(ranking, near)
    own = frozenset(unit.text for unit in alone.units)
    best = alone.candidates[0] if alone.candidates else None
    if best and own and alone.confidence >= _needed(leaning) and best.number not in near:
        known = within.candidates[0].covered & own if within.candidates else frozenset()
        if len(best.covered & own) > len(known):
            return query
    if not within.candidates:
        return query
    seen = replace(query, asked=restated, ranking=within, leaning=leaning)
    return seen.noting("leaning", subject=subject)


def _needed(leaning: Leaning) -> float:
    return 0.8 if leaning is Leaning.POINTING else 0.5


def _within(ranking: Ranking, numbers: frozenset[int] | set[int]) -> Ranking:
    """Return the ranking with the candidates of these numbers first."""
    inside = tuple(c for c in ranking.candidates if c.number in numbers)
    outside = tuple(c for c in ranking.candidates if c.number not in numbers)
    return replace(ranking, candidates=(*inside, *outside) if inside else ())


def _source(query: Query, scene: Scene, turn: Turn) -> Answer:
    """Say who says it and where, and show it again."""
    first = scene.snippets[turn.numbers[0]]
    lead = said("lead.said_by", name=first.speaker) if first.speaker else said("lead.text_says")
    seen = with_lead(replace(query, leaning=Leaning.SOURCE), lead).noting("source")
    return scene.answer(seen, [scene.snippets[n] for n in turn.numbers], Tier.FOLLOW_UP)
