"""What is counted or set against another: 第二個, 後者, 另一位 after an answer that names several."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.answering.stages.numerals import NUMERAL, number_of
from bot.answering.stages.scene import Scene
from bot.text.dialects import heard

_THING = r"(?:个|位|部|种|项|点|则|篇|段|句|件)"
_COUNTED = re.compile(
    rf"第({NUMERAL}){_THING}|\bthe ({NUMERAL})(?: one)?\b|(最后一?{_THING}|后者|\blatter\b|\blast one\b)|(前者|\bformer\b)",
    re.ASCII,
)
_OTHER = re.compile(rf"另外?(?:一|那|的)?{_THING}|剩下(?:的)?(?:那|一)?{_THING}|\bother\b", re.ASCII)


def items(scene: Scene, number: int) -> list[int]:
    """Return the snippets of the things that a snippet lists: related to it, and named in its title or text.

    They come in the text's order; one alone is no list.
    """
    one = scene.snippets[number]
    text, found = heard(f"{one.title}。{one.text}"), dict[int, int]()
    for other, name in enumerate(scene.subjects):
        if other != number and name and (at := text.find(name)) >= 0:
            found.setdefault(at, other)
    listed = [found[at] for at in sorted(found) if scene.snippets[found[at]].slug in one.related]
    return listed if len(listed) > 1 else []


def counted(listed: Sequence[int], folded: str) -> int | None:
    """Return which of the things listed the question counts to, or None."""
    match = _COUNTED.search(folded)
    if match is None:
        return None
    wanted, english, last, first = match.groups()
    at = -1 if last else 0 if first else number_of(wanted or english) - 1
    return listed[at] if listed and -1 <= at < len(listed) else None


def other(scene: Scene, number: int, folded: str) -> int | None:
    """Return the counterpart of what was answered: what it is oftenest named with as a pair."""
    if not _OTHER.search(folded):
        return None
    pairs = (items(scene, n) for n in scene.beside([number]))
    found = Counter(
        (set(two) - {number}).pop()
        for two in pairs
        if len(two) == 2 and number in two  # noqa: PLR2004
    )
    return found.most_common(1)[0][0] if found else None
