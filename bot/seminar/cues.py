"""What a remark does, told by the words in it: cue lists (cues.toml), which are data and meant to be edited.

Bazaar's and the APT agents' triggers are surface cues too (Adamson, Dyke, Jang & Rosé 2014; Tegos,
Demetriadis & Karakostas 2015, "Promoting academically productive talk with conversational agent
interventions in collaborative learning settings"). A question asked by mistake costs more than one left
out, so the list of reasons is wide and the list of claims narrow.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.text.folding import fold

APART = frozenset({"empty", "tender", "opens_reason"})  # lists of words that are no words of arguing
LISTS = Path(__file__).with_name("cues.toml")
_QUESTION_END = re.compile(r"(?:[?？]|[嗎吗呢])[\s。.!！~～…」』\"')）]*$")
_QUOTED = re.compile(
    r"[「『“\"《〈][^」』”\"》〉]{2,}[」』”\"》〉]|\d+\s*[%％]|第\s*[\d一二三四五六七八九十]+\s*段"
)
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class ReadCues:
    """What a remark does, as far as its words show."""

    letters: int  # without punctuation; an English word counts as two
    claim: bool = False
    sure_claim: bool = False  # by its words alone, whatever it is about
    reason: bool = False
    question: bool = False
    agrees: bool = False
    challenges: bool = False
    asks_more: bool = False
    asks_others: bool = False
    wraps_up: bool = False
    slight: bool = False
    tender: bool = False  # grief, illness, harm: nothing that a program should ask back about

    @property
    def takes_up(self) -> bool:
        """Whether it answers what somebody else said."""
        return self.agrees or self.challenges or self.asks_more


def read_words(text: str) -> ReadCues:
    """Return what the text does."""
    folded = fold(_LINK.sub(" ", text))
    found = {name for name, pattern in _patterns().items() if pattern.search(folded)}
    letters = _letters(folded)
    return ReadCues(
        letters=letters,
        claim="claim" in found,
        sure_claim=bool(_strong().search(folded)),
        reason="reason" in found or bool(_QUOTED.search(text)),
        question=bool(_QUESTION_END.search(text.strip())),
        agrees="agree" in found,
        challenges="challenge" in found,
        asks_more="asks_more" in found,
        asks_others="asks_others" in found,
        wraps_up="wraps_up" in found,
        slight="slight" in found,
        tender="tender" in found,
    )


def gives_reason(text: str) -> bool:
    """Return whether something is left of a reason once its connective and the punctuation are taken away."""
    return _bare().fullmatch(fold(text)) is None


@cache
def lists() -> dict[str, tuple[str, ...]]:
    """Return the cue lists by name, as they are written."""
    return {name: tuple(cues) for name, cues in tomllib.loads(LISTS.read_text("utf-8")).items()}


@cache
def empty_words() -> frozenset[str]:
    """Return the folded words that two remarks may share without being about the same thing."""
    return frozenset(fold(cue) for cues in lists().values() for cue in cues)


@cache
def cue_words() -> frozenset[str]:
    """Return the folded cues: words of arguing, which are not about any subject."""
    return frozenset(fold(cue) for name, cues in lists().items() if name not in APART for cue in cues)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: _pattern(cues) for name, cues in lists().items()}


def opens_reason(text: str) -> bool:
    """Return whether the text begins with a word that opens a reason, such as 因為."""
    return _patterns()["opens_reason"].match(fold(text)) is not None


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:(?:{_pattern(lists()['opens_reason']).pattern})\s*)*")


@cache
def _strong() -> re.Pattern[str]:
    weak = set(lists()["weak_claim"])
    return _pattern(cue for cue in lists()["claim"] if cue not in weak)


def _pattern(cues: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for all: English cues as whole words, which need no gap towards a Han character."""
    folded = sorted({fold(cue) for cue in cues} - {""}, key=len, reverse=True)
    parts = [
        rf"(?<![a-z0-9]){re.escape(cue)}(?![a-z0-9])" if cue.isascii() else re.escape(cue) for cue in folded
    ]
    return re.compile("|".join(parts))


def _letters(folded: str) -> int:
    english = len(re.findall(r"[a-z]{2,}", folded))
    return sum(not char.isascii() for char in folded) + 2 * english
