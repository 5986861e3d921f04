"""What asks for a deed and not for the reading, and what somebody only remarks: never answered with a snippet."""

import re
from functools import lru_cache

from bot.answering.ranking import Ranking
from bot.answering.stages.confidence import LINE
from bot.answering.stages.query import Query, said
from bot.answering.stages.question_signs import ends_asking, has_question_word
from bot.answering.stages.scene import Scene, sure_names
from bot.pack.model import Answer, Kind, Tier
from bot.text import lists
from bot.text.dialects import heard

REMARKS = frozenset({"opinion", "chat"})
_CLAUSES = re.compile(r"[，,。！!；;、\s]+")


def request(query: Query, scene: Scene) -> Query | Answer:
    """Point a request to what serves it, and a remark to the discussion."""
    folded = heard(query.text)
    if scene.is_name(folded):
        return query
    asking = ends_asking(query.text, folded)
    parts = (folded, *map(heard, _CLAUSES.split(query.text)))
    for name, whatever, pattern in _patterns():
        if asking and not whatever:
            continue
        if match := next(filter(None, map(pattern.search, parts if name in REMARKS else parts[:1])), None):
            if has_question_word(folded) and _is_answered(scene.rank(query.asked)):
                return query  # the reading answers it
            kind, tier = (Kind.REQUEST, Tier.REQUEST)
            if name in REMARKS:
                kind, tier = (Kind.SMALLTALK, Tier.SMALLTALK)
            seen = query.noting("request", word=match[0])
            return scene.refuse(seen, kind, tier, lead=said(f"request.{name}"))
    return query


def _is_answered(ranking: Ranking) -> bool:
    return ranking.confidence >= LINE and bool(sure_names(ranking))


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    out = []
    for line in lists.lines("requests"):
        name, _, pattern = line.partition(":")
        name = name.strip()
        whatever = name.endswith("!") or name == "chat"
        out.append((name.rstrip("!"), whatever, re.compile(pattern.strip(), re.ASCII)))
    return tuple(out)
