"""Several things asked at once: which snippets answer together."""

import re
from collections.abc import Sequence

from bot.reading import intents
from bot.reading.aliases import Hit
from bot.reading.candidates import Candidate
from bot.reading.matching import Matcher
from bot.reading.question import Question

MOST_CHARACTERS = 680  # of the texts together
OTHER_SIDE = 0.3  # of the best score, that the other side must reach
STRONG = 1.9  # weight of a name that must not go unanswered
_AND = re.compile(
    r"和|跟|与|及|、|还有|以及|或|同埋|\band\b|\bvs\b|\bor\b|\bversus\b|\bcompared?\b|各(?![地国种位个类式])|分别|两者|两个|两部|两位|比"
)


def choose(
    matcher: Matcher, question: Question, hits: Sequence[Hit], found: Sequence[Candidate]
) -> list[Candidate]:
    """Return the snippets that answer together: mostly one, two when two things are asked."""
    best = found[0]
    chosen = [best]
    if _AND.search(question.folded):
        chosen += _for_names_left(matcher, question, hits, found, best)
    if len(chosen) == 1:
        chosen += _other_side(matcher, question, found, best)
    return _fitting(matcher, chosen)


def _for_names_left(
    matcher: Matcher, question: Question, hits: Sequence[Hit], found: Sequence[Candidate], best: Candidate
) -> list[Candidate]:
    """Return the best snippet of each strong name that the best snippet does not speak of."""
    compared = "compare" in intents.asked(
        question.folded
    )  # then to be mentioned beside the other is not enough
    known = {hit.name.folded for hit in (best.hits if compared else (*best.hits, *best.mentions))}
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


def _other_side(
    matcher: Matcher, question: Question, found: Sequence[Candidate], best: Candidate
) -> list[Candidate]:
    """Return the snippet of the other side when both are asked: strengths and weaknesses, for and against."""
    wanted = intents.asked(question.folded)
    if not {"strong", "weak"} <= wanted:
        return []
    told = matcher.told[best.number]
    known = {side: told.get(side, 0.0) for side in ("strong", "weak")}
    if known["strong"] == known["weak"]:
        return []
    missing = min(known, key=lambda side: known[side])
    others = (c for c in found[1:6] if c.score > best.score * OTHER_SIDE)
    return [c for c in others if matcher.told[c.number].get(missing, 0.0) > known[missing]][:1]


def _fitting(matcher: Matcher, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return as many of the chosen as fit one answer; no text is ever cut."""
    out: list[Candidate] = []
    size = 0
    for candidate in chosen:
        snippet = matcher.snippets[candidate.number]
        size += len(snippet.text) + len(snippet.gloss) + 2
        if out and size > MOST_CHARACTERS:
            break
        out.append(candidate)
    return out
