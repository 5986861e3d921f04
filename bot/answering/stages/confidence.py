"""Sure enough to answer; else a question back, or a refusal."""

from bot.answering import tuning
from bot.answering.stages.query import Query, Want
from bot.answering.stages.scene import Scene
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
    if query.want is Want.CONFIRMED and ranking.confidence >= tuning.SUGGEST and _titled(query):
        return seen  # a claim about what the reading knows, with a value that it does not
    near = [scene.snippets[c.number] for c in ranking.candidates if c.score >= best.score * tuning.SECOND_SCORE]
    if ranking.confidence >= tuning.SUGGEST:
        return scene.refuse(seen, Kind.CHOICE, Tier.CHOICE, near=near)
    return scene.refuse(seen, Kind.REFUSAL, Tier.ABSTAIN, near=near[:2])


def _titled(query: Query) -> bool:
    best = query.ranking.candidates[0]
    return any(best.number in hit.titled or not hit.only_alias for hit in best.names)
