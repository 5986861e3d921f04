"""Somebody's view: what others say is no answer to it."""

import re
from dataclasses import replace

from bot.answering.stages.confidence import LINE
from bot.answering.stages.query import Query, said
from bot.answering.stages.scene import Scene, with_lead
from bot.text.dialects import heard

_ASKS = re.compile(
    r"怎么(?:看|说|想|讲|评|认为)|如何(?:看|评)|看法|观点|认为|觉得|主张|意见|立场|态度|评价|说法|"
    r"同意|反对|担心|(?:说|讲|谈|提)(?:了|到|过)?(?:什么|啥|哪些)|\b(?:think|thinks|view|views|"
    r"opinion|say|says|said|believe|believes|argue|argues|feel|feels|see|sees|attitude|position)\b",
    re.ASCII,
)


def view(query: Query, scene: Scene) -> Query:
    """Leave out what others say when one speaker's view is asked; if only others have one, say so."""
    who = _asked_of(query, scene)
    best = query.ranking.candidates[:1]
    if who is None or not best:
        return query
    others = frozenset().union(*(numbers for name, numbers in scene.speakers.items() if name != who))
    foreign = frozenset(n for n in others - scene.speakers[who] if who not in heard(scene.snippets[n].title))
    kept = tuple(c for c in query.ranking.candidates if c.number not in foreign)
    name = next(one.speaker for one in scene.snippets if heard(one.speaker) == who)
    seen = query.noting("view", name=name)
    own = scene.rank(query.asked, scene.speakers[who])
    asked = {unit.text for unit in query.ranking.units if unit.text not in who}
    if own.candidates and own.confidence >= LINE and (not asked or asked & own.candidates[0].covered):
        kept = (*own.candidates, *(c for c in kept if c.number not in scene.speakers[who]))
    elif best[0].number in foreign:
        return with_lead(
            seen, said("lead.other_view", name=name, other=scene.snippets[best[0].number].speaker)
        )
    return replace(seen, ranking=replace(query.ranking, candidates=kept))


def _asked_of(query: Query, scene: Scene) -> str | None:
    """Return the folded name of the one speaker whose view is asked."""
    if not _ASKS.search(query.asked):
        return None
    named = {hit.name for hit in query.ranking.names} | {
        name for name in scene.speakers if name in query.asked
    }
    speakers = [name for name in scene.speakers if name in named]
    return speakers[0] if len(speakers) == 1 else None
