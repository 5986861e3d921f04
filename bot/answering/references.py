"""Questions that count what was answered, or mean its counterpart (第二個呢？ 另一位呢？ 兩者差在哪？)."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from bot.answering.question_kinds import asked
from bot.answering.retrieve import Matcher
from bot.answering.speakers import either, is_person, name_of, person, spoken
from bot.answering.turns import Turn, related
from bot.pack.model import Snippet
from bot.text.folding import fold

LONGEST = 16  # folded characters; a longer question says what it is about
ALIKE = 0.6  # likeness of two titles of which one is the other side of the other
PAIR = 2
COMPARES = 0.9  # from which a snippet is a comparison (of 1)

_OF = r"(?:个|部(?!分)|位|种|点|项|条|集|则)"
_ORDINAL = re.compile(
    rf"第(?P<han>[一二三四五六七八九1-9])(?:者|一?{_OF}|$)|(?P<end>最后)一?{_OF}"
    r"|\b(?:the )?(?P<latin>first|second|third|fourth|fifth|last)(?: one| expert| film|$)"
)
_NUMBERS = {
    word: n
    for n, row in enumerate(
        (
            ("一", "1", "first"),
            ("二", "2", "second"),
            ("三", "3", "third"),
            ("四", "4", "fourth"),
            ("五", "5", "fifth"),
            ("六", "6"),
            ("七", "7"),
            ("八", "8"),
            ("九", "9"),
        )
    )
    for word in row
}


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of the other one, of the other way round, and of both."""
    other = f"(?:{either('other')}(?P<of>{either('count', 'people')})?(?P<who>{either('someone', 'thing')})?"
    return (
        re.compile(f"{other}|{spoken('others')})"),
        re.compile(f"{either('turned')}|{spoken('turned')}"),
        re.compile(f"{either('both')}|{spoken('both')}"),
    )


def counted(matcher: Matcher, folded: str, turn: Turn) -> tuple[int, str] | None:
    """Return the snippet that 第二個 or the second one means and what is asked beside that, or None."""
    if len(folded) > LONGEST:
        return None
    listed = _told(matcher, turn)
    if match := re.search(f"{either('latter', 'former')}|{spoken('latter', 'former')}", folded):
        place = 1 if re.search(f"{either('latter')}|{spoken('latter')}", folded) else 0
        listed = listed if len(listed) == PAIR else []
    elif match := _ORDINAL.search(folded):
        word = match["han"] or match["end"] or match["latin"]
        place = -1 if word in {"last", "最后"} else _NUMBERS[word]
    else:
        return None
    rest = folded[: match.start()] + folded[match.end() :]
    return (listed[place], rest) if listed and place < len(listed) else None


def _told(matcher: Matcher, turn: Turn) -> list[int]:
    """Return what the earlier answer told one after the other."""
    if len(turn.numbers) > 1:
        return list(turn.numbers)
    snippet = matcher.snippets[turn.numbers[0]]
    return _listed(matcher, snippet) or _same_kind(matcher, related(matcher, turn.numbers[0]))


def _listed(matcher: Matcher, snippet: Snippet) -> list[int]:
    """Return the snippets that the items of a snippet's list go by."""
    items = [line for line in snippet.text.split("\n") if line.startswith("• ")]
    hits = [matcher.book.hits(fold(item)) for item in items]
    return [found[0].name.owners[0][0] for found in hits if found]


def _same_kind(matcher: Matcher, numbers: list[int]) -> list[int]:
    """Return those of the numbers that are of the first one's kind; all when no other is."""
    alike = [n for n in numbers if n == numbers[0] or _are_alike(matcher, numbers[0], n)]
    return alike if len(alike) > 1 else numbers


def _are_alike(matcher: Matcher, one: int, other: int) -> bool:
    """Return whether two snippets are titled alike around their names, or are both about people."""
    shape = _shape(matcher.snippets[one])
    if shape and shape == _shape(matcher.snippets[other]):
        return is_person(matcher, one) == is_person(matcher, other)
    return is_person(matcher, one) and is_person(matcher, other)


def _shape(snippet: Snippet) -> str:
    """Return a title without the name it is about."""
    return snippet.title.replace(snippet.keywords[0], "") if snippet.keywords else snippet.title


def counterpart(matcher: Matcher, number: int) -> int | None:
    """Return what stands beside a snippet: the other of a pair, the other expert, the other side, or None."""
    near = related(matcher, number)
    pairs = [n for n in (*near, *_naming(matcher, number)) if number in related(matcher, n)]
    beside = [n for n in (*near, *(o for pair in pairs for o in related(matcher, pair))) if n != number]
    alike = next((n for n in beside if _are_alike(matcher, number, n)), None)
    if alike is not None:
        return alike
    turned = next((n for n in near if _is_other_side(matcher, number, n)), None)
    return turned if turned is not None else _of_pair(matcher, number, pairs)


def _naming(matcher: Matcher, number: int) -> Iterable[int]:
    """Return the snippets that name this one as related."""
    slug = matcher.snippets[number].slug
    return (n for n, snippet in enumerate(matcher.snippets) if slug in snippet.related)


def _is_other_side(matcher: Matcher, one: int, other: int) -> bool:
    titles = matcher.snippets[one].title, matcher.snippets[other].title
    return SequenceMatcher(None, *titles, autojunk=False).ratio() >= ALIKE


def _of_pair(matcher: Matcher, number: int, pairs: Iterable[int]) -> int | None:
    """Return the other of the first two that a comparison names, when this is one of them."""
    for pair in (n for n in pairs if matcher.told[n].get("compare", 0.0) >= COMPARES):
        first = related(matcher, pair)[:PAIR]
        if number in first and len(first) == PAIR:
            return first[1 - first.index(number)]
    return None


def other(matcher: Matcher, folded: str, turn: Turn) -> tuple[int, str] | None:
    """Return the snippet that the other one means and what is asked beside that, or None."""
    another, turned, _ = _patterns()
    if len(folded) > LONGEST + LONGEST * folded.isascii():
        return None
    if match := turned.search(folded):
        found = counterpart(matcher, turn.numbers[0])
    elif (match := another.search(folded)) and _points(match):
        found = _other_one(matcher, turn, of_people=bool(_is_someone(match)))
    else:
        return None
    rest = folded[: match.start()] + folded[match.end() :]
    return None if found is None else (found, rest)


def _points(match: re.Match[str]) -> bool:
    return bool(match["of"] or match["who"] or match[0].isascii())


def _is_someone(match: re.Match[str]) -> re.Match[str] | None:
    meant = (match["of"] or "") + (match["who"] or "")
    return re.fullmatch(f"{either('people')}|{either('count', 'people')}?{either('someone')}", meant)


def _other_one(matcher: Matcher, turn: Turn, *, of_people: bool) -> int | None:
    if len(turn.numbers) > 1:
        return turn.numbers[1]
    base = person(matcher, turn) if of_people or is_person(matcher, turn.numbers[0]) else None
    return counterpart(matcher, turn.numbers[0] if base is None else base)


def swapped(matcher: Matcher, turn: Turn, number: int) -> str:
    """Return the earlier question asked of this one, if it asked something of one of its kind."""
    folded = turn.question.folded
    for one in range(len(matcher.snippets)):
        name = name_of(matcher, one)
        if name in folded and one not in (number, turn.numbers[0]) and _are_alike(matcher, one, number):
            return folded.replace(name, name_of(matcher, number), 1)
    return ""


def both(matcher: Matcher, folded: str, turn: Turn) -> str:
    """Return the question with the names of both for 兩者, when the earlier answer is one of a pair."""
    match = _patterns()[2].search(folded)
    if not match or "compare" not in asked(folded):
        return ""
    first, second = turn.numbers[0], turn.numbers[1:2] or (counterpart(matcher, turn.numbers[0]),)
    if second[0] is None or not _are_alike(matcher, first, second[0]):
        return ""
    named = f"{name_of(matcher, first)}和{name_of(matcher, second[0])}"
    return folded[: match.start()] + named + folded[match.end() :]
