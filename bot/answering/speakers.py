"""Questions about who said what was answered, and where (誰說的？ 出自哪一段？ 說這話的人是哪間大學的？)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.answering.retrieve import Matcher
from bot.answering.turns import Turn, names, related
from bot.text import lists
from bot.text.folding import fold

GROUP = 2  # people whom a snippet names as related, from which it is about all of them
SOURCE_LONGEST = 20  # folded characters; a longer question asks for more than the source

_THIRD = re.compile(r"(?<!其)他(?!们)|\b(?:he|she)\b")


def either(*groups: str) -> str:
    """Return a pattern for any Han word of these groups of the list, the longest first."""
    words = [w for group in groups for w in lists.groups("follow")[group] if not w.isascii()]
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


def spoken(*groups: str) -> str:
    """Return a pattern for any Latin word of these groups, as a whole word."""
    words = [w for group in groups for w in lists.groups("follow")[group] if w.isascii()]
    return r"\b(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")\b"


@lru_cache(maxsize=1)
def _the_one_who_said() -> re.Pattern[str]:
    """Return the pattern of 說這話的人, 提出這個概念的那位教授, the one who said that."""
    this = f"{either('this')}?{either('count')}?"
    who = f"(?:{either('this')}?{either('count')}?{either('someone')}|那位|这位|那个人)"
    said = f"{either('say')}(?:出|过|了)?{this}{either('said')}?的?{who}"
    return re.compile(f"{said}|{spoken('saidby')}(?: it| that| this| so)?")


@lru_cache(maxsize=1)
def _someone() -> re.Pattern[str]:
    """Return the pattern of a pronoun for a person, or 那位教授."""
    pointed = f"{either('this')}{either('count')}?{either('someone')}|这位|那位"
    return re.compile(f"{pointed}|他们?|{spoken('person')}")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    source = re.compile(f"{either('source')}|{spoken('source')}")
    dress = re.compile(f"{either('sourced')}|{spoken('sourced')}")
    identity = re.compile(f"{either('identity')}|{spoken('identity')}")
    return source, dress, identity


def asks_for_source(folded: str) -> bool:
    """Return whether the question asks where it says so or who says it, and nothing else."""
    source, dress, _ = _patterns()
    if len(folded) > SOURCE_LONGEST + 10 * folded.isascii() or not source.search(folded):
        return False
    rest = dress.sub(" ", source.sub(" ", folded))
    return not re.sub(r"[\s呢吗啊呀吧喔]", "", rest)


def is_person(matcher: Matcher, number: int) -> bool:
    """Return whether the pack declares it so: somebody who says something, or whose age is not told."""
    snippet = matcher.snippets[number]
    if not snippet.keywords:
        return False
    name = matcher.book.names.get(fold(snippet.keywords[0]))
    if name and matcher.spoken_by(name) and dict(name.owners).get(number, "alias") != "alias":
        return True
    others = [o for o in related(matcher, number) if _has_an_age(matcher, o)]
    return _has_an_age(matcher, number) and len(others) < GROUP


def _has_an_age(matcher: Matcher, number: int) -> bool:
    personal = lists.groups("follow")["personal"]
    return any(fold(attribute) in personal for attribute in matcher.snippets[number].absent)


def speaker(matcher: Matcher, number: int) -> int | None:
    """Return the snippet about the one whose view that snippet is, or None."""
    folded = fold(matcher.snippets[number].speaker)
    name = matcher.book.names.get(folded) if folded else None
    if name is None:
        return None
    owners = [n for n, kind in name.owners if kind != "alias"]
    first = [
        n
        for n in owners
        if fold(matcher.snippets[n].keywords[0] if matcher.snippets[n].keywords else "") == folded
    ]
    return next(iter([*first, *owners]), None)


def person(matcher: Matcher, turn: Turn) -> int | None:
    """Return whom the earlier turn was about: who was named, who was answered, or who says the answer."""
    owners = [n for hit in names(turn.hits) for n, kind in hit.name.owners if kind != "alias"]
    first = turn.numbers[0]
    known = next((n for n in (*owners, first) if is_person(matcher, n)), None)
    return known if known is not None else speaker(matcher, first)


def name_of(matcher: Matcher, number: int) -> str:
    """Return the folded name by which a snippet is asked for."""
    snippet = matcher.snippets[number]
    return fold(snippet.keywords[0] if snippet.keywords else snippet.title)


@dataclass(frozen=True)
class Said:
    """Who is meant by the one who said so, the question with the name in place of that, and what is asked."""

    number: int
    restated: str
    of_the_person: bool  # what is asked is asked of people only


def restated(matcher: Matcher, folded: str, turn: Turn) -> Said | None:
    """Return who is meant by the one who said so, or None.

    A mere pronoun means the speaker when the turn was about nobody, and what is asked is asked of people.
    """
    said_by, who = speaker(matcher, turn.numbers[0]), None
    of_the_person = bool(_patterns()[2].search(folded))
    if match := _the_one_who_said().search(folded):
        who = said_by if said_by is not None else person(matcher, turn)
    elif of_the_person and (match := _someone().search(folded)):
        who = person(matcher, turn)
        who = who if who == said_by else None
    if match is None or who is None:
        return None
    return Said(who, _instead(matcher, folded, match, who), of_the_person)


def _instead(matcher: Matcher, folded: str, match: re.Match[str], who: int) -> str:
    return f"{folded[: match.start()]} {name_of(matcher, who)} {folded[match.end() :]}"


def of_a_person(matcher: Matcher, folded: str, first: int, turn: Turn) -> str:
    """Return the question with a person's name for 他, which stands before its first name."""
    match = _THIRD.search(folded, 0, first)
    who = person(matcher, turn) if match else None
    return _instead(matcher, folded, match, who) if match and who is not None else ""
