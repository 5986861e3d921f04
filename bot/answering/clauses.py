"""A plain question in one clause, and chatter in the others (符號拼貼是什麼，老師等一下要抽問我)."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.answering import question_kinds
from bot.answering.names import Hit
from bot.answering.retrieve import Matcher
from bot.answering.turns import names
from bot.text import lists
from bot.text.dialects import heard

LONGEST = 40  # folded characters of a plain question
STRONG = 2.9  # what its name tells at least: three characters that no other snippet goes by
_ASKED = frozenset({"who", "where", "when", "much", "why", "mean", "compare"})  # kinds that are surely asks
_STOPS = re.compile("[，,。！？!?；;：:、…~～\n]+|(?<=[\u3400-\u9fff])[ \u3000]+(?=[\u3400-\u9fff])")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a plain ask, of any ask, and of what is said about how to answer."""
    groups = lists.groups("chatter")
    return _any(groups["plain"]), _any(groups["asks"]), _any(groups["manner"])


def _any(words: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in longest))


def without_chatter(matcher: Matcher, text: str) -> tuple[str, list[Hit]] | None:
    """Return the one clause that plainly asks what a name of the pack is, folded, with its names; or None.

    Nobody who asks two things, or speaks of something else of the reading beside it, is heard by half.
    """
    clauses = clauses_of(text)
    asks = [clause for clause in clauses if _asks(clause)]
    if len(asks) != 1 or len(asks[0]) > LONGEST:
        return None
    hits = matcher.book.hits(asks[0])
    if not _is_plain(matcher, asks[0], hits):
        return None
    others = [hit for clause in clauses if clause != asks[0] for hit in matcher.book.hits(clause)]
    return None if any(not hit.name.everyday for hit in names(others)) else (asks[0], hits)


def clauses_of(text: str) -> list[str]:
    """Return the parts between a text's stops and blanks, as they are compared; of a single one, none."""
    parts = [part for part in _STOPS.split(text) if part]
    clauses = [clause for clause in map(heard, parts) if clause] if len(parts) > 1 else []
    return clauses if len(clauses) > 1 else []


def asking(text: str) -> list[str]:
    """Return those of a text's several clauses that ask for something."""
    return [clause for clause in clauses_of(text) if _asks(clause)]


def _asks(clause: str) -> bool:
    """Return whether a clause asks for something, and not merely for a simple answer."""
    _, asks, manner = _patterns()
    return bool(asks.search(manner.sub(" ", clause)) or question_kinds.asked(clause) & _ASKED)


def _is_plain(matcher: Matcher, clause: str, hits: Sequence[Hit]) -> bool:
    """Return whether a clause is a strong name and a plain ask, with nothing else that tells."""
    strong = [hit for hit in hits if hit.likeness == 1.0 and hit.weight >= STRONG and not hit.name.everyday]
    if len(strong) != 1:
        return False
    hit, plain = strong[0], _patterns()[0]
    rest = clause[: hit.start] + " " + clause[hit.end :]
    is_asked = plain.search(rest) or plain.search(hit.name.folded)
    return bool(is_asked) and not matcher.question(plain.sub(" ", rest).replace("㗎", " ")).units
