"""Terms of a reading: Chinese and English key terms, names, quotations, figures; repeated phrases."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.text.dictionary import rarity
from bot.text.lists import words as listed
from bot.text.parts_of_speech import aligned, ranked, tagged

_KEYWORDS = re.compile(r"^[【\[]?(?:關鍵詞|關鍵字|关键词|关键字)[】\]]?[:：]?\s*(.+)$", re.MULTILINE)
_GLOSSED = re.compile(
    r"([\u3400-\u9fff]{2,14})\s*[(（]([A-Za-z][A-Za-z'’ -]{2,60}?)(?:\s*[,，]\s*[A-Z]{2,8})?[)）]"
)
_CONTENT = re.compile(r"^(?:n|v|a|b|j|l|i|k|g|x|z|t|s)")
_NOUNS = re.compile(r"^(?:n|vn|an|l|i|j|k|g)")
_JOINTS = frozenset("的地得了著着和與与及或在是為为以把被讓让使將将從从對对由於于向到等")
LONGEST_TERM, MOST_WORDS = 10, 4
TELLING = 7.0  # how often a phrase is said, times how rare it is
_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]*")
_ENGLISH_NAME = re.compile(
    r"[A-ZÀ-Þ][\wÀ-ÿ'’-]*(?:\s(?:(?:of|the|for|and|a|an|in|on|de|van|von)\s)?[A-ZÀ-Þ][\wÀ-ÿ'’-]*)*"
)
_QUOTED = re.compile(
    r"[“\"]([^“”\"\n]{4,60}?)[,.!?]?[”\"]|(?<!\w)[‘']([A-Za-z][^‘’'\n]{3,40}?)[,.!?]?[’'](?!\w)"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[“\"‘(])$")
# A name does not begin with these, though a sentence does.
_DATES = re.compile(
    r"(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october"
    r"|(?:sun|mon|tues|wednes|thurs|fri|satur)day|since|during|after|before|until"
)
_EVERYDAY = re.compile(r"(?:people|person|year|month|day|time|town|city|world|life)s?|today")
SHORTEST = 4  # letters of a word that may be a term
MOST_QUOTED = 6  # words; what is longer is a sentence, not a term


def chinese_terms(paragraphs: Sequence[str]) -> list[str]:
    """Return the terms of a reading as it writes them, the most telling first."""
    text = "\n".join(paragraphs)
    given = [word.strip(" 。.") for line in _KEYWORDS.findall(text) for word in re.split(r"[、,，;；]", line)]
    glossed = list(_glossed(text))
    known = [*given, *glossed]
    found = [word for word in _repeated(paragraphs) if not any(word in longer for longer in known)]
    return [*dict.fromkeys(word for word in (*known, *found) if word in text and len(word) > 1)]


def _glossed(text: str) -> Iterator[str]:
    """Yield Chinese terms before a bracket with a foreign phrase: 社會性懈怠（social loafing）."""
    for match in _GLOSSED.finditer(text):
        words = list(tagged(match[1]))
        kept: list[str] = []
        for written, plain, flag in reversed(words):
            if plain in _JOINTS or not _CONTENT.match(flag):
                break
            kept.insert(0, written)
        yield "".join(kept)


def _repeated(paragraphs: Sequence[str]) -> Iterator[str]:
    """Yield phrases that are said twice or more, by how telling they are, none a mere part of another."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for paragraph in paragraphs:
        for phrase, plain in _noun_phrases(paragraph):
            counts[plain] += 1
            written.setdefault(plain, phrase)
    both = set.intersection(*map(set, ranked(aligned("\n".join(paragraphs)), 24)))
    worth = {
        plain: count * rarity(plain)
        for plain, count in counts.items()
        if count * rarity(plain) >= TELLING and count > (len(plain) == 2 and plain not in both) + 1  # noqa: PLR2004  a word of two
    }
    alone = [
        plain
        for plain in worth
        if not any(
            plain in longer and counts[longer] * 2 > counts[plain] for longer in worth if longer != plain
        )
    ]
    for plain in sorted(alone, key=lambda plain: -worth[plain]):
        yield written[plain]


def _noun_phrases(paragraph: str) -> Iterator[tuple[str, str]]:
    """Yield (phrase as written, simplified) for all runs of content words that end in a noun."""
    run: list[tuple[str, str, str]] = []
    for word in [*tagged(paragraph), ("", "", "w")]:
        content = (
            _CONTENT.match(word[2]) and word[1] not in _JOINTS and re.fullmatch(r"[\u3400-\u9fff]+", word[1])
        )
        if content:
            run.append(word)
            continue
        for start in range(len(run)):
            for end in range(start + 1, min(len(run), start + MOST_WORDS) + 1):
                piece = run[start:end]
                plain = "".join(each[1] for each in piece)
                if 2 <= len(plain) <= LONGEST_TERM and _NOUNS.match(piece[-1][2]) and len(piece[0][1]) > 1:  # noqa: PLR2004  a word has two
                    yield "".join(each[0] for each in piece), plain
        run = []


_MONEY = re.compile(
    r"[$€£]\s?\d[\d,.]*\d(?: (?:million|billion|thousand))?|\d[\d,.]*(?:%| per cent| percent)"
)
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TENS = rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:{_ONES}))?"
_LARGE = "hundred|thousand|million|billion|dozen"
_ENGLISH_COUNT = re.compile(
    rf"\b((?:\d[\d,]*(?:\.\d+)?|{_TENS}|ten|eleven|twelve|[a-z]+teen|(?:an?|{_ONES}) (?:{_LARGE}))"
    rf"(?: (?:{_LARGE}|and|{_TENS}))*) ([a-z][a-z-]+)",
    re.IGNORECASE,
)
_NUMERAL = re.compile(
    rf"(?:{_ONES}|{_TENS}|{_LARGE}|ten|eleven|twelve|first|second|third|last|next|cent|per|back)s?"
)
_BEFORE_NOUN = re.compile(
    r"\b(?:the|an?|this|that|these|those|its|their|his|her|our|my|your|every|each|no|of)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
NOUN = 0.5  # of a word's places, that stand behind what stands before nouns
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")


def figures(text: str) -> list[str]:
    """Return sums, shares and counts with what is counted (173 species), as the text writes them."""
    stop = listed("english")
    found = [match[0] for match in _MONEY.finditer(text)]
    found += [
        match[0]
        for match in _ENGLISH_COUNT.finditer(text)
        if match[2].lower() not in stop
        and not _YEAR.fullmatch(match[1])
        and not match[2].startswith(("per", "times"))
    ]
    return found


def is_english(text: str) -> bool:
    """Tell whether a text is written in Latin letters rather than in Chinese characters."""
    return len(_HAN.findall(text)) * 5 < len(_LETTER.findall(text))


def english_names(paragraphs: Sequence[str]) -> list[str]:
    """Return names of people, places and works: capitalised words that do not merely begin a sentence."""
    stop = listed("english")
    text = "\n".join(paragraphs)
    found: dict[str, None] = {}
    for match in _ENGLISH_NAME.finditer(text):
        words = match[0].split()
        while words and (words[0].lower() in stop or _DATES.fullmatch(words[0].lower())):
            words.pop(0)
        name = re.sub(r"['’]s$", "", " ".join(words))
        begins = bool(_SENTENCE_START.search(text[max(0, match.start() - 3) : match.start()]))
        alone = len(words) == 1 and (begins or name.lower() in text.replace(name, ""))
        if len(name) > 2 and not alone:  # noqa: PLR2004  initials
            found[name] = None
    longer = [name for name in found if " " in name]
    return [name for name in found if not any(name != other and name in other.split() for other in longer)]


def english_quotations(text: str) -> list[str]:
    """Return short phrases in quotation marks."""
    quoted = (double or single for double, single in _QUOTED.findall(text))
    return [phrase for phrase in quoted if len(phrase.split()) <= MOST_QUOTED]


def english_phrases(paragraphs: Sequence[str]) -> list[str]:
    """Return words and pairs of words that are repeated, the most frequent first."""
    stop = listed("english")
    pairs: Counter[str] = Counter()
    single: Counter[str] = Counter()
    for paragraph in paragraphs:
        words = [word.lower() for word in _WORD.findall(paragraph)]
        content = [
            ""
            if word in stop or _EVERYDAY.fullmatch(word) or _NUMERAL.fullmatch(word) or len(word) < SHORTEST
            else _singular(word)
            for word in words
        ]
        single.update(filter(None, content))
        pairs.update(f"{a} {b}" for a, b in pairwise(content) if a and b)
    told = [pair for pair, count in pairs.most_common() if count > 1]
    told += [word for word, count in single.most_common() if count > 2 and not _within(word, told)]  # noqa: PLR2004  said often
    text = "\n".join(paragraphs)
    return [written for word in told if _is_noun(word, text) and (written := _as_written(word, text))]


def _singular(word: str) -> str:
    """Return a word so that river and rivers are one: without the s of a plural."""
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _is_noun(phrase: str, text: str) -> bool:
    places = [match.start() for match in re.finditer(rf"\b{re.escape(phrase)}s?\b", text, re.IGNORECASE)]
    behind = sum(bool(_BEFORE_NOUN.search(text[max(0, place - 24) : place])) for place in places)
    return behind >= NOUN * len(places)


def _within(word: str, told: Sequence[str]) -> bool:
    return any(word in pair.split() for pair in told)


def _as_written(phrase: str, text: str) -> str:
    found = re.search(rf"\b{re.escape(phrase)}\b", text, re.IGNORECASE) or re.search(
        rf"\b{re.escape(phrase)}s\b", text, re.IGNORECASE
    )
    return found[0] if found else ""
