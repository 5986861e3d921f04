"""What a message in Telegram Desktop's JSON says, and what kind of message it is."""

import re
from typing import Any

from bot.text.rich_message import rich_text
from db.exports.as_telegram import BULLET, MEDIA
from db.imports.found import Bad, cleaned

_KINDS = {theirs: ours for ours, theirs in MEDIA.items()}
_OUR_KIND = re.compile(r"[a-z_]{1,20}")
_BY_KEY = (  # the telling one comes first: a place carries a location beside it
    ("photo", "photo"),
    ("poll", "poll"),
    ("todo_list", "checklist"),
    ("game_title", "game"),
    ("invoice_information", "invoice"),
    ("rich_message", "rich"),
    ("place_name", "venue"),
    ("location_information", "location"),
    ("contact_information", "contact"),
    ("file", "document"),
)
_COMMAND = re.compile(r"/[a-zA-Z0-9_]{1,64}(@\w+)?(?=\s|$)")
_NO_CONTENT = re.compile(  # what every message may carry
    r"id|type|(date|edited)(_unixtime)?|(from|forwarded_from)(_id)?|author|saved_from|via_bot"
    r"|reply_to_(message|peer)_id|text(_entities)?|reactions|inline_bot_buttons"
)


def kind_of(value: dict[str, Any]) -> str:
    """Return our word for what the message is; what we do not know is a document or text."""
    ours = value.get("wendu_kind")
    if isinstance(ours, str) and _OUR_KIND.fullmatch(ours):
        return ours
    if "media_type" in value:
        return _KINDS.get(str(value["media_type"]), "document")
    found = next((kind for key, kind in _BY_KEY if key in value), "")
    return found or ("inline" if isinstance(value.get("via_bot"), str) else "text")


def words_of(value: dict[str, Any], kind: str, *, may_be_empty: bool) -> str:
    """Return what the message says: text, a caption, an emoji, what a poll or a list asks.

    Raises:
        Bad: the words are no text, too long, or there are none where nothing else speaks.
    """
    words = cleaned(text_of(value) or _other_words(value, kind))
    if kind == "text" and not words.strip() and not may_be_empty:
        unknown = "、".join(sorted(key for key in value if not _NO_CONTENT.fullmatch(key))[:5])
        raise Bad(f"沒有文字 {unknown} / it has no words {unknown}".replace("  ", " ").strip())
    return words


def text_of(value: dict[str, Any]) -> str:
    """Return the text, or its pieces put together."""
    said = value.get("text") or value.get("text_entities") or ""
    if isinstance(said, list):
        parts = (part.get("text") if isinstance(part, dict) else part for part in said)
        return "".join(_string(part, "text") for part in parts)
    return _string(said, "text")


def command_of(value: dict[str, Any]) -> str:
    """Return the command that the text or caption begins with, such as /ask@wendu_bot; empty: none."""
    said = value.get("text") or value.get("text_entities")
    first = said[0] if isinstance(said, list) and said else said
    if isinstance(first, dict):
        return str(first.get("text")) if first.get("type") == "bot_command" else ""
    found = _COMMAND.match(first) if isinstance(first, str) else None
    return found[0] if found else ""


def mentions_in(value: dict[str, Any]) -> list[str]:
    """Return the usernames that the text or caption names, casefolded and without @."""
    pieces = value.get("text_entities") or value.get("text")
    if not isinstance(pieces, list):
        return []
    marked = (piece for piece in pieces if isinstance(piece, dict) and piece.get("type") == "mention")
    return [str(piece.get("text")).lstrip("@").casefold() for piece in marked]


def _other_words(value: dict[str, Any], kind: str) -> str:
    if kind == "sticker":
        return _string(value.get("sticker_emoji", ""), "sticker_emoji")
    if kind in {"poll", "checklist"}:
        listed = value.get("poll") or value.get("todo_list")
        return _listed(listed) if isinstance(listed, dict) else ""
    if kind == "rich":
        return rich_text(value.get("rich_message"))
    if kind == "invoice" and isinstance(value["invoice_information"], dict):
        return _lines(value["invoice_information"], "title", "description")
    return _lines(value, "game_title", "game_description", "place_name")


def _listed(listed: dict[str, Any]) -> str:
    """Return what a poll or a list asks, and its lines."""
    answers = [answer for answer in listed.get("answers") or () if isinstance(answer, dict)]
    head = _string(_plain(listed.get("question", listed.get("title", ""))), "question")
    return "\n".join([head, *(BULLET + _string(_plain(each.get("text", "")), "answer") for each in answers)])


def _plain(value: Any) -> Any:
    """Return the text, put together where it is in pieces."""
    return rich_text(value) if isinstance(value, dict | list) else value


def _lines(holder: dict[str, Any], *keys: str) -> str:
    return "\n".join(_string(holder[key], key) for key in keys if holder.get(key))


def _string(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise Bad(f"{what} 不是文字 / {what} is not text")
    return value
