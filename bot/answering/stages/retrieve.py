"""The snippets that anything speaks for, best first."""

from dataclasses import replace

from bot.answering.stages.query import Query
from bot.answering.stages.scene import Scene
from bot.pack.model import Answer, Kind, Tier


def retrieve(query: Query, scene: Scene) -> Query | Answer:
    """Rank the snippets, unless a stage before has done so; refuse when nothing speaks for any."""
    if not query.ranking.candidates:
        query = replace(query, ranking=scene.rank(query.asked))
    if not query.ranking.candidates:
        return scene.refuse(query.noting("nothing"), Kind.REFUSAL, Tier.ABSTAIN)
    words = "、".join(dict.fromkeys(unit.text for unit in query.ranking.units))
    query = query.noting("words", words=words) if words else query
    for hit in query.ranking.names:
        query = query.noting("name", name=hit.shown, likeness=f"{hit.likeness:.0%}")
    return query
