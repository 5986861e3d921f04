"""The key lines of a pack's Markdown: what they may be called, and how lists are written."""

import re
from dataclasses import dataclass

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
