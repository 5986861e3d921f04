"""What the outbox knows of each chat: who is next, what is about to be edited, what went astray."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from bot.sending.api_calls import BotApiCall, sequence
from db.store import Store
from db.updates.outbox import OutgoingCall


@dataclass
class WaitingEdit:
    """An edit that waits for its time; a newer one of the same message takes its place."""

    call: BotApiCall
    result: "asyncio.Future[Any]"


@dataclass
class ChatQueue:
    """A chat that we write into, one message at a time."""

    id: int
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    edits: dict[int, WaitingEdit] = field(default_factory=dict)
    astray: list[OutgoingCall] = field(default_factory=list)  # intended by an earlier run, fate unknown


class ChatQueues:
    """All chats by id, made at the first need; and how far the ids of our messages go, by sequence."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._chats: dict[int, ChatQueue] = {}
        self._last: dict[int, int] = {}

    def __getitem__(self, chat_id: int) -> ChatQueue:
        if chat_id not in self._chats:
            self._chats[chat_id] = ChatQueue(chat_id)
        return self._chats[chat_id]

    def last(self, chat_id: int) -> int:
        """Return the highest id of a message of ours in the chat's sequence; 0: none is known."""
        numbered = sequence(chat_id)
        if numbered not in self._last:
            self._last[numbered] = self._store.outbox.newest_posted(numbered)
        return self._last[numbered]

    def note(self, chat_id: int, message_id: int) -> None:
        """Remember a message of ours."""
        self._last[sequence(chat_id)] = max(self.last(chat_id), message_id)
