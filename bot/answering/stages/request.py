"""What asks for a deed and not for the reading, and what is only remarked: no snippet answers it."""

import re
from dataclasses import replace
from functools import lru_cache

from bot.answering.stages.noise import without_noise
from bot.answering.stages.query import Query, said
from bot.answering.stages.question_signs import ends_asking, has_question_word
from bot.answering.stages.scene import Scene, sure_names
from bot.answering.stages.whole_text import is_about_all
from bot.pack.model import Answer, Kind, Tier
from bot.text import lists
from bot.text.dialects import heard

REMARKS = frozenset({"opinion", "chat"})
_CLAUSES = re.compile(r"[，,。！!；;、\s]+|(?<=[？?])")


def request(query: Query, scene: Scene) -> Query | Answer:
    """Point a request to what serves it, and a remark to the discussion.

    A remark beside a clause that asks is only talk around it; what names something of the reading asks of it.
    """
    folded = heard(query.text)
    if scene.is_name(folded) or is_about_all(query.asked, scene):
        return query
    parts = list(filter(None, _CLAUSES.split(query.text)))
    asking = any(ends_asking(part, heard(part)) for part in (query.text, *parts))
    questions = [part for part in parts if has_question_word(heard(part))]
    if questions and sure_names(scene.rank(query.asked)):
        return query
    for name, whatever, pattern in _patterns():
        remark = name in REMARKS
        if asking and not whatever:
            continue
        whole = [] if remark and len(parts) > 1 and questions else [query.text]
        found = (part for part in (*whole, *(parts if remark else ())) if pattern.search(heard(part)))
        if (part := next(found, None)) is None:
            continue
        if questions and part not in questions and part != query.text:
            clause = " ".join(questions)
            rest = without_noise(clause)
            surer = max(rest, query.asked, key=lambda text: scene.rank(text).confidence)
            return replace(query, asked=surer).noting("clause", clause=clause)
        kind, tier = (Kind.SMALLTALK, Tier.SMALLTALK) if remark else (Kind.REQUEST, Tier.REQUEST)
        return scene.refuse(query.noting("request", word=part), kind, tier, lead=said(f"request.{name}"))
    return query


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    out = []
    for line in lists.lines("requests"):
        name, _, pattern = line.partition(":")
        name = name.strip()
        whatever = name.endswith("!") or name == "chat"
        out.append((name.rstrip("!"), whatever, re.compile(pattern.strip(), re.ASCII)))
    return tuple(out)
