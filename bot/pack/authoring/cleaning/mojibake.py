"""Characters that no author wrote: mojibake. Reported with what it may have been, never changed."""

import re
from collections.abc import Iterator

from bot.text.folding import to_simplified, to_traditional

Finding = tuple[str, int, int, str]  # kind, start, end, suggestion

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


def broken_spots(text: str) -> list[Finding]:
    """Return every spot that looks like mojibake, in order, none inside another, with what may be meant."""
    found: list[Finding] = []
    for spot in sorted(_candidates(text), key=lambda spot: (spot[1], -spot[2])):
        if not found or spot[1] >= found[-1][2]:
            found.append(spot)
    return found


def _candidates(text: str) -> Iterator[Finding]:
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
