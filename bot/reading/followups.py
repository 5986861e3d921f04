"""Questions that lean on the one before (那車老師怎麼看？ 第二個呢？ 也是好萊塢的嗎？)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.reading import evidence, intents, lists
from bot.reading.aliases import Hit
from bot.reading.folding import fold
from bot.reading.matching import Matcher
from bot.reading.pack import Snippet
from bot.reading.question import Question

MOST_TURNS = 3  # how far back an earlier question is understood
PREVIOUS, RELATED, BESIDE = (
    18.0,
    10.0,
    4.5,
)  # what the last answer, its neighbours, its paragraphs' others gain
MOST_BESIDE = 2  # paragraphs of a snippet; one that rests on more is an overview, and beside everything
CARRIED = 0.5  # how much a term of the earlier question weighs in this one
SHORT = 3  # content words; a longer question stands on its own
ALONE = 2.5  # how much surer than others a short question must be to stand on its own
ELSEWHERE = 0.5  # share of a question in words unheard of, from which it is about something else …
MUCH = 8.0  # … and how much they must tell besides, when a pronoun says that it is not
AGAIN_LONGEST = 8  # characters of a question that asks for more of the same

_ORDINAL = re.compile(
    r"(?:第|the )?(?P<n>[一二三四五六七八九1-9]|first|second|third|fourth|fifth|last|最后|另)(?:一)?"
    r"(?:个|部|位|种|点|项|条|者|集|则| one|$)"
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


@dataclass(frozen=True)
class Turn:
    """An earlier question as it was understood: what it named and what answered it."""

    question: Question
    hits: tuple[Hit, ...]
    numbers: tuple[int, ...]  # of the snippets that answered


@dataclass(frozen=True)
class Leaning:
    """How a question leans on an earlier one.

    `only` holds the snippets it must be about, when it must; when `open`, it may be about others after all.
    """

    kind: str = ""
    question: Question | None = None
    context: Mapping[int, float] = field(default_factory=dict)
    only: frozenset[int] = frozenset()
    answer: int | None = None  # the snippet that is meant, when it is certain
    open: bool = False
    why: str = ""


@lru_cache(maxsize=1)
def _openings() -> re.Pattern[str]:
    words = sorted(lists.groups("follow")["opening"], key=len, reverse=True)
    return re.compile(
        "^(?:" + "|".join(w + (" " if w.isascii() else "") for w in map(re.escape, words)) + ")"
    )


def _says(group: str, folded: str) -> bool:
    folded = folded.replace("其他", "另外")  # which is no pronoun
    return any(
        f" {word} " in f" {folded} " if word.isascii() else word in folded
        for word in lists.groups("follow")[group]
    )


def lean(matcher: Matcher, question: Question, hits: Sequence[Hit], turn: Turn) -> Leaning:
    """Return how the question leans on the earlier turn; an empty leaning when it stands on its own."""
    context = _context(matcher, turn)
    if not turn.numbers:
        return Leaning()
    sure = [hit for hit in hits if hit.likeness > 0.8]  # noqa: PLR2004
    names = [hit for hit in sure if not hit.name.everyday]
    if not names and (picked := _ordinal(matcher, question.folded, turn)) is not None:
        return Leaning("ordinal", context=context, answer=picked, why="數到上一個回答裡的第幾項")
    same = question.folded.startswith(tuple(lists.groups("follow")["same"]))
    if sure and not same and _is_swap(question, sure):
        return Leaning("swap", _carried(question, turn, without_names=True), why="換了名字，問的還是同一件事")
    if same:
        only = frozenset(turn.numbers)
        return Leaning("pronoun", _carried(question, turn), context, only, why="也是：接著上一題")
    return Leaning() if names else _without_names(matcher, question, turn, context)


def _without_names(matcher: Matcher, question: Question, turn: Turn, context: Mapping[int, float]) -> Leaning:
    """Return how a question leans that names nothing of its own."""
    folded = question.folded
    carried, only = _carried(question, turn), frozenset(context)
    strange, share = _strange(matcher, question)
    if _asks_again(folded):
        return Leaning("pronoun", carried, context, only, why="要多說一點：接著上一題")
    if _says("person", folded) and not (share >= ELSEWHERE and strange >= MUCH):
        return Leaning("pronoun", carried, context, only, why="代詞：接著上一題")
    short = len(question.units) <= SHORT or bool(_openings().match(folded))
    if share >= ELSEWHERE:
        return Leaning("near", question, _halved(context), why="可能接著上一題") if short else Leaning()
    if _says("pronoun", folded) or not question.units or _has_no_subject(folded):
        return Leaning("pronoun", carried, context, only, open=True, why="代詞或省略：接著上一題")
    if short:
        return Leaning("elliptic", carried, context, only, open=True, why="簡短而沒有名稱：接著上一題")
    return Leaning()


def _halved(context: Mapping[int, float]) -> dict[int, float]:
    return {number: bonus / 2 for number, bonus in context.items()}


def _strange(matcher: Matcher, question: Question) -> tuple[float, float]:
    """Return how much the words tell of which the pack has no part, and their share; cue words are none."""
    strange = evidence.unheard(matcher.index, [u for u in question.units if not intents.asked(u.text)])
    return strange, strange / question.mass if question.mass else 0.0


def _context(matcher: Matcher, turn: Turn) -> dict[int, float]:
    """Return what the last answers, their neighbours and what stands in the same paragraphs gain."""
    beside = dict.fromkeys(_beside(matcher, turn.numbers), BESIDE)
    neighbours = dict.fromkeys(_neighbours(matcher, turn.numbers), RELATED)
    return {**beside, **neighbours, **dict.fromkeys(turn.numbers, PREVIOUS)}


def _beside(matcher: Matcher, numbers: Iterable[int]) -> list[int]:
    """Return the snippets that rest on the same paragraphs, overviews left out."""
    told = {p for n in numbers for p in matcher.snippets[n].paragraphs[:MOST_BESIDE]}
    return [
        n
        for n, snippet in enumerate(matcher.snippets)
        if len(snippet.paragraphs) <= MOST_BESIDE and not told.isdisjoint(snippet.paragraphs)
    ]


def _is_swap(question: Question, names: Sequence[Hit]) -> bool:
    """Return whether the question is hardly more than a name: 那X呢, X怎麼看."""
    spans = [(hit.start, hit.end) for hit in names]
    rest = [unit for unit in question.units if not any(s <= unit.start < e for s, e in spans)]
    leans = question.folded.endswith("呢") or bool(_openings().match(question.folded))
    return leans and sum(unit.mass for unit in rest) < 3.0  # noqa: PLR2004


def _has_no_subject(folded: str) -> bool:
    return folded.startswith(tuple(lists.groups("follow")["subjectless"]))


def _asks_again(folded: str) -> bool:
    """Return whether the question asks for no more than more: 舉個例子, 再多說一點, for example."""
    if folded.isascii():
        return folded in lists.groups("follow")["again"]
    bare = folded.rstrip("呢吗啊呀吧 ")
    again = lists.groups("follow")["again"]
    return len(bare) <= AGAIN_LONGEST and any(word in bare for word in again if not word.isascii())


def _carried(question: Question, turn: Turn, *, without_names: bool = False) -> Question:
    """Return the question with the earlier one's terms added, weighing less."""
    earlier = turn.question
    dropped: set[str] = set()
    if without_names:
        for hit in turn.hits:
            text = earlier.folded[hit.start : hit.end]
            dropped |= {term for term in earlier.terms if len(term) > 2 and term[2:] in text}  # noqa: PLR2004
    terms = {t: w * CARRIED for t, w in earlier.terms.items() if t not in dropped}
    return replace(question, terms={**terms, **question.terms})


def _ordinal(matcher: Matcher, folded: str, turn: Turn) -> int | None:
    """Return the snippet that 第二個 or the second one means, or None."""
    match = _ORDINAL.search(folded)
    if not match or len(folded) > 16:  # noqa: PLR2004  a longer question says what it is about
        return None
    word = match["n"]
    if len(turn.numbers) > 1:
        listed = list(turn.numbers)
    else:
        snippet = matcher.snippets[turn.numbers[0]]
        listed = _listed(matcher, snippet) or [
            matcher.numbers[slug] for slug in snippet.related if slug in matcher.numbers
        ]
    if word == "另":
        return _another(matcher, turn.numbers[0])
    place = -1 if word in {"last", "最后"} else _NUMBERS[word]
    return listed[place] if listed and place < len(listed) else None


def _listed(matcher: Matcher, snippet: Snippet) -> list[int]:
    """Return the snippets that the items of a snippet's list go by."""
    items = [line for line in snippet.text.split("\n") if line.startswith("• ")]
    hits = [matcher.book.hits(fold(item)) for item in items]
    return [found[0].name.owners[0][0] for found in hits if found]


def _another(matcher: Matcher, last: int) -> int | None:
    """Return the first neighbour that is titled like the last one: beside 劉姝銘是誰, 車傳鋒是誰."""
    shape = _shape(matcher.snippets[last])
    near = [n for n in _neighbours(matcher, [last]) if n != last]
    shape = _shape(matcher.snippets[last])
    alike = (n for n in (*near, *_neighbours(matcher, near)) if n != last)
    return next((n for n in alike if _shape(matcher.snippets[n]) == shape), near[0] if near else None)


def _neighbours(matcher: Matcher, numbers: Iterable[int]) -> list[int]:
    """Return the snippets that these name as related, and those that mention them, in that order."""
    related = [slug for number in numbers for slug in matcher.snippets[number].related]
    mentioning = [other for number in numbers for other in matcher.mentioning(number)]
    known = [matcher.numbers[slug] for slug in related if slug in matcher.numbers]
    return list(dict.fromkeys([*known, *mentioning]))


def _shape(snippet: Snippet) -> str:
    """Return a title without the name it is about."""
    return snippet.title.replace(snippet.keywords[0], "") if snippet.keywords else snippet.title
