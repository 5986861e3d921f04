"""What a Chinese reading is about: its own keywords, terms with a foreign gloss, phrases that it repeats."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.text.dictionary import rarity
from bot.text.parts_of_speech import aligned, ranked, tagged

_KEYWORDS = re.compile(r"^[【\[]?(?:關鍵詞|關鍵字|关键词|关键字)[】\]]?[:：]?\s*(.+)$", re.MULTILINE)
_GLOSSED = re.compile(
    r"([\u3400-\u9fff]{2,14})\s*[(（]([A-Za-z][A-Za-z'’ -]{2,60}?)(?:\s*[,，]\s*[A-Z]{2,8})?[)）]"
)
_CONTENT = re.compile(r"^(?:n|v|a|b|j|l|i|k|g|x|z|t|s)")
_NOUNS = re.compile(r"^(?:n|vn|an|l|i|j|k|g)")
_JOINTS = frozenset("的地得了著着和與与及或在是為为以把被讓让使將将從从對对由於于向到等")
LONGEST, MOST_WORDS = 10, 4
TELLING = 7.0  # how often a phrase is said, times how rare it is


def terms(paragraphs: Sequence[str]) -> list[str]:
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
        for phrase, plain in _phrases(paragraph):
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


def _phrases(paragraph: str) -> Iterator[tuple[str, str]]:
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
                if 2 <= len(plain) <= LONGEST and _NOUNS.match(piece[-1][2]) and len(piece[0][1]) > 1:  # noqa: PLR2004  a word has two
                    yield "".join(each[0] for each in piece), plain
        run = []
