"""Questions that lean on the one before (那X呢？ 他是哪國人？ 為什麼？)."""

import re
from dataclasses import replace
from functools import lru_cache

from bot.answering import question_kinds, tuning
from bot.answering.ranking import Candidate, NameHit, Ranking
from bot.answering.stages.absent import is_gap
from bot.answering.stages.query import Leaning, Query, Turn, said
from bot.answering.stages.references import counted, items, other
from bot.answering.stages.scene import Scene, sure_names, weight_beside, with_lead
from bot.pack.model import Answer, Tier
from bot.text import lists
from bot.text.dialects import heard

_SOURCE = re.compile(
    r"^(?:这|那|这句|那句|这句话|那句话|这个|这是|那是|是)*(?:话|说法|观点|看法)?(?:是)?(?:谁|哪位|"
    r"哪个人)(?:说|讲|写|提|主张|提出)(?:来)?(?:的)?(?:话)?$|^(?:出处|来源|出自哪里?|谁的(?:话|看法|"
    r"观点|说法|意见))(?:呢|在哪里?|是什么)?$|^who (?:said|says|wrote|claimed) (?:that|this|it|so)$|"
    r"^(?:whats )?(?:the )?source$|^says who$",
    re.ASCII,
)

_SAYER = re.compile(r"(?:说|讲|提|写|提出).{0,5}的(?:那?个)?(?:人|老师|专家|教授|学者)")
_WHO = re.compile(r"是谁|谁是|是什么人|\bwho(?:s| is| was)\b", re.ASCII)
_THIRD = re.compile(r"[他她它]|\b(?:he|she|it|him|her|his|they)\b", re.ASCII)
_PERSON = re.compile(
    rf"[他她]|{_SAYER.pattern}|(?:这|那)(?:位|个)(?:人|老师|专家|教授|学者|导演)|\b(?:he|she|his|her|"
    r"him)\b|^谁",
    re.ASCII,
)
BESIDE_ORDINAL = 3  # content words, that of the ordinal itself among them
HALF = 0.5
MUCH = 8.0
STRANGE = 0.4  # share of a question in words that the pack has not, from which it leans on nothing
CONFIDENT = 0.6  # of what leans and has no word that is strange here


@lru_cache(maxsize=8)
def _words(group: str) -> re.Pattern[str]:
    words = sorted(lists.groups("follow")[group], key=len, reverse=True)
    return re.compile(
        "|".join(rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in words), re.ASCII
    )


def follow_up(query: Query, scene: Scene) -> Query | Answer:  # noqa: PLR0911  a case a return
    """Read a question together with the one before it, where it does not stand on its own."""
    turn = query.before
    if turn is None or _words("leaving").search(query.asked) or scene.is_name(query.asked):
        return query
    if _SOURCE.search(query.asked):
        return _source(query, scene, turn)
    alone = scene.rank(query.asked)
    if is_gap(scene, turn.numbers[0], query.asked) and weight_beside(alone, alone.names) < tuning.BARE:
        return _together(query, scene, turn, replace(alone, confidence=0.0, units=()), Leaning.POINTING)
    if (meant := _counted(query, scene, turn, alone)) is not None:
        return meant
    if sure_names(alone) and (of_subject := _of_subject(query, scene, turn, alone)):
        return of_subject
    swapped = _swapped(query, scene, turn, alone)
    if swapped is not query or sure_names(alone):
        return swapped
    leaning = _leaning(query, alone)
    return _together(query, scene, turn, alone, leaning) if leaning else query


def _counted(query: Query, scene: Scene, turn: Turn, alone: Ranking) -> Query | None:
    """Return the question about the one that is counted to, or set against the last (第二個, 另一位)."""
    folded = heard(query.text)
    listed = turn.listed or tuple(items(scene, turn.numbers[0]))
    for number in (counted(listed, folded), other(scene, turn.numbers[0], folded)):
        if number is not None and len(alone.units) <= BESIDE_ORDINAL:
            name = heard(scene.snippets[number].keywords[0])
            restated = heard(f"{name} {query.asked}")
            ranking = scene.rank(restated, scene.beside([number]))
            first = sorted(ranking.candidates, key=lambda c: c.number != number)
            sure = replace(ranking, candidates=tuple(first), confidence=max(CONFIDENT, ranking.confidence))
            return replace(
                query, asked=restated, ranking=sure, leaning=Leaning.COUNTED, listed=listed
            ).noting("counted", name=name)
    return None


def _leaning(query: Query, alone: Ranking) -> Leaning:
    """Return how a question that names nothing leans: it points, or is short, or goes on."""
    folded = heard(query.text)
    if _points(folded, alone):
        return Leaning.POINTING
    short = len(alone.units) <= tuning.SHORT or _words("opening").match(folded) or folded.endswith("呢")
    return Leaning.SHORT if short else Leaning.NONE


def _of_subject(query: Query, scene: Scene, turn: Turn, alone: Ranking) -> Query | None:
    """Return the question with its subject's name for a pronoun before the first name (他怎麼看X)."""
    first = min(hit.start for hit in sure_names(alone))
    match = _THIRD.search(query.asked, 0, first)
    if match is None:
        return None
    subject = _speaker(query, scene, turn) or _subject(scene, turn)
    asked = heard(f"{query.asked[: match.start()]} {subject} {query.asked[match.end() :]}")
    ranking = scene.rank(asked)
    return replace(query, asked=asked, ranking=ranking, leaning=Leaning.POINTING).noting(
        "leaning", subject=subject
    )


def _points(folded: str, alone: Ranking) -> bool:
    """Return whether the question points at what was said; 瑞典那部片 tells itself which one is meant."""
    if _words("person").search(folded.replace("其他", "")) or _SAYER.search(folded):
        return True
    told = {unit.end for unit in alone.units}
    found = _words("pronoun").finditer(folded)
    return any(match.start() not in told and not match[0].startswith("这篇") for match in found)


def _swapped(query: Query, scene: Scene, turn: Turn, alone: Ranking) -> Query:
    """Ask of another name what was asked before, when the question is hardly more than that name."""
    names = _subjects(alone)
    folded = heard(query.text)
    leans = folded.endswith("呢") or _words("opening").match(folded)
    if not leans or weight_beside(alone, names) >= tuning.BARE:
        return query
    asked = turn.asked
    for hit in sorted(turn.names, key=lambda h: -h.start):
        asked = f"{asked[: hit.start]} {asked[hit.end :]}"
    restated = heard(f"{query.asked} {asked}")
    owners = {number for hit in names for number in hit.owners}
    spoken = {n for hit in names for n in scene.speakers.get(hit.name, ())}
    within = scene.rank(restated, frozenset(owners | spoken))
    if not within.candidates:
        return query
    sure = replace(within, confidence=max(within.confidence, alone.confidence))
    return replace(query, asked=restated, ranking=sure, leaning=Leaning.SWAP).noting("swap")


def _subjects(alone: Ranking) -> list[NameHit]:
    """Return the names in a question that snippets go by, everyday words too (那車禍呢)."""
    return [hit for hit in alone.names if hit.likeness >= tuning.SURE_NAME and not hit.only_alias]


def _together(query: Query, scene: Scene, turn: Turn, alone: Ranking, leaning: Leaning) -> Query:
    """Look at what is near the last answer first, unless something else surely knows more of the question.

    What has words of its own that nothing in the pack has stands or falls alone.
    """
    subject = _subject(scene, turn)
    restated = heard(f"{subject} {query.asked}")
    meant = frozenset(n for hit in turn.names for n in hit.owners)
    near = scene.beside(turn.numbers) | meant
    if speaker := _speaker(query, scene, turn):
        named = scene.rank(speaker)
        meant = frozenset(n for n, name in enumerate(scene.subjects) if name == speaker)
        near |= meant | {n for hit in named.names for n in hit.owners}
        restated = heard(f"{speaker} {query.asked}")
    within = scene.rank(restated, near)

    own = [unit for unit in alone.units if not _says_nothing(unit.text)]

    def knows(candidate: Candidate) -> float:
        return sum(unit.weight for unit in own if unit.text in candidate.covered)

    side = question_kinds.asked(query.asked) & {"strong", "weak"}
    if len(side) == 1 and any(scene.leans_to(number, *side) < 0 for number in meant):
        meant = frozenset()  # 壞處呢 after the strengths: what tells the other side
    ordered = sorted(within.candidates, key=lambda c: (-knows(c), c.number not in meant, -c.score))
    if not ordered:
        return query
    best = alone.candidates[0] if alone.candidates and not speaker else None
    if best and alone.confidence >= _needed(leaning) and knows(best) > knows(ordered[0]):
        return query
    if not _leans(query, alone, leaning, knows(ordered[0])):
        return query
    sure = max(within.confidence, CONFIDENT if leaning else 0.0)
    ranking = replace(within, candidates=tuple(ordered), confidence=sure)
    return replace(query, asked=restated, ranking=ranking, leaning=leaning).noting("leaning", subject=subject)


def _leans(query: Query, alone: Ranking, leaning: Leaning, known: float) -> bool:
    """Return whether what the question says of its own may be said of what was answered before.

    Words of which the pack has nothing speak against it; a pronoun speaks for it.
    """
    if _words("today").search(query.asked):
        return False
    own = [unit for unit in alone.units if len(unit.text) > 1 and not _says_nothing(unit.text)]
    total = sum(unit.weight for unit in own)
    unknown = sum(unit.weight for unit in own if not unit.known)
    if leaning is Leaning.POINTING:
        return unknown < STRANGE * total or unknown < MUCH
    return (
        unknown < STRANGE * total and (known >= HALF * total or heard(query.text).endswith("呢"))
        if total
        else True
    )


def _says_nothing(word: str) -> bool:
    """Return whether a word is of no subject: it may be said or asked of anything."""
    attributes = (way for ways in lists.groups("attributes").values() for way in ways)
    empty = word in lists.groups("follow")["empty"] or bool(question_kinds.asked(word))
    return empty or any(word in way for way in attributes)


def _speaker(query: Query, scene: Scene, turn: Turn) -> str:
    """Return who says the last answer, when a person is asked about and the last question named nobody."""
    first = scene.snippets[turn.numbers[0]]
    person = bool(_WHO.search(turn.asked)) or _is_person(scene, turn)
    named = any(hit.name in scene.speakers for hit in turn.names)
    return heard(first.speaker) if _PERSON.search(heard(query.text)) and not (person or named) else ""


def _is_person(scene: Scene, turn: Turn) -> bool:
    """Return whether the pack says of what was asked about what is said of people only, be it not told."""
    meant = {*turn.numbers[:1], *(number for hit in turn.names for number in hit.owners)}
    absent = {heard(attribute) for number in meant for attribute in scene.snippets[number].absent}
    return not absent.isdisjoint(lists.groups("follow")["personal"])


def _subject(scene: Scene, turn: Turn) -> str:
    first = scene.snippets[turn.numbers[0]]
    names = dict.fromkeys(hit.name for hit in turn.names)
    return " ".join(names) or heard(first.keywords[0] if first.keywords else first.title)


def _needed(leaning: Leaning) -> float:
    return 0.8 if leaning is Leaning.POINTING else 0.5


def _source(query: Query, scene: Scene, turn: Turn) -> Answer:
    """Say who says it and where, and show it again."""
    first = scene.snippets[turn.numbers[0]]
    lead = said("lead.said_by", name=first.speaker) if first.speaker else said("lead.text_says")
    seen = with_lead(replace(query, leaning=Leaning.SOURCE), lead).noting("source")
    return scene.answer(seen, [scene.snippets[n] for n in turn.numbers], Tier.FOLLOW_UP)
