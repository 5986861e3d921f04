"""Which messages others wrote, as far as we were told: none of them is a post of ours that went astray."""

import json
from typing import Any

from db.core.database import Ground


def others_messages(ground: Ground, chat_id: int, first: int, last: int, *, after: int) -> set[int]:
    """Return ids above `after` of what others said in rounds of the chats `first` to `last`, or what waits.

    What waits is looked at for `chat_id` alone: it is whole updates, and hundreds after an outage.
    """
    logged = ground.all(
        "SELECT message_id FROM remarks WHERE chat_id BETWEEN ? AND ? AND message_id > ? AND via = 'group'",
        (first, last, after),
    )
    waiting = ground.all("SELECT raw FROM waiting WHERE lane = ?", (ground.mark("lane", chat_id),))
    found = {number for (number,) in logged}
    found.update(_message_id(json.loads(raw), chat_id) for (raw,) in waiting)
    return {number for number in found if number > after}


def _message_id(raw: Any, chat_id: int) -> int:
    """Return the id of the message that an update brought from the chat; 0: it brought none."""
    message = raw.get("message")
    if not isinstance(message, dict) or message["chat"]["id"] != chat_id:
        return 0
    return int(message["message_id"])
