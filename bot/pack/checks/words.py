"""Checks of keywords and aliases: shared by two snippets, hidden in a longer one, too short, too common."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from bot.pack.checks.findings import PackFinding, Subject, advice
from bot.pack.model import Snippet
from bot.text.dictionary import rarity
from bot.text.folding import fold

FILE = "snippets.md"
TOO_COMMON = 2.2  # rarity; 的 and 是 have 0.5, 電影 about 3
SHOWN = 3


def shared_words(subject: Subject) -> Iterator[PackFinding]:
    """Find keywords and aliases that more than one snippet claims: a question with one is a toss-up."""
    owners: dict[str, list[tuple[Snippet, str]]] = defaultdict(list)
    for snippet in subject.written:
        words = {fold(word): word for word in (*snippet.keywords, *snippet.aliases)}
        for folded, word in words.items():
            owners[folded].append((snippet, word))
    for claims in owners.values():
        if len(claims) > 1:
            snippet, word = claims[1]
            others = "、".join(f"「{other.title}」" for other, _ in claims if other is not snippet)
            yield advice(
                "shared-word",
                FILE,
                subject.line_of(FILE, snippet.line + 1, word),
                f"「{word}」也是{others}的關鍵詞或別名 / also a keyword of another snippet",
                "只留在最該回答的那一則，或換成更完整的說法 / keep it where it belongs, or write it out",
            )


def lost_words(subject: Subject) -> Iterator[PackFinding]:
    """Find keywords that do not get their own snippet when somebody asks what they are.

    Often that is because a shorter keyword of another snippet stands inside: 溫度 in 沒有溫度. As long as the
    longer one is answered with its own snippet, that does no harm; so it is asked,
    where there is an engine to ask.
    """
    if subject.ask is None:
        return
    owners = [(fold(word), word, snippet) for snippet in subject.written for word in snippet.keywords]
    claims = Counter(folded for folded, _, _ in owners)
    for folded, word, snippet in owners:
        if _weakness(folded) or claims[folded] > 1:  # told by other checks
            continue
        given = subject.ask(f"{word}是什麼").snippets
        if snippet in given:
            continue
        line = subject.line_of(FILE, snippet.line + 1, word)
        got = f"得到「{given[0].title}」" if given else "得不到回答"
        inside = [  # of which one may have drawn the question to itself
            f"「{short}」（{owner.title}）"
            for part, short, owner in owners
            if owner is not snippet and len(part) > 1 and part != folded and _inside(part, folded)
        ]
        if inside:
            yield advice(
                "hidden-word",
                FILE,
                line,
                f"問「{word}是什麼」{got}：裡面包著別則的{'、'.join(inside[:SHOWN])} / hidden by another",
                "把短的寫具體一點，或把長的加進「別名」 / make the short one telling, or the long an alias",
            )
        else:
            yield advice(
                "unheard-word",
                FILE,
                line,
                f"問「{word}是什麼」{got} / what is asked with it does not get its own snippet",
                "換成更完整的說法，或加進「別名」 / write it out, or make it an alias",
            )


def _inside(short: str, long: str) -> bool:
    if short.isascii():
        return bool(re.search(rf"(?<![a-z0-9]){re.escape(short)}(?![a-z0-9])", long))
    return short in long


def weak_words(subject: Subject) -> Iterator[PackFinding]:
    """Find keywords and aliases that are too short or too common to tell one snippet from another."""
    for snippet in subject.written:
        for word in (*snippet.keywords, *snippet.aliases):
            reason = _weakness(fold(word))
            if reason:
                yield advice(
                    "weak-word",
                    FILE,
                    subject.line_of(FILE, snippet.line + 1, word),
                    f"「{word}」{reason}",
                    "寫長一點，例如學生真正會打的整句問題 / write it longer, as a student would ask it",
                )


def _weakness(folded: str) -> str:
    if not folded:
        return "沒有文字 / has no letters"
    if len(folded) == 1:
        return "只有一個字，太短 / is too short"
    if len(folded) <= 3 and not folded.isascii() and rarity(folded) < TOO_COMMON:  # noqa: PLR2004  a word, not a question
        return "太常見，什麼問題裡都有 / is too common"
    return ""
