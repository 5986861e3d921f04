"""What the outbox knows of each chat: who is next, what is about to be edited, what went astray."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from bot.sending.letters import Call
from db.outbox import Letter
from db.store import Store


@dataclass
class Edit:
    """An edit that waits for its time; a newer one of the same message takes its place."""

    call: Call
    result: "asyncio.Future[Any]"


@dataclass
class Chat:
    """A chat that we write into, one message at a time."""

    id: int
    last: int  # the highest id of a message of ours; 0: unknown
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    edits: dict[int, Edit] = field(default_factory=dict)
    astray: list[Letter] = field(default_factory=list)  # intended by an earlier run, fate unknown


class Chats:
    """All chats by id, made at the first need."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._chats: dict[int, Chat] = {}

    def __getitem__(self, chat_id: int) -> Chat:
        if chat_id not in self._chats:
            last = self._store.newest_posted(chat_id) if chat_id < 0 else 0
            self._chats[chat_id] = Chat(chat_id, last)
        return self._chats[chat_id]
