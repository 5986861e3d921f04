"""What in a reading deserves a snippet: works, quotations, names, claims, Latin terms, numbers, terms."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.pack.authoring.terms import (
    chinese_terms,
    english_names,
    english_phrases,
    english_quotations,
    figures,
    is_english,
)
from bot.text.dictionary import frequencies
from bot.text.folding import fold
from bot.text.parts_of_speech import aligned, tagged
from bot.text.surnames import SURNAMES

KINDS = ("work", "person", "claim", "quote", "latin", "number", "term")
MOST = {"work": 14, "person": 12, "claim": 10, "quote": 24, "latin": 14, "number": 6, "term": 12}
_WORK = re.compile(r"《([^《》\n]{1,30})》")
_QUOTE = re.compile(r"[“「『]([^“”「」『』，,。；;！!？?\n]{2,14})[”」』]")
_FOREIGN = re.compile(r"[\u3400-\u9fff]{1,6}(?:[·・‧][\u3400-\u9fff]{1,6})+")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+#.&'’-]*(?: [A-Za-z0-9][A-Za-z0-9+#.&'’-]*)*")
_GLOSS = re.compile(r"(?<=[\u3400-\u9fff」』》”])\s*[(（][A-Za-z][A-Za-z .,，'’&-]*[)）]")
_UNIT = (
    "年|月|日|%|％|美元|歐元|欧元|日圓|日元|元|歲|岁|公里|公尺|公斤|米|度|倍|人|名|位|部|件|場|场|次|小時|小时|分鐘|分钟"
    "|秒|週|周|天|座|盞|盏|艘|篇|封|公噸|噸|吨"
)
_COUNTED = "个|個|种|種|只|隻|条|條|户|戶|家|棵|项|項|张|張|本|辆|輛|颗|顆|口|所|间|間|枚|幅|首|票|株|袋"
_DIGITS = r"(?:\d[\d,.]*\s*[百千萬万億亿]?)+|[一二三四五六七八九十百千萬万億亿兩两]{2,}"
_NUMBER = re.compile(rf"(?:(?:{_DIGITS})\s*(?:{_UNIT}))+")
_COUNT = re.compile(rf"(?:{_DIGITS})\s*(?:{_COUNTED})(?=[\u3400-\u9fff])")
_CALENDAR = re.compile(rf"(?:(?:{_DIGITS}|\d)\s*[年月日])+|(?:{_DIGITS}|\d)\s*[月日]")  # when, not how much
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b[\w-]+\.(?:com|org|net|edu|gov|tw|cn|hk|io)\b\S*", re.IGNORECASE
)
_INITIALS = re.compile(r"(?:[A-Z]\.[\s-]?)+[A-Z]?|[A-Z][a-z]+,? (?:[A-Z]\.?-?){1,3}")
_FIGURE = re.compile(r"[%％元萬万億亿]|\d{3}|\d[.,]\d")  # what a class argues about, sooner than 七十二歲
# A name is what stands between a title and a verb, or at the beginning of a sentence before a verb of saying.
_TITLES = (
    "教授|老师|导演|馆长|镇长|市长|校长|院长|所长|主任|博士|作家|记者|医师|医生|护理师|志工|学生|店长|总统"
    "|执行长|研究员|馆员|摊贩|农民|牧师|署长|部长|局长|处长|科长|组长|会长|理事长|董事长|经理|干事|总干事|议员|调查员|骑手"
    "|司机|工程师|船长|警察|法官|律师|学者|诗人|画家|哲学家"
)
_SAYS = "说|认为|表示|指出|提出|强调|提醒|主张|写道|写过|回答|回应|坦承|承认|批评|质疑|呼吁|担心|问|坦言|总结"
_NAMED = re.compile(
    rf"(?:{_TITLES}|(?<=[，。；：、！？“「\n])|^)([{''.join(sorted(SURNAMES))}][\u3400-\u9fff]{{1,2}}?)"
    rf"(?={_SAYS}|(?<=.)[(（])"
)
_TITLED = re.compile(
    rf"(?:{_TITLES})([{''.join(sorted(SURNAMES))}][\u3400-\u9fff]{{1,2}}?)(?=[没不在把对也却则就曾已，。、是有想要从]|和我)"
)
_SOUNDS = frozenset(
    "阿埃艾爱安奥巴拜班邦鲍贝本比彼毕宾波伯博布查昌达大戴丹道德登迪蒂丁东杜多厄恩尔法范菲费芬弗福夫戈格古哈海汉豪赫亨霍基吉加贾杰金卡凯"
    "康考柯科克肯库昆拉莱兰劳勒雷里理利莉廉列烈林琳卢鲁路伦罗洛马玛麦迈曼梅门蒙米密莫默穆娜纳奈南内尼妮宁纽诺欧帕派潘佩彭皮珀普奇齐乔"
    "切琴丘热荣茹瑞若萨塞桑瑟森沙什史施舒丝斯司苏索塔泰坦汤唐特提汀廷图托瓦娃万威韦维温翁沃乌伍武西希夏谢辛休雪雅扬耶叶伊因英尤约泽扎詹珍"
    "芝兹子佐坡可亚娅得"
)


_SAYING = "说|說|认为|認為|表示|指出|强调|強調|提醒|主张|主張|写道|寫道|写过|寫過|回答|回应|回應|批评|批評|质疑|質疑|坦言|问|問|答"  # noqa: E501  one verb beside the other
_ENGLISH_SAYING = "(?:says|said|argues|argued|writes|wrote|thinks|believes|warns|warned|asks|asked|replied|answered|holds|insist(?:s|ed))"  # noqa: E501  as above
_SPEAKER = r"[^，。；：、！？「」“”\n]{1,14}?"
_NAME = r"(?:[A-Z][\w’'-]*)(?: [A-Z][\w’'-]*)*"
_CLAIM = re.compile(
    rf"(?:(?P<who>{_SPEAKER})(?:{_SAYING})(?:的是)?[：:，,]?\s*|(?P<named>{_NAME}) {_ENGLISH_SAYING}[,:]? )?"
    r"[「“\"](?P<said>[^「」“”\"\n]{8,160})[」”\"]"
    rf"(?:[，,]?\s*(?P<after>{_SPEAKER})(?:{_SAYING})|,? (?P<later>{_NAME}|she|he|they) {_ENGLISH_SAYING}"
    rf"| {_ENGLISH_SAYING} (?P<last>(?:the )?{_NAME}))?"
)
_PRONOUN = re.compile(
    r".{0,4}(?:他|她|它|我|你|您|咱|有人|大家|众人|眾人|人们|人們|he|she|they|it|who)(?:们|們)?.{0,4}",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    "外人|世人|众人|旁人|他人|别人|人们|大家|家人|有人|没有人|自己|当时|时候|地方|东西|事情|问题|[今昨去明]年|[今昨明]天|上月|下月"
)
MOST_SAID, MOST_ENGLISH = 14, 34  # characters of what is said, by which a claim is called


@dataclass(frozen=True)
class Proposal:
    """A thing that a student may ask about, and the paragraphs where it stands, the first one first."""

    kind: str
    text: str
    paragraphs: tuple[int, ...]
    keywords: tuple[str, ...] = ()
    speaker: str = ""


def propose(paragraphs: Sequence[str]) -> tuple[Proposal, ...]:
    """Return proposals for a reading, in its order; each kind is bounded, the most frequent are kept."""
    paragraphs = [_LINK.sub(" ", paragraph) for paragraph in paragraphs]
    found: list[Proposal] = []
    for kind, words in _words(paragraphs):
        fresh = list(dict.fromkeys(word for word in map(str.strip, words) if not _known(word, found)))
        kept = fresh[: MOST[kind]] if kind == "term" else _most_frequent(fresh, paragraphs, MOST[kind])
        for word in kept:
            if not _known(word, found) and not _part(
                word, found, paragraphs
            ):  # a shorter name of what the same kind has just brought
                found.append(_proposal(kind, word, paragraphs))
    people = [item.text for item in found if item.kind in {"person", "latin"}]
    said = list(claims(paragraphs, people))[: MOST["claim"]]
    gists = [item.text.rstrip("…") for item in said]
    found = [*(item for item in found if item.kind != "quote" or item.text not in gists), *said]
    return tuple(sorted(found, key=lambda item: (item.paragraphs[:1] or (0,), KINDS.index(item.kind))))


def _words(paragraphs: Sequence[str]) -> Iterator[tuple[str, Iterable[str]]]:
    text = "\n".join(paragraphs)
    yield "work", _WORK.findall(text)
    if is_english(text):
        yield "latin", english_names(paragraphs)
        yield "quote", english_quotations(text)
        yield "number", figures(text)
        yield "term", english_phrases(paragraphs)
        return
    # What takes a name or a quotation for itself comes before the terms: 漁業 of 漁業署 is none.
    yield "person", [*_foreign(paragraphs), *_names(paragraphs)]
    yield "quote", _QUOTE.findall(text)
    key_terms = chinese_terms(paragraphs)
    yield "latin", _latin(paragraphs)
    numbers = [number for number in _NUMBER.findall(text) if not _CALENDAR.fullmatch(number)]
    yield "number", sorted([*numbers, *_counts(text)], key=lambda number: not _FIGURE.search(number))
    yield "term", [term for term in key_terms if not _PEOPLE.fullmatch(aligned(term))]


def _counts(text: str) -> Iterator[str]:
    """Yield what is counted, with the noun: 三十七個攤位."""
    for match in _COUNT.finditer(text):
        behind = next(tagged(text[match.end() : match.end() + 6]), ("", "", ""))
        if behind[2].startswith("n") and len(behind[0]) > 1:
            yield match[0] + behind[0]


def claims(paragraphs: Sequence[str], people: Sequence[str]) -> Iterator[Proposal]:
    """Yield what somebody says in the reading's own quotation marks, the first of each in a paragraph."""
    for number, text in enumerate(paragraphs, 1):
        told: set[str] = set()
        last = ""
        for match in _CLAIM.finditer(text):
            who = next(
                filter(None, (match[each] for each in ("who", "named", "after", "later", "last"))), ""
            ).strip()
            if not who and not _ends_as_said(text, match):
                continue
            named = [name for name in people if name in text[: match.end()]]
            last = max(named, key=text[: match.end()].rfind, default=last)
            speaker = (
                next((name for name in people if name in who or who.removeprefix("the ") in name.split()), "")
                or ("" if _PRONOUN.fullmatch(who) else who)
                or last
            )
            clause = re.split(r"[，,；;。：:]", match["said"])[0]
            if speaker and speaker not in told:
                told.add(speaker)
                most = max(MOST_SAID, MOST_ENGLISH - len(speaker)) if clause.isascii() else MOST_SAID
                gist = clause if len(clause) <= most else f"{clause[:most].rsplit(' ', 1)[0]}…"
                yield Proposal("claim", gist, (number,), (gist.rstrip("…"),), speaker)


def _ends_as_said(text: str, match: re.Match[str]) -> bool:
    """Tell whether a quotation is a whole sentence, which somebody in the paragraph says."""
    return bool(re.search(r"[。！？.!?,，]$", match["said"])) and text[
        max(0, match.start() - 1) : match.start()
    ] in {"", "。", "：", " "}


def _known(word: str, found: Iterable[Proposal]) -> bool:
    """Tell whether a word is what an earlier proposal is about, or a part of a name with a dot in it."""
    folded = fold(word)
    said = {fold(keyword) for item in found for keyword in item.keywords}
    named = {fold(part) for item in found for part in re.split(r"[·・‧]", item.text)}
    return not folded or folded in said | named


def _part(word: str, found: Iterable[Proposal], paragraphs: Sequence[str]) -> bool:
    """Tell whether a word stands nowhere but inside what was found already: 建軍 in 孫建軍."""
    text = "\n".join(paragraphs)
    longer = {item.text for item in found if word in item.text and word != item.text}
    return bool(longer) and text.count(word) <= sum(map(text.count, longer))


def _most_frequent(words: list[str], paragraphs: Sequence[str], most: int) -> list[str]:
    text = "\n".join(paragraphs)
    return sorted(words, key=lambda word: -text.count(word))[:most]


def _proposal(kind: str, word: str, paragraphs: Sequence[str]) -> Proposal:
    places = tuple(number for number, text in enumerate(paragraphs, 1) if word in text)
    around = re.search(
        rf"{re.escape(word)}[」』》”]?\s*[(（]([^()（）\n]{{1,40}})[)）]", "\n".join(paragraphs)
    )
    glosses = re.split(r"\s*[,，]\s*", around[1].strip()) if around else []
    keywords = (word, *filter(None, glosses))
    last = re.split(r"[·・‧]| (?=[A-Z])", word)[-1]
    return Proposal(kind, word, places, tuple(dict.fromkeys((*keywords, last))))


def _latin(paragraphs: Sequence[str]) -> Iterator[str]:
    for text in paragraphs:
        for match in _LATIN.finditer(_GLOSS.sub("", text)):  # what is a gloss belongs to the term before it
            if _INITIALS.fullmatch(match[0]):
                continue
            if len(match[0]) > 1 and (match[0] != match[0].lower() or len(match[0]) > 3):  # noqa: PLR2004  as, of, the
                yield match[0].rstrip(".-'’&")


def _foreign(paragraphs: Sequence[str]) -> Iterator[str]:
    """Yield names with a dot in them, as far as they are written with characters that spell sounds."""
    for text in paragraphs:
        plain = aligned(text)
        for match in _FOREIGN.finditer(plain):
            dots = [at for at in range(*match.span()) if plain[at] in "·・‧"]
            start, end = dots[0], dots[-1] + 1
            while start > match.start() and plain[start - 1] in _SOUNDS:
                start -= 1
            while end < match.end() and plain[end] in _SOUNDS:
                end += 1
            if start < dots[0] and end > dots[-1] + 1:
                yield text[start:end]


def _names(paragraphs: Sequence[str]) -> Iterator[str]:
    modern = "".join(paragraphs).count("的") * 100 > len("".join(paragraphs))
    for text in paragraphs:
        plain = aligned(text)
        for match in (*_NAMED.finditer(plain), *_TITLED.finditer(plain)):
            yield text[match.start(1) : match.end(1)]
        words = [("", "", "w"), *tagged(text), ("", "", "w")]
        for (_, before, _), (written, word, flag), (_, _, after) in zip(
            words, words[1:], words[2:], strict=False
        ):
            like_a_name = flag.startswith("nr") and len(word) in {2, 3} and word[0] in SURNAMES
            acts = after[:1] in {"v", "p", "d"} and (len(word) > 2 or modern)  # noqa: PLR2004  in a classical text two may be 李唐, or 陶 and 後
            acts = acts or before in _TITLES.split("|") or plain.count(word) > 1
            # Not an everyday word that looks like one (史實, 徐徐), nor one that does nothing (萬靈丹).
            if like_a_name and acts and word not in frequencies():
                yield written
