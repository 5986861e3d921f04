"""What a call of the Bot API is to the outbox: a post, an edit, or neither."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from telegram.error import BadRequest
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter  # RequestData takes nothing public

POSTS = frozenset(
    {
        "sendMessage",
        "sendDocument",
        "sendPhoto",
        "sendPoll",
        "copyMessage",
        "forwardMessage",
    }
)
EDITS = frozenset({"editMessageText", "editMessageCaption", "editMessageReplyMarkup", "editMessageMedia"})
BEHIND = frozenset({"reply_parameters", "reply_to_message_id", "message_thread_id"})  # as a group moves
SUPERGROUPS = -1_000_000_000_000  # their ids are lower
Send = Callable[[str, dict[str, Any]], Awaitable[Any]]  # a method and its parameters, to Telegram's result


def sequence(chat_id: int) -> int:
    """Return what numbers a chat's messages: a supergroup itself; our account (0) all others together."""
    return chat_id if chat_id <= SUPERGROUPS else 0


def numbered_with(chat_id: int) -> tuple[int, int]:
    """Return the lowest and the highest id of the groups whose messages are numbered with the chat's."""
    return (chat_id, chat_id) if sequence(chat_id) else (SUPERGROUPS + 1, -1)


@dataclass(frozen=True)
class BotApiCall:
    """One call as PTB makes it; `send` makes it once."""

    method: str
    data: dict[str, Any]
    send: Send

    @property
    def chat_id(self) -> int | None:
        """The chat that it writes into, or None: it writes into none, or by the name of a channel."""
        found = self.data.get("chat_id")
        return found if isinstance(found, int) else None

    def once(self) -> Awaitable[Any]:
        """Make the call."""
        return self.send(self.method, self.data)

    def moved_to(self, chat_id: int) -> "BotApiCall":
        """Return the same call for the chat's new id, where messages are numbered anew.

        Raises:
            BadRequest: it is about a message, which stays behind; another one may have its number there.
        """
        if "message_id" in self.data and "from_chat_id" not in self.data:
            raise BadRequest("Message to edit not found: its group has moved")
        kept = {key: value for key, value in self.data.items() if key not in BEHIND}
        return replace(self, data={**kept, "chat_id": chat_id})

    def written(self) -> tuple[dict[str, str], "BotApiCall"]:
        """Return the parameters as they go over the wire, without files' contents; and the call made of them.

        What has been turned into text once is not turned again by PTB, each time that it is sent.
        """
        data = RequestData([RequestParameter.from_input(key, value) for key, value in self.data.items()])
        parameters = data.json_parameters
        if data.contains_files:
            return parameters, self
        return parameters, replace(self, data={**parameters, "chat_id": self.chat_id})


def both(earlier: BotApiCall, later: BotApiCall) -> BotApiCall:
    """Return the edit that comes to the same as two of a message; new buttons alone leave its new text."""
    if later.method != "editMessageReplyMarkup" or earlier.method == later.method:
        return later
    kept = {key: value for key, value in earlier.data.items() if key != "reply_markup"}
    buttons = {key: value for key, value in later.data.items() if key == "reply_markup"}
    return replace(earlier, data=kept | buttons)


def without_quotes(result: dict[str, Any]) -> dict[str, Any]:
    """Return Telegram's answer without the words of others that it repeats."""
    return {
        key: value
        for key, value in result.items()
        if key not in {"reply_to_message", "external_reply", "quote"}
    }


def replied_to(data: dict[str, Any]) -> int:
    """Return the message that a post answers, which is older than the post; 0: none."""
    found = data.get("reply_parameters")
    if isinstance(found, str):
        found = json.loads(found)
        return int(found.get("message_id") or 0)
    return int(getattr(found, "message_id", 0) or 0)
