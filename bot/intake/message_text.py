"""The words of a message, from raw JSON: text, caption, rich message (Bot API 10.1) or what else speaks."""

from typing import Any

from bot.text.rich_message import rich_text

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
