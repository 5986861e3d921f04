"""What in a reading deserves a snippet: works, quoted words, names, Latin terms, numbers, key terms."""

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.reading.dictionary import frequencies, tokenizer
from bot.reading.folding import fold, to_simplified

KINDS = ("work", "person", "quote", "latin", "number", "term")
MOST = {"work": 14, "person": 10, "quote": 24, "latin": 12, "number": 8, "term": 16}

_WORK = re.compile(r"《([^《》\n]{1,30})》")
_QUOTE = re.compile(r"[“「『]([^“”「」『』，,。；;！!？?\n]{2,14})[”」』]")
_FOREIGN = re.compile(r"[\u3400-\u9fff]{1,6}(?:[·・‧][\u3400-\u9fff]{1,6})+")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+#.&'’-]*(?: [A-Z0-9][A-Za-z0-9+#.&'’-]*)*")
_UNIT = (
    "年|月|日|%|％|元|萬|万|億|亿|歲|岁|公里|公尺|米|度|倍|人|部|件|場|场|次|小時|小时|分鐘|分钟|週|周|天"
    "|座|盞|盏|公噸|噸|吨"
)
_DIGITS = r"\d[\d,.]*|[一二三四五六七八九十百千萬万兩两]{2,}"
_NUMBER = re.compile(rf"(?:(?:{_DIGITS})\s*(?:{_UNIT}){{1,2}})+")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章"
    "鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵车"
)


@dataclass(frozen=True)
class Proposal:
    """A thing that a student may ask about, and the paragraphs where it stands, the first one first."""

    kind: str
    text: str
    paragraphs: tuple[int, ...]
    keywords: tuple[str, ...] = ()


def propose(paragraphs: Sequence[str]) -> tuple[Proposal, ...]:
    """Return proposals for a reading, in its order; each kind is bounded, the most frequent are kept."""
    found: list[Proposal] = []
    for kind, words in (
        ("work", _WORK.findall("\n".join(paragraphs))),
        ("person", [*_foreign(paragraphs), *_names(paragraphs)]),
        ("quote", _QUOTE.findall("\n".join(paragraphs))),
        ("latin", _latin(paragraphs)),
        ("number", _NUMBER.findall("\n".join(paragraphs))),
        ("term", _terms(paragraphs)),
    ):
        fresh = list(dict.fromkeys(word for word in map(str.strip, words) if not _known(word, found)))
        for word in _most_frequent(fresh, paragraphs, MOST[kind]):
            if not _known(word, found):  # a shorter name of what the same kind has just brought
                found.append(_proposal(kind, word, paragraphs))
    return tuple(sorted(found, key=lambda item: (item.paragraphs[:1] or (0,), KINDS.index(item.kind))))


def _known(word: str, found: Iterable[Proposal]) -> bool:
    """Tell whether a word is what an earlier proposal is about, or a part of a name with a dot in it."""
    folded = fold(word)
    said = {fold(keyword) for item in found for keyword in item.keywords}
    named = {fold(part) for item in found for part in re.split(r"[·・‧]", item.text)}
    return not folded or folded in said | named


def _most_frequent(words: list[str], paragraphs: Sequence[str], most: int) -> list[str]:
    text = "\n".join(paragraphs)
    return sorted(words, key=lambda word: -text.count(word))[:most]


def _proposal(kind: str, word: str, paragraphs: Sequence[str]) -> Proposal:
    places = tuple(number for number, text in enumerate(paragraphs, 1) if word in text)
    around = re.search(rf"{re.escape(word)}\s*[(（]([^()（）\n]{{1,40}})[)）]", "\n".join(paragraphs))
    keywords = (word, around[1].strip()) if around else (word,)
    last = re.split(r"[·・‧]", word)[-1]
    return Proposal(kind, word, places, tuple(dict.fromkeys((*keywords, last))))


def _latin(paragraphs: Sequence[str]) -> Iterator[str]:
    for text in paragraphs:
        for match in _LATIN.finditer(text):
            if len(match[0]) > 1 and (match[0] != match[0].lower() or len(match[0]) > 3):  # noqa: PLR2004  as, of, the
                yield match[0].rstrip(".-'’&")


def _foreign(paragraphs: Sequence[str]) -> Iterator[str]:
    """Yield names with a dot in them; what stands before the first dot is cut to what belongs to the name."""
    for text in paragraphs:
        for match in _FOREIGN.finditer(text):
            first, rest = re.split(r"(?=[·・‧])", match[0], maxsplit=1)
            before = [(word, flag) for word, _, flag in _tagged(text[: match.start() + len(first)])]
            name, flag = before[-1]
            yield (name if flag.startswith(("nr", "nz", "ns")) else first[-3:]) + rest


def _names(paragraphs: Sequence[str]) -> list[str]:
    return [
        original
        for text in paragraphs
        for original, plain, flag in _tagged(text)
        if flag.startswith("nr") and 2 <= len(plain) <= 3 and plain[0] in _SURNAMES  # noqa: PLR2004  Chinese names
        if plain not in frequencies()  # an everyday word that looks like a name: 史實, 徐徐
    ]


def _tagged(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (word as written, word simplified, part of speech)."""
    plain = _aligned(text)
    at = 0
    for word, flag in _tools().cut(plain):
        yield text[at : at + len(word)], word, flag
        at += len(word)


def _aligned(text: str) -> str:
    """Return the text in simplified characters, each in its place."""
    plain = to_simplified(text)
    return plain if len(plain) == len(text) else "".join((to_simplified(char) + char)[0] for char in text)


@lru_cache(maxsize=1)
def _tools() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba leaves its data files open and has invalid escapes
        from jieba.posseg import POSTokenizer  # noqa: PLC0415  a second of loading, only when a pack is drafted

        return POSTokenizer(tokenizer(()))


def _terms(paragraphs: Sequence[str]) -> list[str]:
    """Return what both TF-IDF and TextRank find telling, then what either does, as the text writes it."""
    text = "\n".join(paragraphs)
    plain = _aligned(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from jieba.analyse import TFIDF, TextRank  # noqa: PLC0415  as above

        by_frequency, by_rank = TFIDF(), TextRank()
    by_frequency.tokenizer, by_frequency.postokenizer = _tools().tokenizer, _tools()
    by_rank.tokenizer = by_rank.postokenizer = _tools()
    first = by_frequency.extract_tags(plain, topK=24, allowPOS=("n", "nz", "vn", "ns", "nt", "l"))
    second = by_rank.textrank(plain, topK=24, allowPOS=("n", "nz", "vn", "ns", "nt"))
    both = [word for word in first if word in second]
    ordered = [*both, *[word for word in (*first, *second) if word not in both]]
    return [text[at : at + len(word)] for word in ordered if len(word) > 1 and (at := plain.find(word)) >= 0]
