"""A claim to be checked: what the reading says about its subject, and how that stands to what was claimed."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.answering.ranking import Unit
from bot.answering.stages.numerals import quantities
from bot.answering.stages.query import Query, Want, said
from bot.answering.stages.question_signs import has_question_word
from bot.answering.stages.scene import Scene, sure_names
from bot.pack.model import Answer, Said, Snippet
from bot.text import lists
from bot.text.dialects import clauses, heard
from bot.text.folding import fold, to_simplified, to_traditional
from bot.text.word_kinds import is_thing

_OPEN = re.compile(r"还是|有没有说|呢$|\bor\b", re.ASCII)  # asks which of two, or what of it: claims nothing
_TAG = re.compile(
    r"(?:文章|文中)?(?:是|有)?(?:这么|这样)?(?:写|说|讲)?(?:的)?(?:对吧|对吗|对嘛|对不对|是吧|是吗|没错吧|有吧|真的假的|真的吗|对喔|吧|吗|嘛)(?:喔|哦|啊)?$"
    r"|\b(?:right|correct|true|isnt (?:it|he|she)|is (?:that|it) (?:right|true|correct)|doesnt (?:it|he|she)|didnt (?:it|he|she))$",
    re.ASCII,
)
_INSIDE = re.compile(
    r"是不是|是否|有没有|会不会|能不能|^真的|^(?:is it true that|so )|^(?:is|are|was|were|does|do|did|has|have|can|will) (?!there\b|you\b|we\b|i\b|this about)",
    re.ASCII,
)
_NOT = re.compile(
    r"不(?!同|过|仅|只|但)|没|未|无法|非|\b(?:not|never|no|isnt|doesnt|wasnt|cannot)\b", re.ASCII
)
_STOPS = re.compile("[。；;！？!?\n]")
_WEEK = re.compile("个?(?:礼拜|星期)(?=[^一二三四五六日天]|$)")
MOST_ALIKE = 3  # numbers of the same unit, of which one is the right one


def claim(query: Query, scene: Scene) -> Query | Answer:
    """Note that something is claimed, and look for it without the tag (…對吧)."""
    folded = heard(query.text)
    if has_question_word(folded) or _OPEN.search(folded):
        return query
    asked = query.asked
    tagged = [part for part in clauses(query.text) if _TAG.search(part)]
    if tagged:
        asked = _TAG.sub("", asked).strip() or asked
    elif not _INSIDE.search(folded) and (
        folded.isascii() or query.before or not query.text.rstrip().endswith(("?", "？"))
    ):
        return query
    return replace(query, asked=asked, want=Want.CONFIRMED).noting("claim")


def position(query: Query, scene: Scene, snippet: Snippet) -> Said:
    """Return what to say of a claim before the snippet: confirmed, corrected, not in the reading, or neither."""
    number = scene.retriever.numbers[snippet.slug]
    told = scene.texts[number]
    return (
        _number(query, snippet)
        or _opposite(query, told)
        or _foreign(query, scene, number)
        or _apart(query, scene, told)
        or _confirmed(query, scene, snippet)
        or said("lead.it_says")
    )


def _quantities(text: str) -> list[tuple[float, str, str]]:
    """Return the numbers of a text, in simplified characters and half width, with all its signs."""
    return list(quantities(_WEEK.sub("周", to_simplified(unicodedata.normalize("NFKC", text)))))


def _number(query: Query, snippet: Snippet) -> Said | None:
    """Return the right number of the same unit, when another was claimed."""
    told = _quantities(snippet.text)
    for value, unit, written in _quantities(query.text):
        alike = [(v, w) for v, u, w in told if u == unit and unit]
        if value != 1 and alike and len(alike) <= MOST_ALIKE and value not in [v for v, _ in alike]:
            right = "、".join(dict.fromkeys(w for _, w in alike))
            return said("lead.number", claimed=to_traditional(written), told=to_traditional(right))
    return None


@lru_cache(maxsize=1)
def _opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    pairs = (line.partition("|") for line in lists.lines("opposites"))
    return tuple((frozenset(map(fold, a.split())), frozenset(map(fold, b.split()))) for a, _, b in pairs)


def _opposite(query: Query, told: str) -> Said | None:
    """Return what the reading says when the claim has it the other way round."""
    if _NOT.search(query.asked):
        return None
    for pair in _opposites():
        for one, other in (pair, pair[::-1]):
            claimed = next((word for word in one if word in query.asked), "")
            if claimed and not any(word in told for word in one):
                found = next((word for word in other if word in told), "")
                if found:
                    return said("lead.other_way", claimed=_as_typed(query.text, claimed), told=found)
    return None


def _foreign(query: Query, scene: Scene, number: int) -> Said | None:
    """Return that the reading does not mention a thing that was claimed of what it does mention."""
    units = query.ranking.units
    spans = [hit for hit in query.ranking.names]
    strange = [
        at
        for at, unit in enumerate(units)
        if not unit.known and not any(hit.has(unit.start) for hit in spans) and _is_thing(unit, query.text)
    ]
    if not strange:
        return None
    words = _phrase(units, strange[0], query.asked, scene.texts[number])
    if words in scene.texts[number] or any(words in text for text in scene.texts):
        return None
    return said("lead.foreign", claimed=_as_typed(query.text, words))


def _is_thing(unit: Unit, text: str) -> bool:
    if unit.text.isascii():
        return (
            re.search(r"\b[A-Z]\w*", text) is not None
            and bool(re.search(rf"\b{unit.text[0].upper()}{re.escape(unit.text[1:])}", text, re.IGNORECASE))
            and any(word.lower() == unit.text for word in re.findall(r"\b[A-Z][A-Za-z]*", text))
        )
    return is_thing(unit.text)


def _phrase(units: Sequence[Unit], at: int, asked: str, told: str) -> str:
    """Return the word with those right beside it that the snippet does not have either."""
    first = last = at
    while (
        last + 1 < len(units)
        and units[last + 1].start == units[last].end
        and units[last + 1].text not in told
    ):
        last += 1
    while first and units[first].start == units[first - 1].end and units[first - 1].text not in told:
        first -= 1
    return asked[units[first].start : units[last].end]


def _apart(query: Query, scene: Scene, told: str) -> Said | None:
    """Return that the reading does not bring two names together, when no snippet has both."""
    names = [hit for hit in sure_names(query.ranking)]
    missing = [hit for hit in names if hit.name not in told]
    having = [hit for hit in names if hit.name in told]
    for lost in missing:
        for kept in having:
            if lost.owners != kept.owners and not any(lost.name in t and kept.name in t for t in scene.texts):
                return said(
                    "lead.apart", one=lost.shown.strip("《》「」"), other=kept.shown.strip("《》「」")
                )
    return None


def _confirmed(query: Query, scene: Scene, snippet: Snippet) -> Said | None:
    """Return a yes when one sentence of the snippet, with its title, has every word of the claim."""
    if _NOT.search(query.asked):
        return None
    wanted = [unit.text for unit in query.ranking.units]
    title = heard(f"{snippet.title} {'、'.join(snippet.keywords)} {snippet.label}")
    for sentence in _STOPS.split(f"{snippet.text}。{snippet.sentence}"):
        folded = heard(sentence)
        here = [word for word in wanted if word in folded]
        if here and all(word in folded or word in title for word in wanted) and not _NOT.search(folded):
            return said("lead.yes")
    return None


def _as_typed(text: str, words: str) -> str:
    """Return the part of a text, as it was typed, that is folded to these words."""
    folded, places = "", []
    for at, char in enumerate(text):
        for piece in fold(char):
            folded += piece
            places.append(at)
    start = folded.find(words.replace(" ", ""))
    return text[places[start] : places[start + len(words.replace(" ", "")) - 1] + 1] if start >= 0 else words
