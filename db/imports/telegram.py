"""Telegram Desktop's result.json of one group, read into messages."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from db.exports.as_telegram import BULLET, MEDIA
from db.imports.found import NAME_LIMIT, Bad, Discussion, Message, Problem, Unreadable, cleaned
from db.imports.json_stream import members, read_json

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST = 2**63
_KINDS = {theirs: ours for ours, theirs in MEDIA.items()}
_PEERS = {"user": 1, "chat": -1, "channel": -1}
_ALL_OF_IT = (
    "這是整個帳號的匯出；請在 Telegram Desktop 打開那個群組，選「匯出聊天記錄」"
    " / this is a whole account: open the group in Telegram Desktop and choose “Export chat history”"
)
_NO_CHAT = "找不到群組編號 / it does not say which chat it is: no id, or no messages"
Unknown = Callable[[str], int]  # gives a number to somebody of whom only the name is known


def read(path: Path, unknown: Unknown) -> Discussion:
    """Return what is in the file; `unknown` gives a number to who has none.

    Raises:
        Unreadable: it is no export of one chat, too large, or nested too deeply.
    """
    found = Discussion(0, "")
    head: dict[str, Any] = {}
    count = 0
    for key, value in members(read_json(path)):
        if key == "messages":
            count += 1
            _take(found, value, count, unknown)
        elif key:
            head[key] = value
        else:
            found.problems.append(Problem(f"第 {count} 則之後 / after message {count}", value))
    if "chats" in head:
        raise Unreadable(_ALL_OF_IT)
    if not _is_number(head.get("id")) or not count:
        raise Unreadable(_NO_CHAT)
    found.chat_id = _chat(head["id"], str(head.get("type")))
    found.title = _short(head.get("name"))
    ours = head.get("wendu")
    found.aliased = isinstance(ours, dict) and ours.get("names") is False
    return found


def _take(found: Discussion, value: Any, count: int, unknown: Unknown) -> None:
    try:
        message = _message(value, unknown)
    except Bad as bad:
        number = value.get("id") if isinstance(value, dict) else None
        where = f"第 {count} 則（id {number}） / message {count}" if _is_number(number) else f"第 {count} 則"
        found.problems.append(Problem(where, str(bad)))
        return
    if message is None:
        found.passed_over += 1
    else:
        found.messages.append(message)


def _message(value: Any, unknown: Unknown) -> Message | None:
    """Return the message; None for what nobody said, such as somebody joining.

    Raises:
        Bad: it is not a message.
    """
    if not isinstance(value, dict):
        raise Bad("不是物件 / not an object")
    if value.get("type") in {"service", "unsupported"}:
        return None
    if value.get("type") != "message":
        raise Bad("type 不是 message / its type is not message")
    kind = _kind(value)
    sent_at = _moment(value, "date")
    reply = value.get("reply_to_message_id")
    name = _short(value.get("from")) or "已刪除的帳號"
    return Message(
        message_id=_number(value.get("id"), "id"),
        telegram_id=_peer(value.get("from_id"), name, unknown),
        name=name,
        sent_at=sent_at,
        written_at=max(sent_at, _moment(value, "edited")) if "edited_unixtime" in value else sent_at,
        text=cleaned(_words(value, kind)),
        kind=kind,
        reply_to=None if reply is None else _number(reply, "reply_to_message_id"),
    )


def _kind(value: dict[str, Any]) -> str:
    """Return our word for what the message is; what we do not know is a document or text."""
    if isinstance(value.get("wendu_kind"), str) and value["wendu_kind"].isalpha():
        return str(value["wendu_kind"])[:20]
    if "media_type" in value:
        return _KINDS.get(str(value["media_type"]), "document")
    for key, kind in (("photo", "photo"), ("poll", "poll"), ("file", "document")):
        if key in value:
            return kind
    for key, kind in (("place_name", "venue"), ("location_information", "location")):
        if key in value:
            return kind
    if "contact_information" in value:
        return "contact"
    return "inline" if isinstance(value.get("via_bot"), str) else "text"


def _words(value: dict[str, Any], kind: str) -> str:
    """Return what the message says: text, a caption, a sticker's emoji, a poll's question and options."""
    if kind == "sticker":
        return _string(value.get("sticker_emoji", ""), "sticker_emoji")
    poll = value.get("poll")
    if kind == "poll" and isinstance(poll, dict):
        options = [answer for answer in poll.get("answers") or () if isinstance(answer, dict)]
        lines = [_string(poll.get("question", ""), "question")]
        return "\n".join([*lines, *(BULLET + _string(each.get("text", ""), "answer") for each in options)])
    return _text(value.get("text", ""))


def _text(value: Any) -> str:
    """Return the words of a text: a string, or a list of strings and of objects that carry one."""
    if isinstance(value, list):
        parts = (part.get("text") if isinstance(part, dict) else part for part in value)
        return "".join(_string(part, "text") for part in parts)
    return _string(value, "text")


def _string(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise Bad(f"{what} 不是文字 / {what} is not text")
    return value


def _moment(value: dict[str, Any], key: str) -> datetime:
    """Return a time: from seconds since 1970; `date` alone is local, of a place that it does not name."""
    raw = value.get(f"{key}_unixtime")
    if raw is None:
        raise Bad(f"沒有 {key}_unixtime，請用新版 Telegram Desktop 匯出 / no {key}_unixtime: export anew")
    try:
        seconds = int(str(raw)[:20])
        return _EPOCH + timedelta(seconds=seconds)
    except (ValueError, OverflowError) as error:
        raise Bad(f"{key}_unixtime 不是時間 / {key}_unixtime is not a time") from error


def _peer(value: Any, name: str, unknown: Unknown) -> int:
    """Return the number of who spoke: of a person above zero, of a chat below, as the Bot API has it."""
    if _is_number(value) and value > 0:
        return int(value)  # before 2021 it was a plain number
    if not isinstance(value, str):
        return unknown(name)
    for word in _PEERS:
        digits = value.removeprefix(word)
        if digits != value and digits.isascii() and digits.isdigit() and len(digits) < 19:  # noqa: PLR2004  SQLite's integers
            return _chat(int(digits), word) if word != "user" else int(digits)
    raise Bad("from_id 看不懂 / from_id is not one of user, chat, channel")


def _chat(bare: int, kind: str) -> int:
    """Return the Bot API's id of a chat; groups without topics have none in front, all others -100."""
    if bare <= 0:
        return int(bare)
    return -bare if kind in {"private_group", "chat"} else -1_000_000_000_000 - bare


def _number(value: Any, what: str) -> int:
    if not _is_number(value):
        raise Bad(f"{what} 不是整數 / {what} is not a whole number")
    return int(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -_LARGEST <= value < _LARGEST


def _short(value: Any) -> str:
    return cleaned(" ".join(value.split())[:NAME_LIMIT]) if isinstance(value, str) else ""
