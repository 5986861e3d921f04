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
class Call:
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

    def moved_to(self, chat_id: int) -> "Call":
        """Return the same call for the chat's new id, where messages are numbered anew.

        Raises:
            BadRequest: it is about a message, which stays behind; another one may have its number there.
        """
        if "message_id" in self.data and "from_chat_id" not in self.data:
            raise BadRequest("Message to edit not found: its group has moved")
        kept = {key: value for key, value in self.data.items() if key not in BEHIND}
        return replace(self, data={**kept, "chat_id": chat_id})

    def written(self) -> tuple[dict[str, str], "Call"]:
        """Return the parameters as they go over the wire, without files' contents; and the call made of them.

        What has been turned into text once is not turned again by PTB, each time that it is sent.
        """
        data = RequestData([RequestParameter.from_input(key, value) for key, value in self.data.items()])
        parameters = data.json_parameters
        if data.contains_files:
            return parameters, self
        return parameters, replace(self, data={**parameters, "chat_id": self.chat_id})


def both(earlier: Call, later: Call) -> Call:
    """Return the edit that comes to the same as two of a message; new buttons alone leave its new text."""
    if later.method != "editMessageReplyMarkup" or earlier.method == later.method:
        return later
    kept = {key: value for key, value in earlier.data.items() if key != "reply_markup"}
    buttons = {key: value for key, value in later.data.items() if key == "reply_markup"}
    return replace(earlier, data=kept | buttons)


def as_probe(method: str, parameters: dict[str, str], message_id: int) -> tuple[str, dict[str, Any]] | None:
    """Return the edit that would make message `message_id` what was posted; None for what cannot be edited.

    If that message is the post already, Telegram says that it is not modified.
    """
    kinds = {
        "sendMessage": ("editMessageText", ("text", "entities", "link_preview_options")),
        "sendDocument": ("editMessageCaption", ("caption", "caption_entities")),
        "sendPhoto": ("editMessageCaption", ("caption", "caption_entities")),
    }
    if method not in kinds:
        return None
    edit, fields = kinds[method]
    kept = {key: parameters[key] for key in (*fields, "parse_mode", "reply_markup") if key in parameters}
    return edit, {"chat_id": int(parameters["chat_id"]), "message_id": message_id, **kept}


def sent_before(parameters: dict[str, str], message_id: int, date: int) -> dict[str, Any]:
    """Return what Telegram would have answered for a post that a probe has found."""
    number = int(parameters["chat_id"])
    if number > 0:
        chat: dict[str, Any] = {"id": number, "type": "private", "first_name": ""}
    else:
        chat = {"id": number, "type": "supergroup" if sequence(number) else "group", "title": ""}
    return {"message_id": message_id, "date": date, "chat": chat, "text": parameters.get("text", "")}


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
