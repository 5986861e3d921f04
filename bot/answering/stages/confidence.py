"""Sure enough to answer; else a question back, or a refusal."""

from dataclasses import replace

from bot.answering import tuning
from bot.answering.ranking import Ranking
from bot.answering.stages.query import Query, Want
from bot.answering.stages.scene import Scene, sure_names
from bot.pack.model import Answer, Kind, Tier
from bot.text.dialects import heard

LINE = 0.5  # of a confidence: where the pack's line lies


def confidence(query: Query, scene: Scene) -> Query | Answer:
    """Let through what is sure enough; ask back when in doubt; refuse the rest."""
    ranking = query.ranking
    best = ranking.candidates[0]
    if scene.is_name(heard(query.text)):
        return query
    seen = query.noting("confidence", confidence=f"{ranking.confidence:.0%}")
    if ranking.confidence >= LINE:
        return seen
    if query.want is Want.CONFIRMED and (known := _without_value(query, scene)):
        return replace(seen, ranking=known)
    close = [c for c in ranking.candidates if c.score >= best.score * tuning.SECOND_SCORE]
    near = [scene.snippets[c.number] for c in (close if len(close) > 1 else ranking.candidates[:2])]
    if ranking.confidence >= tuning.SUGGEST:
        return scene.refuse(seen, Kind.CHOICE, Tier.CHOICE, near=near)
    return scene.refuse(seen, Kind.REFUSAL, Tier.ABSTAIN, near=near[:2])


def _without_value(query: Query, scene: Scene) -> Ranking | None:
    """Return the ranking of a claim without the words that the reading has not, if the rest is known."""
    ranking = query.ranking
    names = sure_names(ranking)
    told = scene.texts[ranking.candidates[0].number]
    if any(hit.name in told for hit in names):
        return ranking
    owned = [c for c in ranking.candidates if any(c.number in hit.owners for hit in names)]
    if owned:
        return replace(ranking, candidates=(owned[0], *(c for c in ranking.candidates if c is not owned[0])))
    rest = query.asked
    for word in ranking.strange:
        rest = rest.replace(word, " ")
    without = scene.rank(rest)
    enough = sum(unit.known for unit in without.units) > 1 and without.confidence >= LINE
    return replace(ranking, candidates=without.candidates) if enough else None
