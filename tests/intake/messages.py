"""Raw updates as Telegram sends them, for the intake's tests."""

from typing import Any

GROUP = -1001234567890
BOT_ID, BOT_NAME = 999, "wendu_bot"
STUDENT = {"id": 101, "is_bot": False, "first_name": "小安", "last_name": "林", "username": "xiaoan"}
BOT = {"id": BOT_ID, "is_bot": True, "first_name": "溫度", "username": BOT_NAME}
Raw = dict[str, Any]


def update(message_id: int, *, kind: str = "message", update_id: int | None = None, **inner: Any) -> Raw:
    """Return an update with a message from a student in the group; `inner` changes or adds its fields."""
    message = {
        "message_id": message_id,
        "date": 1_772_452_800 + message_id,
        "chat": {"id": GROUP, "type": "supergroup", "title": "人文研討"},
        "from": STUDENT,
        **inner,
    }
    return {"update_id": 5000 + message_id if update_id is None else update_id, kind: message}


def says(message_id: int, words: str = "我認為有溫度", /, **inner: Any) -> Raw:
    return update(message_id, text=words, **inner)


def commands(message_id: int, text: str, **inner: Any) -> Raw:
    mark = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
    return says(message_id, text, entities=[mark], **inner)


def presses(number: int, data: str = "x", *, chat: int = GROUP) -> Raw:
    message = {
        "message_id": 3,
        "date": 1_772_452_800,
        "chat": {"id": chat, "type": "supergroup", "title": "t"},
    }
    query = {"id": str(number), "from": STUDENT, "chat_instance": "1", "data": data, "message": message}
    return {"update_id": 9000 + number, "callback_query": query}
