"""Numbers as people write them, and numbers with a unit."""

import re
from collections.abc import Iterator

NUMERAL = r"\d{1,3}|[零一二三四五六七八九十两]{1,3}|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|one|two|three|four|five|six|seven|eight|nine|ten"
_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_ENGLISH = {
    word: number
    for words in (
        "one two three four five six seven eight nine ten",
        "first second third fourth fifth sixth seventh eighth ninth tenth",
    )
    for number, word in enumerate(words.split(), 1)
}
_HAN = re.compile(r"[零一二三四五六七八九十百千万亿两]+")
_QUANTITY = re.compile(
    rf"(百分之)?(\d[\d,.]*[万亿千百]?|{_HAN.pattern})\s*(%|[\u4e00-\u9fff]|[a-z]+)?", re.IGNORECASE
)


def number_of(text: str) -> int:
    """Return what a numeral stands for: 12, 十二, twelfth up to ten; 0 for none."""
    if text.isdecimal():
        return int(text)
    if text in _ENGLISH:
        return _ENGLISH[text]
    return int(_value(text)) if _HAN.fullmatch(text) else 0


def quantities(text: str) -> Iterator[tuple[float, str, str]]:
    """Yield each number of a text: what it is, its unit, and how it is written."""
    for match in _QUANTITY.finditer(text):
        percent, number, unit = match.groups()
        value = _value(number) if _HAN.fullmatch(number) else _plain_value(number)
        yield value, "%" if percent else (unit or "").lower(), match[0].strip()


def _value(written: str) -> float:
    """Return the value of a Chinese numeral: 十二, 两百五十, 三万."""
    total = part = digit = 0.0
    for char in written:
        if char in _DIGITS:
            digit = digit * 10 + _DIGITS[char]
        elif char in "十百千":
            part += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        else:
            total = (total + part + digit or 1) * {"万": 1e4, "亿": 1e8}[char]
            part = digit = 0
    return total + part + digit


def _plain_value(written: str) -> float:
    factor = {"万": 1e4, "亿": 1e8, "千": 1e3, "百": 1e2}.get(written[-1], 1.0)
    digits = written.rstrip("万亿千百").replace(",", "").rstrip(".")
    return float(digits) * factor if digits.count(".") < 2 and digits else 0.0  # noqa: PLR2004
