"""What is no question about the reading: small talk, orders, sums, and when the homework is due."""

import re
import unicodedata
from functools import lru_cache

from bot.text import lists

# An order to the bot is never followed, and what is told of one's own people asks nothing, whatever else the
# message names; the rest is refused only when nothing of the reading is named beside it ("why does the
# premiere matter? the teacher says it will be in the exam").
ALWAYS = frozenset({"command", "markup", "telling"})
LIKELY = frozenset({"everyday"})  # mere words of the day: what is surely answered is a question all the same
_MARKUP = re.compile(
    r"<\s*/?\s*(script|iframe|img|svg|style|object|embed)\b|javascript:|\{\{.*\}\}|\$\{", re.IGNORECASE
)
_SUM = re.compile(r"^[\s\d+\-*/×÷=^().,?？=！!]*\d[\s\d+\-*/×÷=^().,?？=！!]*$")


@lru_cache(maxsize=1)
def _talk() -> dict[str, str]:
    return {word: kind for kind, words in lists.groups("talk").items() for word in words}


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    out = []
    for line in lists.lines("other"):
        kind, _, pattern = line.partition(":")
        out.append((kind, re.compile(pattern.strip())))
    return tuple(out)


def small_talk(folded: str) -> str:
    """Return the kind of small talk that the whole folded message is, or an empty text."""
    bare = re.sub(r"(呀|啊|喔|哦|耶|啦|嘛|吧|呢|唷|哟|老师|同学|机器人|bot|温度)+$", "", folded)
    bare = re.sub(r"^(嗯+|那+|请问|老师|欸|诶|hey|hi)\s*", "", bare) or bare
    talk = _talk()
    for text in (folded, bare, _squeezed(folded), _squeezed(bare)):
        if text in talk:
            return talk[text]
    return ""


def _squeezed(text: str) -> str:
    """Return the text with what is repeated written once: 哈哈哈哈, 測試測試."""
    return re.sub(r"(.{1,4}?)\1+", r"\1\1", text)


def not_a_question(text: str, folded: str) -> str:
    """Return the kind of what is no question about any reading (see lists/other.txt), or an empty text."""
    if _MARKUP.search(unicodedata.normalize("NFKC", text)):
        return "markup"
    if _SUM.match(unicodedata.normalize("NFKC", text)):
        return "maths"
    return next((kind for kind, pattern in _patterns() if pattern.search(folded)), "")
