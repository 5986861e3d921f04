"""What an English reading is about: names, what is said in quotation marks, phrases that it repeats."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bot.text.lists import words as listed

_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]*")
_NAME = re.compile(
    r"[A-ZÀ-Þ][\wÀ-ÿ'’-]*(?:\s(?:(?:of|the|for|and|a|an|in|on|de|van|von)\s)?[A-ZÀ-Þ][\wÀ-ÿ'’-]*)*"
)
_QUOTED = re.compile(r"[“\"]([^“”\"\n]{4,60}?)[,.!?]?[”\"]")
_SENTENCE = re.compile(r"(?:^|[.!?:]\s+|[“\"‘(])$")
# A name does not begin with these, though a sentence does.
_DATES = re.compile(
    r"(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october"
    r"|(?:sun|mon|tues|wednes|thurs|fri|satur)day|since|during|after|before|until"
)
_EVERYDAY = re.compile(r"(?:people|person|year|month|day|time|town|city|world|life)s?|today")
SHORTEST = 4  # letters of a word that may be a term
MOST_QUOTED = 6  # words; what is longer is a sentence, not a term


def is_english(text: str) -> bool:
    """Tell whether a text is written in Latin letters rather than in Chinese characters."""
    return len(_HAN.findall(text)) * 5 < len(_LETTER.findall(text))


def names(paragraphs: Sequence[str]) -> list[str]:
    """Return names of people, places and works: capitalised words that do not merely begin a sentence."""
    stop = listed("english")
    text = "\n".join(paragraphs)
    found: dict[str, None] = {}
    for match in _NAME.finditer(text):
        words = match[0].split()
        while words and (words[0].lower() in stop or _DATES.fullmatch(words[0].lower())):
            words.pop(0)
        name = re.sub(r"['’]s$", "", " ".join(words))
        begins = bool(_SENTENCE.search(text[max(0, match.start() - 3) : match.start()]))
        alone = len(words) == 1 and (begins or name.lower() in text.replace(name, ""))
        if len(name) > 2 and not alone:  # noqa: PLR2004  initials
            found[name] = None
    longer = [name for name in found if " " in name]
    return [name for name in found if not any(name != other and name in other.split() for other in longer)]


def said(text: str) -> list[str]:
    """Return short phrases in quotation marks."""
    return [quoted for quoted in _QUOTED.findall(text) if len(quoted.split()) <= MOST_QUOTED]


def phrases(paragraphs: Sequence[str]) -> list[str]:
    """Return words and pairs of words that are repeated, the most frequent first."""
    stop = listed("english")
    pairs: Counter[str] = Counter()
    single: Counter[str] = Counter()
    for paragraph in paragraphs:
        words = [word.lower() for word in _WORD.findall(paragraph)]
        content = [
            "" if word in stop or _EVERYDAY.fullmatch(word) or len(word) < SHORTEST else word
            for word in words
        ]
        single.update(filter(None, content))
        pairs.update(f"{a} {b}" for a, b in pairwise(content) if a and b)
    told = [pair for pair, count in pairs.most_common() if count > 1]
    told += [word for word, count in single.most_common() if count > 2 and not _within(word, told)]  # noqa: PLR2004  said often
    return [written for word in told if (written := _as_written(word, paragraphs))]


def _within(word: str, told: Sequence[str]) -> bool:
    return any(word in pair.split() for pair in told)


def _as_written(phrase: str, paragraphs: Sequence[str]) -> str:
    found = re.search(rf"\b{re.escape(phrase)}\b", "\n".join(paragraphs), re.IGNORECASE)
    return found[0] if found else ""
