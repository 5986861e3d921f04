"""A text that remembers where each of its characters stood in the original, whatever was removed."""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.pack.authoring.text_damage import broken_spots, slips

Rule = Callable[[str], Iterable[tuple[int, int, str]]]  # text -> (start, end, what to put there instead)
_LINE_END = re.compile(r"\r\n|\r|\n")
Edit = tuple[int, int, str]
_NOTE = re.compile(
    r"(?<=[\u3400-\u9fff])[(（]\s*([a-zü\u00e0-\u01dc\u0103\u0115\u012d\u014f\u016d' ]{1,40}?)\s*[)）]"
)
_BREVE = str.maketrans("ăĕĭŏŭ", "ǎěǐǒǔ")  # scrapers write the third tone with either accent
_INVISIBLE = re.compile("[\u200b\u200c\u200e\u200f\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What may follow a tag's name: attributes, Chinese only in values; else <b 館> would take words along.
_ATTRIBUTES = r"""(?:"[^"<>\n]*"|'[^'<>\n]*'|=[^\s<>"']*|[^<>\n=\u3400-\u9fff])*+"""
_TAG = re.compile(
    r"</?(?:a|abbr|article|b|big|blockquote|body|br|center|code|dd|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|head"
    r"|header|hr|html|i|iframe|img|input|li|main|meta|nav|o:p|ol|p|pre|q|s|script|section|small|source|span|strong"
    r"|style|sub|sup|svg|table|tbody|td|th|thead|tr|tt|u|ul|video|wbr)(?:\s" + _ATTRIBUTES + r")?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
# PDFs say ﬁ in one letter, and those that browsers print say ⼿ (a radical of dictionaries) where 手 is
# meant: no question finds it.
_RADICAL = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\ufb00-\ufb06]")
_SUPPLEMENT = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻟⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车長长门雨青韦页风飞食食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
_BLANK = re.compile(r"(?<=\n)(?:[ \t\u3000]*\n){2,}|(?<=\n\n)[ \t\u3000]+\Z")
# A whole line that is one of these belongs to the page, never to the article.
_FURNITURE = re.compile(
    r"^[ \t\u3000]*(?:"
    r"(?:分享(?:到|至)(?:[:\uff1a\s].{0,30})?|分享給好友|分享文章|分享到微信朋友圈)"
    r"|(?:分享|轉發|收藏|點贊|點讚|按讚|讚|評論|留言)(?:[:\uff1a\s(\uff08]*\d+[)\uff09]?)?"
    r"|(?:上一篇|下一篇|上一頁|下一頁|上一则|下一则|相關閱讀|延伸閱讀|相关阅读|推薦閱讀|推荐阅读|熱門文章|热门文章)(?:[:\uff1a\s].{0,60})?"
    r"|(?:列印|打印|打印本頁|友善列印|關閉窗口|关闭窗口|返回頂部|返回顶部|回到頂端|回頁首|回首頁|返回首頁)"
    r"|(?:字號|字号|字級)[:\uff1a\s].{0,12}"
    r"|(?:閱讀|阅读|瀏覽|浏览|點擊|点击)(?:數|数|量|次數|次数)?[:\uff1a]\s*\d+(?:\s*次)?"
    r"|(?:閱讀原文|阅读原文|點擊閱讀全文|展開全文|展开全文|廣告|广告|ADVERTISEMENT|Advertisement)"
    r")[ \t\u3000]*(?:\n|\Z)",
    re.MULTILINE,
)


@dataclass(frozen=True)
class TextSpot:
    """One place in a text: what stands there, and what may be meant (empty: nothing, it goes)."""

    kind: str
    line: int
    column: int
    text: str
    suggestion: str = ""
    context: str = ""


@dataclass(frozen=True)
class TracedText:
    """A text, the original offset of each character, and where the original's lines begin."""

    text: str
    origins: tuple[int, ...]
    lines: tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> "TracedText":
        """Return the original with uniform line ends, every character traced."""
        lines = (0, *(match.end() for match in _LINE_END.finditer(original)))
        text, origins, last = [], [], 0
        for match in _LINE_END.finditer(original):
            text += [original[last : match.start()], "\n"]
            origins += [*range(last, match.start()), match.start()]
            last = match.end()
        text.append(original[last:])
        origins += range(last, len(original))
        return cls("".join(text), (*origins, len(original)), lines)

    def apply(self, kind: str, rule: Rule) -> "tuple[TracedText, list[TextSpot]]":
        """Return the text after one rule, and a spot for each thing that the rule took out."""
        text, origins, spots, last = [], [], [], 0
        for start, end, instead in rule(self.text):
            text += [self.text[last:start], instead]
            origins += [*self.origins[last:start], *[self.origins[start]] * len(instead)]
            spots.append(self.spot(kind, start, end, instead))
            last = end
        text.append(self.text[last:])
        origins += self.origins[last:]
        return TracedText("".join(text), tuple(origins), self.lines), spots

    def spot(self, kind: str, start: int, end: int, suggestion: str) -> TextSpot:
        """Return the spot of text[start:end], placed in the original, with a little of what is around it."""
        offset = self.origins[start]
        line = bisect_right(self.lines, offset)
        before = self.text[max(0, start - 8) : start].rpartition("\n")[2]
        after = self.text[end : end + 6].partition("\n")[0]
        column = offset - self.lines[line - 1] + 1
        here = self.text[start:end].replace("\n", "⏎")
        return TextSpot(kind, line, column, here, suggestion, f"{before}【{here}】{after}")


def pinyin_notes(text: str) -> Iterator[Edit]:
    """Yield bracketed readings that belong to the characters just before them, as in 技術(shù)."""
    for match in _NOTE.finditer(text):
        syllables = match.group(1).translate(_BREVE).replace("'", " ").split()
        before = text[max(0, match.start() - len(syllables)) : match.start()]
        if syllables and len(before) == len(syllables) and all(map(_reads, before, syllables)):
            yield match.start(), match.end(), ""


def _reads(char: str, syllable: str) -> bool:
    """Tell whether the syllable is surely a reading of the character.

    A tone mark makes a note of any reading (scrapers pick the wrong one at times: 著(zhù)); a bare syllable
    could be an English word, as in 他(he), and must be a toneless reading that the character has.
    """
    from pypinyin import Style, pinyin  # noqa: PLC0415  its tables take a while to load

    if not "\u3400" <= char <= "\u9fff":
        return False
    readings = pinyin(char, style=Style.TONE, heteronym=True, errors="ignore")
    return bool(readings) and (syllable in readings[0] or _toned(syllable))


def _toned(syllable: str) -> bool:
    marks = [c for c in unicodedata.normalize("NFD", syllable) if c in "\u0300\u0301\u0304\u030c"]
    return len(marks) == 1 and len(syllable) <= len("chuāng") and " " not in syllable


def invisible(text: str) -> Iterator[Edit]:
    """Yield zero-width and control characters (not the joiner, which holds emoji together)."""
    yield from ((m.start(), m.end(), "") for m in _INVISIBLE.finditer(text))


def tags(text: str) -> Iterator[Edit]:
    """Yield HTML tags that were left in the text; a break or a block's end becomes a line end."""
    for match in _TAG.finditer(text):
        ends = re.match(r"</(?:p|div|li|h\d|tr|blockquote)\b|<br", match.group(), re.IGNORECASE)
        at_end = text[match.end() : match.end() + 1] in {"\n", ""}
        yield match.start(), match.end(), "\n" if ends and not at_end else ""


def entities(text: str) -> Iterator[Edit]:
    """Yield HTML entities with the characters that they stand for."""
    for match in _ENTITY.finditer(text):
        meant = html.unescape(match.group())
        if meant != match.group() and "\x00" not in meant:
            yield match.start(), match.end(), meant.replace("\xa0", " ")


def radicals(text: str) -> Iterator[Edit]:
    """Yield radicals and compatibility forms with the characters that they look like."""
    for match in _RADICAL.finditer(text):
        meant = _SUPPLEMENT.get(match[0]) or unicodedata.normalize("NFKC", match[0])
        if meant != match[0]:
            yield match.start(), match.end(), meant


def furniture(text: str) -> Iterator[Edit]:
    """Yield whole lines that belong to the web page: share buttons, counters, links to other pages."""
    yield from ((m.start(), m.end(), "") for m in _FURNITURE.finditer(text) if m.group())


def blank_lines(text: str) -> Iterator[Edit]:
    """Yield all but one of several blank lines in a row."""
    yield from ((m.start(), m.end(), "\n" if "\n" in m.group() else "") for m in _BLANK.finditer(text))


# In this order: what hides inside a tag or an entity comes out before the notes are looked for.
RULES: tuple[tuple[str, Rule], ...] = (
    ("tag", tags),
    ("entity", entities),
    ("invisible", invisible),
    ("radical", radicals),
    ("pinyin", pinyin_notes),
    ("furniture", furniture),
    ("blank", blank_lines),
)


# What each kind of spot is called when it is told to people: Chinese, English.
KINDS = {
    "pinyin": ("拼音註記", "pinyin note"),
    "invisible": ("看不見的字元", "invisible character"),
    "tag": ("網頁標籤", "leftover tag"),
    "entity": ("網頁字元代碼", "HTML entity"),
    "radical": ("部首字元", "radical in the place of a character"),
    "furniture": ("網頁零件", "page furniture"),
    "blank": ("多餘空行", "doubled blank line"),
    "broken": ("亂碼", "broken characters"),
    "fragment": ("拼音註記的殘片", "broken pinyin note"),
    "slip": ("繁簡轉換疑誤", "conversion slip"),
    "notice": ("版權或轉載聲明", "copyright notice"),
}


@dataclass(frozen=True)
class Cleaned:
    """A cleaned text, what was removed from it, and what looks wrong but was left as it is.

    Lines and columns count from 1 and point into the text as it was given.
    """

    text: str
    removals: tuple[TextSpot, ...]
    suspicions: tuple[TextSpot, ...]


def clean(text: str) -> Cleaned:
    """Return the text without what surely does not belong to it, and every spot that needs a person's eye."""
    traced = TracedText.of(text)
    removals: list[TextSpot] = []
    for kind, rule in RULES:
        traced, removed = traced.apply(kind, rule)
        removals += removed
    found = tuple(traced.spot(*finding) for finding in _findings(traced.text))
    return Cleaned(traced.text, tuple(sorted(removals, key=_place)), found)


def suspicions(text: str) -> tuple[TextSpot, ...]:
    """Return the spots of a text that look wrong, in reading order, without changing anything."""
    traced = TracedText.of(text)
    return tuple(traced.spot(*finding) for finding in _findings(traced.text))


def _findings(text: str) -> list[tuple[str, int, int, str]]:
    broken = broken_spots(text)
    inside = [range(start, end) for _, start, end, _ in broken]
    others = [found for found in slips(text) if not any(found[1] in span for span in inside)]
    return sorted([*broken, *others], key=lambda found: found[1])


def _place(spot: TextSpot) -> tuple[int, int]:
    return spot.line, spot.column
