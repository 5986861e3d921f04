"""What happens in a rehearsal, as others are told of it: changes, calls of the Bot API, pressed buttons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import User

from bot.rehearsal.posts import Post


@dataclass(frozen=True)
class Change:
    """Something that happened, told to listeners: `data` is fit for JSON."""

    kind: str
    chat_id: int | None
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Call:
    """One call of the Bot API: what was asked (files as their names), what was answered, how long it took."""

    method: str
    parameters: Mapping[str, Any]
    answer: Mapping[str, Any]
    at: datetime
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether it was answered with a result."""
        return bool(self.answer.get("ok"))


@dataclass
class Pressing:
    """A pressed button, until the bot answers it; `toast` is what the presser then reads."""

    id: str
    user: User
    post: Post
    data: str
    at: datetime
    answered: bool = False
    toast: str = ""
    alert: bool = False
    url: str = ""
