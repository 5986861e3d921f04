"""The key lines of a pack's Markdown: what they may be called, how lists are written, values checked."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.pack.problems import PackProblems

# One row a key: the name in code, the name shown to teachers, and all that may be written, folded.
PACK_KEYS = {
    "author": ("作者", "author"),
    "source": ("來源", "来源", "source"),
    "licence": ("授權", "授权", "licence", "license"),
    "paragraphs": ("段落", "paragraphs"),
    "language": ("語言", "语言", "language"),
    "full_text": ("全文", "full text", "fulltext"),
}
SNIPPET_KEYS = {
    "keywords": ("關鍵詞", "关键词", "關鍵字", "关键字", "keywords", "keyword"),
    "aliases": ("別名", "别名", "aliases", "alias"),
    "source": ("出處", "出处", "來源", "来源", "source", "sources"),
    "related": ("相關", "相关", "related"),
    "absent": ("沒提到", "没提到", "absent", "not mentioned"),
    "gloss": ("english", "英文", "gloss"),
    "status": ("狀態", "状态", "status"),
}
PROMPT_KEYS = {
    "phase": ("階段", "阶段", "phase"),
    "minutes": ("時間", "时间", "minutes", "time"),
    "for": ("正方", "for"),
    "against": ("反方", "against"),
    "follow_ups": ("追問", "追问", "follow-ups", "follow-up", "followups"),
    "gloss": ("english", "英文", "gloss"),
}
PHASES = {
    "暖身": ("暖身", "warm-up", "warmup"),
    "細讀": ("細讀", "细读", "close reading", "reading"),
    "立場": ("立場", "立场", "stance"),
    "交鋒": ("交鋒", "交锋", "debate"),
    "綜合": ("綜合", "综合", "synthesis"),
}
DRAFT = ("草稿", "draft")
INCLUDED = {
    "yes": ("收錄", "收录", "included", "yes"),
    "no": ("不收錄", "不收录", "not included", "not", "no"),
}

_LINE = re.compile(
    r"^\s{0,3}(?P<key>[^\s:：，。！？!?][^:：，。！？!?]{0,19}?)\s*[:：](?!//)\s*(?P<value>.*)$"
)
_ITEM = re.compile(r"(?:《[^》]*》|「[^」]*」|“[^”]*”|[^,，、;；])+")
_SENTENCES = re.compile(r"\s*[;；]\s*")
SLUG = re.compile(
    r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?"
)  # 40 at most: it travels in 64 bytes of callback data
_SOURCE = re.compile(r"[PpＰ]\s*(\d{1,4})(?:\s*[-–—~～至]\s*[PpＰ]?\s*(\d{1,4}))?")
_JOINTS = re.compile(r"[\s,，、;；和與及]*")


@dataclass(frozen=True)
class KeyLine:
    """A line `key: value` as it was written."""

    key: str
    value: str
    line: int
    written: str = ""  # the whole line


def key_line(text: str, line: int) -> KeyLine | None:
    """Return the line as a key and its value, or None when it does not look like one."""
    match = _LINE.match(text)
    if not match:
        return None
    return KeyLine(match["key"].strip(), match["value"].strip(), line, text.strip())


def known(written: str, table: dict[str, tuple[str, ...]]) -> str:
    """Return the name in code of what was written, or an empty text."""
    word = " ".join(written.lower().split())
    return next((name for name, spellings in table.items() if word in spellings), "")


def is_key(written: str) -> bool:
    """Return whether any file of a pack has a key of that name."""
    return any(known(written, table) for table in (PACK_KEYS, SNIPPET_KEYS, PROMPT_KEYS))


def items(value: str) -> tuple[str, ...]:
    """Return a list's items, separated by , ， 、 ; or ；, each once, in order.

    A separator inside 《》, 「」 or quotes belongs to the item.
    """
    return tuple(dict.fromkeys(item for item in map(str.strip, _ITEM.findall(value)) if item))


def sentences(value: str) -> tuple[str, ...]:
    """Return sentences separated by ; or ；."""
    return tuple(dict.fromkeys(item for item in map(str.strip, _SENTENCES.split(value)) if item))


def take_keys(
    lines: Iterable[KeyLine], table: Mapping[str, tuple[str, ...]], problems: PackProblems
) -> dict[str, KeyLine]:
    """Return key lines by their name in code; unknown and repeated ones are noted."""
    found: dict[str, KeyLine] = {}
    for line in lines:
        name = known(line.key, dict(table))
        if not name:
            shown = "、".join(spellings[0] for spellings in table.values())
            problems.add("unknown-key", line.line, key=line.key, known=shown)
        elif name in found:
            problems.add("repeated-key", line.line, key=line.key)
        else:
            found[name] = line
    return found


def number(line: KeyLine | None, low: int, high: int, default: int, problems: PackProblems) -> int:
    """Return a whole number between low and high, or the default after noting what is wrong."""
    if line is None:
        return default
    match = re.match(r"\d{1,6}", line.value)
    if match and low <= int(match[0]) <= high:
        return int(match[0])
    problems.add("bad-number", line.line, value=line.value, low=low, high=high)
    return default


def source(line: KeyLine | None, count: int, problems: PackProblems) -> tuple[tuple[int, ...], str]:
    """Return the paragraphs and the speaker of a line such as `P5、P8-P9 劉姝銘`."""
    if line is None:
        return (), ""
    paragraphs: list[int] = []
    at = 0
    while match := _SOURCE.match(line.value, at):
        first, last = int(match[1]), int(match[2] or match[1])
        wrong = next((n for n in (first, last) if not 1 <= n <= count), None)
        if wrong is not None:
            problems.add("outside", line.line, number=wrong, count=count)
        elif last < first:
            problems.add("bad-source", line.line, value=line.value)
        else:
            paragraphs += range(first, last + 1)
        at = match.end()
        at += len(joint[0]) if (joint := _JOINTS.match(line.value, at)) else 0
    if at == 0:
        problems.add("bad-source", line.line, value=line.value)
    return tuple(dict.fromkeys(paragraphs)), line.value[at:].strip(" ・·")


def slugs(
    line: KeyLine | None, values: Iterable[str], known_slugs: frozenset[str], problems: PackProblems
) -> None:
    """Note every slug of that line that no snippet has."""
    for value in values:
        if line is not None and value not in known_slugs:
            problems.add("dangling", line.line, slug=value, near=nearest(value, known_slugs))


def nearest(slug: str, known_slugs: Iterable[str]) -> str:
    """Return advice that names the slug that looks most like this one."""
    from rapidfuzz import process  # noqa: PLC0415  only needed when something is wrong

    best = process.extractOne(slug, sorted(known_slugs), score_cutoff=60)
    return f"是不是「{best[0]}」？" if best else "寫 snippets.md 裡有的代號"


def derive_slug(title: str) -> str:
    """Return a slug from a title: its pinyin, its Latin letters and digits."""
    from bot.text.pinyin import syllables  # noqa: PLC0415  only for headings without a slug

    text = "-".join(syllables(title))
    return re.sub(r"-+", "-", re.sub(r"[^a-z0-9]+", "-", text))[:40].strip("-")
