"""What the reading does not give: a thing it names, asked for what its pack declares as absent."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.answering import confidence, other_topics
from bot.answering.candidates import Candidate
from bot.answering.names import Hit
from bot.answering.query import Question, Unit
from bot.answering.retrieve import Matcher
from bot.pack.model import Snippet
from bot.text import lists
from bot.text.folding import fold, is_english

_ASKING = ("谁", "哪", "几", "多少", "怎", "什么", "多长", "多久")
STRANGE = 3.0  # how much an unheard word must tell to be what is really asked
TELLING = 4.0  # how much the rest of a question must tell to be its real topic


@dataclass(frozen=True)
class Absent:
    """A snippet and the sentence to say before it."""

    number: int
    lead: str
    attribute: str


@lru_cache(maxsize=4_000)
def _folded(text: str) -> str:
    """Return a title or an attribute folded: a pack's are few, and asked for with every question."""
    return fold(text)


@lru_cache(maxsize=1)
def _families() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return for each folded attribute its family's name and all its words."""
    out: dict[str, tuple[str, tuple[str, ...]]] = {}
    for label, words in lists.groups("attributes").items():
        for word in words:
            out.setdefault(word, (label, words))
    return out


def find(
    matcher: Matcher, question: Question, hits: Sequence[Hit], found: Sequence[Candidate]
) -> Absent | None:
    """Return what to say when a named thing is asked for what the reading does not give, else None."""
    order = {candidate.number: place for place, candidate in enumerate(found)}
    for number, hit in _entities(hits, order):
        snippet = matcher.snippets[number]
        declared, asked = _best_asked(snippet, question.folded, hit)
        if number != found[0].number and found[0].number not in dict(hit.name.owners):
            best = matcher.snippets[found[0].number]
            only_that = asked and _titles(hit, snippet) and not _rest(question, hit, asked)
            if not only_that and not _best_asked(best, question.folded, hit)[1]:
                continue  # the best snippet is about something else: what is asked may well be there
        if not _titles(hit, snippet) and (
            _is_errand(matcher, question, hit, number, asked) or _is_strange(matcher, question, hit, asked)
        ):
            continue  # tickets of any concert; the tuition at the university of the one who made it
        if asked and not _tells_more(matcher, question, number, hit, asked):
            return Absent(number, _lead(snippet, hit, declared, question.folded), declared)
    return None


def _titles(hit: Hit, snippet: Snippet) -> bool:
    return hit.name.folded in _folded(snippet.title)


def _is_errand(matcher: Matcher, question: Question, hit: Hit, number: int, asked: str) -> bool:
    """Return whether an errand is asked: by the attribute of an everyday word, or beside it (to buy it)."""
    if hit.name.everyday and other_topics.is_errand(asked):
        return True
    start = question.folded.find(asked)
    told = [(hit.start, hit.end), (start, start + len(asked))]
    return other_topics.errands(matcher.index, question.folded, told, number) > 0


def _is_strange(matcher: Matcher, question: Question, hit: Hit, asked: str) -> bool:
    """Return whether the question has a word beside name and attribute of which the pack has no part."""
    rest = _rest(question, hit, asked)
    return confidence.unheard(matcher.index, rest) >= STRANGE


def _rest(question: Question, hit: Hit, asked: str) -> list[Unit]:
    """Return the words beside the name and the attribute."""
    start = question.folded.find(asked)
    spans = [(hit.start, hit.end), (start, start + len(asked))]
    return [u for u in question.units if not any(s <= u.start < e for s, e in spans) and u.text not in asked]


def _best_asked(snippet: Snippet, folded: str, hit: Hit) -> tuple[str, str]:
    """Return the declared attribute that is asked for most exactly, and the word that asks for it."""
    asked = [(declared, _asked(declared, folded, (hit.start, hit.end))) for declared in snippet.absent]
    return max(
        asked,
        key=lambda pair: (len(pair[1]), pair[0] == pair[1], _folded(pair[0]) == pair[1]),
        default=("", ""),
    )


def _entities(hits: Sequence[Hit], order: dict[int, int]) -> list[tuple[int, Hit]]:
    """Return (snippet number, hit) of the things named, the likeliest snippet first."""
    out = [
        (number, hit)
        for hit in hits
        for number, kind in hit.name.owners
        if kind != "alias" and number in order
    ]
    return sorted(out, key=lambda pair: order[pair[0]])


def _asked(declared: str, folded: str, span: tuple[int, int]) -> str:
    """Return the word by which the question asks for the declared attribute, or an empty text."""
    rest = folded[: span[0]] + " " + folded[span[1] :]
    word = _folded(declared)
    _, family = _families().get(word, ("", ()))
    return max((w for w in (word, *family) if _holds(rest, w)), key=len, default="")


def _holds(text: str, word: str) -> bool:
    return f" {word} " in f" {text} " if word.isascii() else word in text


def _tells_more(matcher: Matcher, question: Question, number: int, hit: Hit, asked: str) -> bool:
    """Return whether the snippet knows much of the question beside the name and the attribute."""
    rest = _rest(question, hit, asked)
    known = confidence.Knowledge(matcher.index, Question("", tuple(rest), {}))
    return sum(unit.mass * known.knows(at, number) for at, unit in enumerate(rest)) >= TELLING


def _lead(snippet: Snippet, hit: Hit, declared: str, folded: str) -> str:
    label, _ = _families().get(_folded(declared), ("", ()))
    nominal = not any(sign in _folded(declared) for sign in _ASKING)
    attribute = declared if nominal or not label else label
    name = _name(snippet, hit)
    if is_english(folded):
        return f"The reading does not say that about {name}."
    return f"文章沒有提到{name}的{attribute}。"


def _name(snippet: Snippet, hit: Hit) -> str:
    """Return the thing's name as the pack writes it, in 《》 when its title does so."""
    name = hit.name.shown.strip("《》「」")
    if hit.likeness < 1.0 or name.isascii() or hit.name.everyday:
        name = snippet.keywords[0] if snippet.keywords else name
    return f"《{name}》" if f"《{name}》" in snippet.title else f"「{name}」"
