"""What went wrong in a text before it came here: mojibake, slips of a conversion between scripts."""

import re
from collections.abc import Iterator

from bot.text.dictionary import is_word
from bot.text.folding import to_simplified, to_traditional
from bot.text.parts_of_speech import aligned, tagged

DamageSpot = tuple[str, int, int, str]  # kind, start, end, suggestion

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_SHIFTED = f"[{_HAN}\uff01-\uff5e\u2000-\u33ff]"
# A page in GBK whose reader lost a byte: the closing 。” becomes ?！ and what follows is read one byte late,
# until a Latin letter or a question mark brings the bytes back into step.
_LOST_BYTE = re.compile(
    rf"\?(?:[!！]\?/\w+>|[!！]{_SHIFTED}*[a-zA-Z@?\[-`{{-~]?|\?(?=[{_HAN}]){_SHIFTED}*[a-zA-Z@\[-`{{-~]?)"
)
# The same, where a pinyin note was put into the break and lost its opening bracket: 發展?fàn)顩r.
_FRAGMENT = re.compile(
    rf"\?([a-zü\u00e0-\u01dc\u0103\u0115\u012d\u014f\u016d]{{1,6}}\))({_SHIFTED}+[a-zA-Z@\[-`{{-~])"
)
_PLAIN = re.compile(r"\?！|\?{2,}(?=\S)|\ufffd+|(?:锟斤拷|錕斤拷|烫烫烫|屯屯屯)+|\?/\w+>")
_UTF8_AS_LATIN = re.compile(r"(?:[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u2122]{1,3}){2,}")
_RARE_RUN = re.compile(rf"[{_HAN}]{{3,}}")
_UNKNOWN = "□"
_COMMON_GB, _COMMON_BIG5 = 0xD8, 0xC7  # lead bytes below these hold the everyday characters of each set
# What stands in the text, and what it may stand for. Pairs that Taiwan writes either way (台臺, 周週, 占佔,
# 布佈, 注註, 借藉) are left out: they would cry wolf.
PAIRS = frozenset(
    pair
    for line in (
        "沖衝 制製 里裡 云雲 并並 后後 范範 愿願 么麼 涌湧 于於 淀澱 盡儘 復複 涂塗 筑築 游遊 系係 系繫",
        "征徵 郁鬱 吁籲 谷穀 出齣 余餘 面麵 表錶 志誌 致緻 折摺 曲麴 朴樸 別彆 杠槓 扎紮 采採 胡鬍 髒臟",
        "卷捲 秋鞦 千韆 干乾 干幹 發髮 髮發 托託 舍捨 辟闢 准準 臟髒 斗鬥 丑醜 划劃 仆僕 叶葉 洒灑 松鬆",
        "几幾 向嚮 困睏 胜勝 姜薑 沈瀋 蔑衊 御禦 咸鹹 冬鼕 佣傭 价價 据據 体體 听聽 与與 个個 丰豐 板闆",
        "柜櫃 极極 种種 签籤 虫蟲 触觸 适適 鐘鍾 鍾鐘 須鬚 霉黴 宁寧 昆崑 当當 歷曆 曆歷 匯彙 症癥 復覆 覆複",
    )
    for pair in line.split()
)
_WRONG = frozenset(pair[0] for pair in PAIRS)
ALONE = frozenset("里么")  # converted wrongly as words of one character too
EITHER_WAY = frozenset(
    ["复习", "县志", "方志", "地方志", "扎根", "胶卷", "词汇", "表演", "台风"]
)  # people write these both ways
_NOTICES = (
    "本文僅(?:代表|供)|本文仅(?:代表|供)|以上內容僅代表|免責聲明|免责声明|版權聲明|版权声明|版權所有|版权所有",
    "轉載聲明|转载声明|未經(?:授權|許可)|未经(?:授权|许可)|(?:如需)?轉載請|(?:如需)?转载请",
    "如有侵權|如有侵权|all rights reserved|copyright|©",
)
NOTICE = re.compile(rf"^[ \t\u3000【\[(（*]*(?:{'|'.join(_NOTICES)}).*$", re.MULTILINE | re.IGNORECASE)


def broken_spots(text: str) -> list[DamageSpot]:
    """Return every spot that looks like mojibake, in order, none inside another, with what may be meant."""
    found: list[DamageSpot] = []
    for spot in sorted(_candidates(text), key=lambda spot: (spot[1], -spot[2])):
        if not found or spot[1] >= found[-1][2]:
            found.append(spot)
    return found


def _candidates(text: str) -> Iterator[DamageSpot]:
    for match in _LOST_BYTE.finditer(text):
        length, meant = _shifted(match.group())
        if meant.startswith(("。”", "。“")) or match.group().startswith("??"):  # ?! alone is an author's own
            yield "broken", match.start(), match.start() + length, meant
    for match in _FRAGMENT.finditer(text):
        length, meant = _resync(b"\xa1", match.group(2))
        yield "fragment", match.start(), match.start(2) + length, _UNKNOWN + meant[1:]
    for match in _PLAIN.finditer(text):
        yield "broken", match.start(), match.end(), ""
    for match in _UTF8_AS_LATIN.finditer(text):
        yield "broken", match.start(), match.end(), _latin(match.group())
    for start, end in _impossible(text):
        yield "broken", start, end, ""


def _shifted(run: str) -> tuple[int, str]:
    """Return how much of a run was read one byte late, and what it says when the lost byte A1 is put back."""
    if run.endswith(">"):
        return len(run), "。”"
    marks = str.maketrans("?!", "？！")  # made half-width afterwards, by somebody's tidying
    length, meant = _resync(b"\xa1", run[1:].removesuffix("?").translate(marks))
    if length == len(run) - 1 or not run.endswith("?"):
        return length + 1, meant
    return len(run), meant.removesuffix(_UNKNOWN) + _UNKNOWN


def _resync(lost: bytes, run: str) -> tuple[int, str]:
    """Return how many characters it takes until bytes and characters are in step again, and what they say."""
    raw, meant = lost, ""
    for length, char in enumerate(run, 1):
        raw += char.encode("gb18030")
        meant = raw.decode("gb18030", "replace")
        if "\ufffd" not in meant:
            return length, meant
    return len(run), meant.replace("\ufffd", _UNKNOWN)


def _latin(run: str) -> str:
    for codec in ("latin-1", "cp1252"):
        try:
            return run.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    return ""


def _impossible(text: str) -> Iterator[tuple[int, int]]:
    """Yield runs of three rare characters in a row that mix the two scripts: no author writes 锲娴囆."""
    for match in _RARE_RUN.finditer(text):
        for run in re.finditer("r{3,}", "".join("r" if is_rare(char) else "." for char in match.group())):
            piece = match.group()[run.start() : run.end()]
            if to_simplified(piece) != piece != to_traditional(piece):
                yield match.start() + run.start(), match.start() + run.end()


def is_rare(char: str) -> bool:
    """Tell whether a character is outside the everyday characters of both scripts."""
    gb, big5 = char.encode("gb2312", "ignore"), char.encode("big5", "ignore")
    return not (gb and gb[0] < _COMMON_GB) and not (big5 and big5[0] < _COMMON_BIG5)


def slips(text: str) -> Iterator[DamageSpot]:
    """Yield characters that a converter probably chose wrongly, and lines that speak of copyright."""
    for match in NOTICE.finditer(text):
        yield "notice", match.start(), match.end(), "這不是正文：請把授權寫進 pack.md 的「授權」一行"
    if not is_traditional(text):
        return
    for match in re.finditer(r".+", text):
        yield from _in_line(match.group(), match.start())


def _in_line(line: str, offset: int) -> Iterator[DamageSpot]:
    """Yield the slips of a line: in an everyday word, where the word alone is converted otherwise."""
    at = 0
    for written, plain, _ in tagged(line):
        for start, word in _everyday(line, at, written, plain):
            meant = to_traditional(word)
            for place, pair in enumerate(zip(line[start : start + len(word)], meant, strict=False)):
                if "".join(pair) in PAIRS and at <= start + place < at + len(written):
                    yield "slip", offset + start + place, offset + start + place + 1, pair[1]
        at += len(written)


def _everyday(line: str, at: int, written: str, plain: str) -> Iterator[tuple[int, str]]:
    """Yield where an everyday word begins, simplified; one character alone may be anybody's name."""
    if len(plain) > 1:
        if is_word(plain) and plain not in EITHER_WAY:
            yield at, plain
    elif written in _WRONG:
        around = aligned(line)
        pairs = [(start, around[start : start + 2]) for start in (at - 1, at) if start >= 0]
        found = [
            (start, pair)
            for start, pair in pairs
            if len(pair) > 1 and is_word(pair) and pair not in EITHER_WAY
        ]
        yield from found[:1] or ([(at, plain)] if plain in ALONE else [])


def is_traditional(text: str) -> bool:
    """Tell whether a text is written in traditional characters, by which script more of it belongs to."""
    sample = "".join(re.findall(r"[\u3400-\u9fff]", text[:20_000]))
    simple = sum(a != b for a, b in zip(sample, to_simplified(sample), strict=False))
    full = sum(a != b for a, b in zip(sample, to_traditional(sample), strict=False))
    return simple > full


def strays(text: str, *, traditional: bool) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, what is meant) of characters that belong to the other script than the text's."""
    other = to_traditional(to_simplified(text)) if traditional else to_simplified(text)
    codec, edge = ("big5", 0xC9) if traditional else ("gb2312", 0xF8)
    if len(other) != len(text):
        return
    for index, (here, there) in enumerate(zip(text, other, strict=True)):
        code = here.encode(codec, "ignore")
        foreign = not code or code[0] >= edge  # what the script's own everyday set does not have
        if (
            here != there
            and not _mentioned(text, index)
            and (foreign or (traditional and here + there in PAIRS))
        ):
            yield index, index + 1, there


def _mentioned(text: str, index: int) -> bool:
    """Tell whether a character is spoken of rather than used: alone or nearly so in brackets or quotes."""
    before, after = text[max(0, index - 5) : index], text[index + 1 : index + 6]
    opened = max(before.rfind(mark) for mark in "「『（(“") > max(before.rfind(mark) for mark in "」』）)”")
    closed = re.match(r"[^「『（(“]{0,4}[」』）)”]", after)
    return opened and closed is not None
