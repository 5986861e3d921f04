"""The words of a message, from raw JSON: text, caption, rich message (Bot API 10.1) or what else speaks."""

from typing import Any

MEDIA = (
    "photo",
    "live_photo",
    "video",
    "animation",
    "audio",
    "voice",
    "video_note",
    "document",
    "sticker",
    "paid_media",
    "poll",
    "checklist",
    "story",
    "venue",
    "location",
    "contact",
    "dice",
    "game",
)  # animations carry a document and venues a location beside them: the telling one comes first
_DEEP = 40


def clean(text: str) -> str:
    """Return the text as it can be stored: lone surrogates and NUL become U+FFFD, split pairs are joined."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", "\ufffd")


def kind_of(message: dict[str, Any]) -> str:
    """Return what the message is: text, rich, photo …; empty for service messages and what we do not know.

    inline: words that somebody had a bot write for them, chosen from its list and posted in their name.
    """
    if isinstance(message.get("text"), str) or "rich_message" in message:
        if isinstance(message.get("via_bot"), dict):
            return "inline"
        return "text" if isinstance(message.get("text"), str) else "rich"
    found = next((kind for kind in MEDIA if kind in message), "")
    return found or ("other" if isinstance(message.get("caption"), str) else "")


def marked_words(message: dict[str, Any]) -> tuple[Any, Any]:
    """Return the text of the message, else its caption, with what Telegram marked in it; unchecked."""
    if "text" in message:
        return message["text"], message.get("entities")
    return message.get("caption"), message.get("caption_entities")


def words_of(message: dict[str, Any]) -> str:
    """Return what the message says, cleaned; empty where it has no words."""
    for key in ("text", "caption"):
        if isinstance(message.get(key), str):
            return clean(message[key])
    if "rich_message" in message:
        return clean(rich_text(message["rich_message"]))
    return clean(_other_words(message))


def _other_words(message: dict[str, Any]) -> str:
    """Return a sticker's or dice's emoji, a poll's question with its options, a checklist's lines."""
    for kind, key in (("sticker", "emoji"), ("dice", "emoji"), ("venue", "title"), ("game", "title")):
        inner = message.get(kind)
        if isinstance(inner, dict):
            return str(inner.get(key) or "")
    for kind, key, lines in (("poll", "question", "options"), ("checklist", "title", "tasks")):
        inner = message.get(kind)
        if isinstance(inner, dict):
            rows = [row for row in inner.get(lines) or [] if isinstance(row, dict)]
            return "\n".join([str(inner.get(key) or ""), *(f"• {row.get('text') or ''}" for row in rows)])
    return ""


def rich_text(rich: Any) -> str:
    """Return the words of a rich message, one block a line."""
    if not isinstance(rich, dict):
        return _inline(rich)
    return "\n".join(line for line in _lines(rich) if line.strip())


def _lines(block: Any, depth: int = 0) -> list[str]:
    if not isinstance(block, dict) or depth > _DEEP:
        return [_inline(block)]
    lines = [_inline(block[key]) for key in ("label", "summary", "text", "expression") if key in block]
    for key in ("blocks", "items"):
        inner = block.get(key)
        for part in inner if isinstance(inner, list) else ():
            lines += _lines(part, depth + 1)
    cells = block.get("cells")
    for row in cells if isinstance(cells, list) else ():
        lines.append(" | ".join(map(_inline, row)) if isinstance(row, list) else _inline(row))
    caption = block.get("caption")
    if isinstance(caption, dict):
        lines += _lines(caption, depth + 1)
    elif caption is not None:
        lines.append(_inline(caption))
    return lines + ([_inline(block["credit"])] if "credit" in block else [])


def _inline(part: Any, depth: int = 0) -> str:
    """Return the words of a piece of rich text: a string, a list of pieces, or a piece in some dress."""
    if isinstance(part, str):
        return part
    if depth > _DEEP:
        return ""
    if isinstance(part, list):
        return "".join(_inline(inner, depth + 1) for inner in part)
    if isinstance(part, dict):
        for key in ("text", "expression", "alternative_text", "button"):
            if key in part:
                return _inline(part[key], depth + 1)
    return ""
