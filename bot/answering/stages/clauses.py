"""A question with talk around it: the clause that asks is the question, when the reading answers it as surely."""

import re
from dataclasses import replace

from bot.answering import tuning
from bot.answering.stages.confidence import LINE
from bot.answering.stages.noise import without_noise
from bot.answering.stages.query import Query, said
from bot.answering.stages.question_signs import asks
from bot.answering.stages.scene import Scene, with_lead
from bot.pack.model import Answer
from bot.text.dialects import heard

_STOPS = re.compile(r"(?<=[？?])|[，,。！!；;…\n]+|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")


def clauses(query: Query, scene: Scene) -> Query | Answer:
    """Narrow a message to its one clause that asks about the reading; name what else was asked."""
    parts = [part for part in map(str.strip, _STOPS.split(query.text)) if without_noise(part)]
    asking = [part for part in parts if asks(part, heard(part))]
    if len(parts) < 2 or not 0 < len(asking) <= 2:  # noqa: PLR2004  nothing around it; too much to be sure
        return query
    sure = {part: scene.rank(without_noise(part)).confidence for part in asking}
    asked = max(asking, key=lambda part: sure[part])
    if sure[asked] < LINE or not _names(scene, asked):
        return query
    others = [part for part in asking if part is not asked]
    if any(sure[part] >= tuning.SUGGEST or len(scene.units(without_noise(part))) < 2 for part in others):  # noqa: PLR2004
        return query
    seen = replace(query, text=asked, asked=without_noise(asked)).noting("clause", clause=asked)
    return with_lead(seen, said("lead.missing", asked=others[0])) if others else seen


def _names(scene: Scene, asked: str) -> bool:
    """Return whether a clause names something of the reading that is no everyday word."""
    return any(
        hit.likeness >= tuning.SURE_NAME and not hit.everyday
        for hit in scene.rank(without_noise(asked)).names
    )
