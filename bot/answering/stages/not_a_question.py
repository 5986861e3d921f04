"""No question at all: nothing was written, a greeting, a sum."""

import re
import unicodedata
from functools import lru_cache

from bot.answering.stages.query import Query
from bot.answering.stages.scene import Scene
from bot.pack.model import Answer, Kind, Tier
from bot.text import lists
from bot.text.dialects import heard

_SUM = re.compile(r"^[\s\d+\-*/×÷=^().,?？=！!]*\d\s*[+\-*/×÷=^]\s*\d[\s\d+\-*/×÷=^().,?？=！!]*$")
_DRESS = re.compile(r"(呀|啊|喔|哦|耶|啦|嘛|吧|呢|唷|哟|老师|同学|机器人|bot|温度)+$")
_OPENING = re.compile(r"^(嗯+|那+|请问|老师|欸|诶|hey|hi)\s*")
_REPEATED = re.compile(r"(.{1,4}?)\1+")


def not_a_question(query: Query, scene: Scene) -> Query | Answer:
    """Decline what asks nothing, unless the pack has it as a name."""
    folded = heard(query.text)
    if scene.is_name(folded):
        return query
    if not query.asked or folded in _small_talk() or _bare(folded) in _small_talk():
        return scene.refuse(query.noting("small_talk"), Kind.SMALLTALK, Tier.SMALLTALK)
    if _SUM.match(unicodedata.normalize("NFKC", query.text)):
        return scene.refuse(query.noting("sum"), Kind.REFUSAL, Tier.NO_QUESTION)
    return query


@lru_cache(maxsize=1)
def _small_talk() -> frozenset[str]:
    return frozenset(word for words in lists.groups("talk").values() for word in words)


def _bare(folded: str) -> str:
    """Return a message without address and particles, what is repeated written once (哈哈哈哈, 測試測試)."""
    rest = _DRESS.sub("", folded)
    return _REPEATED.sub(r"\1\1", _OPENING.sub("", rest) or rest)
