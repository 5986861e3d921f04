"""What asks for a deed and not for the reading, and what somebody only remarks: never answered with a snippet."""

import re
from functools import lru_cache

from bot.answering.stages.query import Query, said
from bot.answering.stages.scene import Scene
from bot.pack.model import Answer, Kind, Tier
from bot.text import lists
from bot.text.dialects import heard

REMARKS = frozenset({"opinion", "chat"})
_ASKS = re.compile(
    r"什么|谁|哪|为何|几[个位部种段篇年岁]|多少|怎么|怎样|如何|吗|是不是|有没有|能不能|会不会|对不对|[^完]没错吧|[对是]吧"
    r"|\b(?:who|what|whats|whose|why|when|where|which|how|does|did|is it|are there|right)\b",
    re.ASCII,
)


def request(query: Query, scene: Scene) -> Query | Answer:
    """Point a request to what serves it, and a remark to the discussion."""
    folded = heard(query.text)
    if scene.is_name(folded):
        return query
    asks = _ASKS.search(folded) or "?" in query.text or "？" in query.text
    for name, whatever, pattern in _patterns():
        if not (asks and not whatever) and (match := pattern.search(folded)):
            if not whatever and name == "chat" and _named(scene, folded):
                continue
            kind, tier = (
                (Kind.SMALLTALK, Tier.SMALLTALK) if name in REMARKS else (Kind.REQUEST, Tier.REQUEST)
            )
            seen = query.noting("request", word=match[0])
            return scene.refuse(seen, kind, tier, lead=said(f"request.{name}"))
    return query


def _named(scene: Scene, folded: str) -> bool:
    """Return whether the message names something of the reading."""
    return False


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    out = []
    for line in lists.lines("requests"):
        name, _, pattern = line.partition(":")
        name = name.strip()
        whatever = name.endswith("!") or name == "chat"
        out.append((name.rstrip("!"), whatever, re.compile(pattern.strip(), re.ASCII)))
    return tuple(out)
