"""What Telegram finds in plain text by itself: commands, mentions, hashtags, addresses (in UTF-16 units)."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from telegram import MessageEntity

_KINDS = (
    (
        "url",
        re.compile(
            r"(?:https?|ftp)://[^\s<>\"]+|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|org|net|me|tw|io|edu)\b[^\s<>\"]*",
            re.IGNORECASE,
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("bot_command", re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d_])\w{1,256}")),
)  # in the order in which they win where they overlap
_OPAQUE = frozenset({"code", "pre", "text_link"})  # nothing is looked for inside these
_ORDER = (
    "blockquote",
    "expandable_blockquote",
    "pre",
    "text_link",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
)


def utf16(text: str) -> int:
    """Return how many UTF-16 code units `text` takes."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, entity: MessageEntity) -> str:
    """Return the part of `text` that `entity` covers."""
    raw = text.encode("utf-16-le")
    return raw[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le", "replace")


def find_entities(text: str, given: Sequence[MessageEntity] = ()) -> tuple[MessageEntity, ...]:
    """Return `given` with what Telegram detects in `text` beside it, sorted as Telegram sorts."""
    taken = [(e.offset, e.offset + e.length) for e in given if e.type in _OPAQUE]
    found = list(given)
    for kind, pattern in _KINDS:
        for match in pattern.finditer(text):
            words = match.group().rstrip(".,;:!?)]}'，。、！？；：）」』") if kind == "url" else match.group()
            start = utf16(text[: match.start()])
            end = start + utf16(words)
            if any(start < until and begin < end for begin, until in taken):
                continue
            taken.append((start, end))
            found.append(MessageEntity(kind, start, end - start))
    return in_order(found)


def in_order(entities: Iterable[MessageEntity]) -> tuple[MessageEntity, ...]:
    """Sort by place, the longer before the shorter, blocks before letters."""

    def key(entity: MessageEntity) -> tuple[int, int, int]:
        rank = _ORDER.index(entity.type) if entity.type in _ORDER else len(_ORDER)
        return entity.offset, -entity.length, rank

    return tuple(sorted(entities, key=key))


def trim(text: str, entities: Iterable[MessageEntity]) -> tuple[str, tuple[MessageEntity, ...]]:
    """Return `text` without white space at its ends, and `entities` moved and cut to fit it."""
    kept = text.strip()
    lost, length = utf16(text[: len(text) - len(text.lstrip())]), utf16(kept)
    fitted = []
    for entity in entities:
        begin, end = max(entity.offset - lost, 0), min(entity.offset + entity.length - lost, length)
        if begin < end:
            fitted.append(MessageEntity(**{**_plain(entity), "offset": begin, "length": end - begin}))
    return kept, tuple(fitted)


def _plain(entity: MessageEntity) -> dict[str, Any]:
    names = ("type", "url", "user", "language", "custom_emoji_id")
    return {name: getattr(entity, name) for name in names}
