"""Several things asked at once: which snippets answer together."""

import re
from collections.abc import Sequence

from bot.answering import confidence, question_kinds
from bot.answering.candidates import Candidate
from bot.answering.names import Hit
from bot.answering.query import Question
from bot.answering.retrieve import Matcher

MOST_CHARACTERS = 680  # of the texts together
OTHER_SIDE = 0.3  # of the best score, that the other side must reach
CLOSE = 0.75  # of the best score, that a second must reach to be hardly behind …
FAR = 16.0  # … when no way of asking is as like the question as this (of 20)
COMPARES = 0.9  # from which a snippet itself is a comparison (of 1)
STRONG = 1.9  # weight of a name that must not go unanswered
_BETWEEN = re.compile(
    r"和|跟|与|及|、|还有|以及|同埋|还是|\band\b|\bvs\b|\bversus\b", re.ASCII
)  # between two sides
_EACH = re.compile(r"各|分别|两者|两个|\bboth\b|\beach\b", re.ASCII)
KNOWN_SIDE = 0.5  # share of one side's words from which a snippet speaks of it
BARELY_MORE = 3.0  # what a question that is no more than names tells beside them
_AND = re.compile(
    r"和|跟|与|及|、|还有|以及|或|同埋|\band\b|\bvs\b|\bor\b|\bversus\b|\bcompared?\b|各(?![地国种位个类式])|分别|两者|两个|两部|两位|比",
    re.ASCII,  # so that a Han character is no letter of vs
)


def choose(
    matcher: Matcher, question: Question, hits: Sequence[Hit], found: Sequence[Candidate], line: float
) -> list[Candidate]:
    """Return the snippets that answer together: mostly one, two when two things are asked.

    Two also when the question is worded like none of the ways to ask, and a second is hardly behind the best.
    `line` is how sure one must be of what answers one side alone.
    """
    best = found[0]
    chosen = [best]
    if _AND.search(question.folded) or _only_names(question, hits):
        chosen += _for_names_left(matcher, question, hits, found, best)
    if len(chosen) == 1 and _sets_apart(question):
        chosen += _for_side_left(matcher, question, best, line)
    if len(chosen) == 1:
        chosen += _other_side(matcher, question, found, best)
    if len(chosen) == 1 and best.alike < FAR:
        chosen += [second for second in found[1:2] if second.score >= CLOSE * best.score]
    return fitting(matcher, chosen)


def _for_names_left(
    matcher: Matcher, question: Question, hits: Sequence[Hit], found: Sequence[Candidate], best: Candidate
) -> list[Candidate]:
    """Return the best snippet of each strong name that the best snippet does not speak of."""
    compared = "compare" in question_kinds.asked(
        question.folded
    )  # then to be mentioned beside the other is not enough
    compares = matcher.told[best.number].get("compare", 0.0) >= COMPARES
    beside = [] if compared and not compares else best.mentions
    known = {hit.name.folded for hit in (*best.hits, *beside)}
    out: list[Candidate] = []
    for hit in sorted(hits, key=lambda h: -h.weight):
        if hit.name.folded in known or hit.weight < STRONG or "alias" in dict(hit.name.owners).values():
            continue
        if best.number in matcher.spoken_by(hit.name):
            continue  # who says it is not another thing that is asked
        owners = {number for number, _ in hit.name.owners}
        other = next((c for c in found if c.number in owners and c is not best and c not in out), None)
        if other is not None:
            out.append(other)
            known |= {h.name.folded for h in (*other.hits, *other.mentions)}
    return out[:2]


def _only_names(question: Question, hits: Sequence[Hit]) -> bool:
    """Return whether the question is hardly more than two names side by side."""
    strong = [hit for hit in hits if hit.weight >= STRONG]
    rest = (unit.mass for unit in question.units if not any(hit.has(unit.start) for hit in strong))
    return len(strong) > 1 and sum(rest) < BARELY_MORE


def _sets_apart(question: Question) -> bool:
    return "compare" in question_kinds.asked(question.folded) or bool(_EACH.search(question.folded))


def _for_side_left(matcher: Matcher, question: Question, best: Candidate, line: float) -> list[Candidate]:
    """Return what answers the side of the question of which the best snippet knows nothing.

    What is asked of both stands after the second: 版權和倫理的要求 is 版權的要求 and 倫理的要求.
    """
    folded = question.folded
    for between in _BETWEEN.finditer(folded):
        left, right = folded[: between.start()], folded[between.end() :]
        for side, asked in ((left, left + "的" + right.partition("的")[2]), (right, right)):
            if _knows(matcher, side, best) < KNOWN_SIDE:
                return _sure(matcher, asked, best, line)
    return []


def _knows(matcher: Matcher, side: str, candidate: Candidate) -> float:
    """Return how much a snippet knows of one side; of a side without content, all."""
    question = matcher.asked(side)
    alone = Candidate(candidate.number)
    return confidence.Knowledge(matcher.index, question).coverage(alone)[0] if question.units else 1.0


def _sure(matcher: Matcher, asked: str, best: Candidate, line: float) -> list[Candidate]:
    """Return the snippet that answers this alone, if it is another and sure enough."""
    question = matcher.asked(asked)
    found = matcher.candidates(question, matcher.book.hits(asked))
    others = [one for one in found[:1] if one.number != best.number]
    return [one for one in others if confidence.certainty(matcher.index, question, one) >= line]


def _other_side(
    matcher: Matcher, question: Question, found: Sequence[Candidate], best: Candidate
) -> list[Candidate]:
    """Return the snippet of the other side when both are asked: strengths and weaknesses, for and against."""
    wanted = question_kinds.asked(question.folded)
    if not {"strong", "weak"} <= wanted:
        return []
    told = matcher.told[best.number]
    known = {side: told.get(side, 0.0) for side in ("strong", "weak")}
    if known["strong"] == known["weak"]:
        return []
    missing = min(known, key=lambda side: known[side])
    others = (c for c in found[1:6] if c.score > best.score * OTHER_SIDE)
    return [c for c in others if matcher.told[c.number].get(missing, 0.0) > known[missing]][:1]


def fitting(matcher: Matcher, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return as many of the chosen as fit one answer; no text is ever cut."""
    out: list[Candidate] = []
    size = 0
    for candidate in chosen:
        snippet = matcher.snippets[candidate.number]
        size += len(snippet.text) + len(snippet.sentence) + 2
        if out and size > MOST_CHARACTERS:
            break
        out.append(candidate)
    return out
