"""Slips of a conversion from simplified to traditional: 沖擊 where 衝擊 is meant, 鏡頭里 where 鏡頭裡 is."""

import re
from collections.abc import Iterator

from bot.text.folding import to_simplified, to_traditional

Finding = tuple[str, int, int, str]  # kind, start, end, suggestion

# What stands in the text, and what it may stand for. Pairs that Taiwan writes either way (台臺, 周週, 占佔,
# 布佈, 注註, 借藉) are left out: they would cry wolf.
PAIRS = frozenset(
    pair
    for line in (
        "沖衝 制製 里裡 云雲 并並 后後 范範 愿願 么麼 涌湧 于於 淀澱 盡儘 復複 涂塗 筑築 游遊 系係 系繫",
        "征徵 郁鬱 吁籲 谷穀 出齣 余餘 面麵 表錶 志誌 致緻 折摺 曲麴 朴樸 別彆 杠槓 扎紮 采採 胡鬍 胡衚",
        "卷捲 秋鞦 千韆 干乾 干幹 發髮 髮發 托託 舍捨 辟闢 准準 臟髒 斗鬥 丑醜 划劃 仆僕 叶葉 洒灑 松鬆",
        "几幾 向嚮 困睏 胜勝 姜薑 沈瀋 蔑衊 御禦 咸鹹 冬鼕 佣傭 价價 据據 体體 听聽 与與 个個 丰豐 板闆",
        "柜櫃 极極 种種 签籤 虫蟲 触觸 适適 鐘鍾 鍾鐘 須鬚 霉黴 宁寧 昆崑 当當 歷曆 曆歷 匯彙 症癥",
    )
    for pair in line.split()
)
_NOTICES = (
    "本文僅(?:代表|供)|本文仅(?:代表|供)|以上內容僅代表|免責聲明|免责声明|版權聲明|版权声明|版權所有|版权所有",
    "轉載聲明|转载声明|未經(?:授權|許可)|未经(?:授权|许可)|(?:如需)?轉載請|(?:如需)?转载请",
    "如有侵權|如有侵权|all rights reserved|copyright|©",
)
NOTICE = re.compile(rf"^[ \t\u3000【\[(（*]*(?:{'|'.join(_NOTICES)}).*$", re.MULTILINE | re.IGNORECASE)


def slips(text: str) -> Iterator[Finding]:
    """Yield characters that a converter probably chose wrongly, and lines that speak of copyright."""
    for match in NOTICE.finditer(text):
        yield "notice", match.start(), match.end(), "這不是正文：請把授權寫進 pack.md 的「授權」一行"
    if not is_traditional(text):
        return
    for match in re.finditer(r".+", text):
        yield from _in_line(match.group(), match.start())


def _in_line(line: str, offset: int) -> Iterator[Finding]:
    meant = to_traditional(to_simplified(line))
    if len(meant) != len(line):  # a converter that changes lengths cannot be compared character by character
        return
    for index, (here, there) in enumerate(zip(line, meant, strict=True)):
        if here + there in PAIRS:
            yield "slip", offset + index, offset + index + 1, there


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
