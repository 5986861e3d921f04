"""The snippets that anything speaks for, best first."""

from dataclasses import replace

from bot.answering import question_kinds, tuning
from bot.answering.ranking import Ranking
from bot.answering.stages.query import Query
from bot.answering.stages.scene import Scene
from bot.pack.model import Answer, Kind, Tier
from bot.text.dialects import heard


def retrieve(query: Query, scene: Scene) -> Query | Answer:
    """Rank the snippets, unless a stage before has done so; refuse when nothing speaks for any."""
    if not query.ranking.candidates:
        plain = heard(query.text) == query.asked  # then its punctuation keeps its clauses apart
        query = replace(query, ranking=scene.rank(query.text if plain else query.asked))
    if not query.ranking.candidates:
        return scene.refuse(query.noting("nothing"), Kind.REFUSAL, Tier.ABSTAIN)
    query = replace(query, ranking=_by_side(query, scene))
    words = "、".join(dict.fromkeys(unit.text for unit in query.ranking.units))
    query = query.noting("words", words=words) if words else query
    for hit in query.ranking.names:
        query = query.noting("name", name=hit.shown, likeness=f"{hit.likeness:.0%}")
    return query


def _by_side(query: Query, scene: Scene) -> Ranking:
    """Put what tells the side that is asked, strengths or weaknesses, before what tells the other."""
    ranking = query.ranking
    asked = question_kinds.asked(query.asked) & {"strong", "weak"}
    if len(asked) != 1:
        return ranking
    best = ranking.candidates[0]
    if scene.leans_to(best.number, *asked) >= 0:
        return ranking
    close = (c for c in ranking.candidates[1:] if c.score >= tuning.SECOND_SCORE * best.score)
    other = next((c for c in close if scene.leans_to(c.number, *asked) > 0), None)
    if other is None:
        return ranking
    return replace(ranking, candidates=(other, *(c for c in ranking.candidates if c is not other)))
