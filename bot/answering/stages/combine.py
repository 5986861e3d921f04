"""The last stage: one snippet, two when two things were asked, and the sentence before them."""

import re
from dataclasses import replace

from bot.answering import question_kinds, tuning
from bot.answering.stages.claim import position
from bot.answering.stages.confidence import LINE
from bot.answering.stages.noise import without_noise
from bot.answering.stages.paragraph import fitting
from bot.answering.stages.query import Leaning, Query, Want, said
from bot.answering.stages.question_signs import has_question_word
from bot.answering.stages.quotation import quoted
from bot.answering.stages.scene import Scene, sure_names, with_lead
from bot.answering.stages.view import view
from bot.pack.model import Answer, Said, Snippet, Tier
from bot.text.dialects import heard

_AND = re.compile(
    r"和|跟|与|及|、|还有|以及|或|各(?![地国种位个类式])|分别|两者|\b(?:and|vs|versus|or|both|each|"
    r"compared?)\b",
    re.ASCII,
)
_CLAUSES = re.compile(r"[，,。！!？?；;\n]+|還有|还有|以及|\band (?=what|who|when|where|why|how|which)")


def combine(query: Query, scene: Scene) -> Query | Answer:
    """Answer with the best snippet, and with a second when it covers what the first leaves out."""
    chosen = [scene.snippets[n] for n in _chosen(query, scene)]
    query = with_lead(query, query.lead or _lead(query, scene, chosen[0]))
    if query.want is Want.QUOTATION:
        if words := quoted(query, scene, chosen[0]):
            return scene.answer(query, [words], Tier.QUOTATION, near=chosen)
        return scene.answer(query, chosen[:1], Tier.QUOTATION)
    return scene.answer(query, fitting(chosen), _tier(query, scene), score=_score(query, scene))


def _chosen(query: Query, scene: Scene) -> list[int]:
    best = query.ranking.candidates[0].number
    if query.want is Want.CONFIRMED or not _asks_for_two(query):
        return [best]
    if both := _of_two_clauses(query, scene):
        return both
    second = _of_another_name(query, scene)
    if second is None:
        second = _of_other_side(query, scene)
    if second is None:
        second = _of_other_words(query)
    return [best, second] if second is not None else [best]


def _asks_for_two(query: Query) -> bool:
    several = len(_CLAUSES.split(query.text)) > 1 or len(sure_names(query.ranking)) > 1
    return several or bool(_AND.search(query.asked))


def _of_two_clauses(query: Query, scene: Scene) -> list[int]:
    """Return what answers each of two clauses that ask, the second understood with the names of the first."""
    asking = [without_noise(part) for part in _CLAUSES.split(query.text) if has_question_word(heard(part))]
    if len(asking) < 2 or query.leaning:  # noqa: PLR2004  two
        return []
    first = scene.rank(asking[0])
    if not first.candidates or first.confidence < LINE:
        return []
    chosen = first.candidates[0].number
    second = scene.rank(asking[1])
    if not sure_names(second):
        subject = " ".join(hit.name for hit in sure_names(first))
        asked = f"{subject} {asking[1]}"
        second = scene.rank(asked, frozenset(range(len(scene.snippets))) - {chosen})
        second = view(replace(query, asked=asked, ranking=second), scene).ranking
    if second.candidates and second.confidence >= LINE and second.candidates[0].number != chosen:
        return [chosen, second.candidates[0].number]
    return []


def _of_another_name(query: Query, scene: Scene) -> int | None:
    """Return the best snippet of a name in the question that the best snippet is not about.

    What is about none of the names but speaks of all of them, a list or a comparison, needs no other.
    """
    best, *others = query.ranking.candidates
    told = heard(scene.snippets[best.number].title)
    names = sure_names(query.ranking)
    if not any(best.number in hit.owners for hit in names):
        told = scene.texts[best.number]
    speaker = heard(scene.snippets[best.number].speaker)
    for hit in sorted(names, key=lambda h: -h.weight):
        if best.number not in hit.owners and hit.name not in told and hit.name != speaker:
            found = next((c.number for c in others if c.number in hit.owners), None)
            if found is not None and _AND.search(query.asked):
                return found
    return None


def _of_other_side(query: Query, scene: Scene) -> int | None:
    """Return what tells the other side, when strengths and weaknesses are both asked."""
    best, *others = query.ranking.candidates
    if not question_kinds.asked(query.asked) >= {"strong", "weak"}:
        return None
    leaning = scene.leans_to(best.number, "strong")
    close = [c for c in others if c.score >= tuning.OTHER_SIDE * best.score]
    return next((c.number for c in close if leaning * scene.leans_to(c.number, "strong") < 0), None)


def _of_other_words(query: Query) -> int | None:
    """Return the best snippet that knows one side of an "and" of which the best one knows nothing."""
    best, *others = query.ranking.candidates
    units = [unit for unit in query.ranking.units if unit.known]
    for both in _AND.finditer(query.asked):
        left = [unit for unit in units if unit.end <= both.start()]
        right = [unit for unit in units if unit.start >= both.end()]
        for side, known in ((left, right), (right, left)):
            if any(u.text in best.covered for u in known) and not any(u.text in best.covered for u in side):
                for other in others:
                    more = sum(unit.weight for unit in side if unit.text in other.covered)
                    if more >= tuning.SECOND_COVERS and other.score >= tuning.SECOND_SCORE * best.score:
                        return other.number
    return None


def _lead(query: Query, scene: Scene, snippet: Snippet) -> Said | None:
    if query.want is Want.CONFIRMED:
        return position(query, scene, snippet)
    places = "、".join(map(str, snippet.paragraphs))
    if query.want is Want.PLACE and places:
        return said("lead.place", paragraphs=places)
    if query.want is Want.QUOTATION and not scene.pack.paragraphs:
        return said("lead.no_quotation", paragraphs=places)
    return None


def _tier(query: Query, scene: Scene) -> Tier:
    if query.leaning is not Leaning.NONE:
        return Tier.FOLLOW_UP
    if query.want is Want.CONFIRMED:
        return Tier.CLAIM
    return Tier.ALIAS if scene.is_name(heard(query.text)) else Tier.RANKING


def _score(query: Query, scene: Scene) -> float:
    return 1.0 if scene.is_name(heard(query.text)) else query.ranking.confidence
