"""What the page may let people do, and how the bot gets to know of it: the way that it goes on Telegram."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

from bot.rehearsal.posts import Post
from bot.rehearsal.world import World

Raw = dict[str, Any]
Listener = Callable[[Mapping[str, Any]], None]
MAX_NAME = 64


class Inbox(Protocol):
    """The intake, as far as a rehearsal needs it."""

    async def receive(self, raws: Sequence[Raw]) -> None:
        """Write updates down and begin to handle them."""

    async def settle(self) -> None:
        """Wait until all that was received is handled."""


class Acts:
    """Acts by name, each with the page's JSON. All may raise LookupError, PermissionError or ValueError."""

    def __init__(self, world: World, inbox: Inbox) -> None:
        self.world = world
        self._inbox = inbox
        self._listeners: list[Listener] = []
        self.reachable = asyncio.Event()  # cleared while Telegram is out: what people do then waits there
        self.reachable.set()
        self.table: dict[str, Callable[[Raw], Awaitable[Raw]]] = {
            "say": self._say,
            "edit": self._edit,
            "press": self._press,
            "vote": self._vote,
            "start": self._start,
            "add_person": self._add_person,
        }

    def watch(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with what pages must know besides the world's own changes; return what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, change: Mapping[str, Any]) -> None:
        """Tell all pages of a change."""
        for listener in list(self._listeners):
            listener(change)

    async def settle(self) -> None:
        """Hand the bot what waits for it, until it has done all and nothing new has come."""
        await self.reachable.wait()
        while raws := self.world.updates.take():
            for raw in raws:
                self.world.tell("update", _chat(raw), raw=raw)
            await self._inbox.receive(raws)
            await self._inbox.settle()

    async def _say(self, raw: Raw) -> Raw:
        chat, reply = _number(raw, "chat"), raw.get("reply_to")
        post = self.world.says(
            _number(raw, "person"),
            _words(raw, "text"),
            chat=chat,
            reply_to=None if reply is None else self._post(chat, reply),
        )
        return {"message_id": post.id}

    async def _edit(self, raw: Raw) -> Raw:
        post = self._post(_number(raw, "chat"), raw.get("message_id"))
        self.world.edits(_number(raw, "person"), post, _words(raw, "text"))
        return {}

    async def _press(self, raw: Raw) -> Raw:
        post = self._post(_number(raw, "chat"), raw.get("message_id"))
        pressing = self.world.presses(_number(raw, "person"), post, _words(raw, "data"))
        await self.settle()
        return {"answered": bool(getattr(pressing, "answered", False))}

    async def _vote(self, raw: Raw) -> Raw:
        post = self._post(_number(raw, "chat"), raw.get("message_id"))
        options = [option for option in raw.get("options", ()) if isinstance(option, int)]
        self.world.votes(_number(raw, "person"), post, *options)
        return {}

    async def _start(self, raw: Raw) -> Raw:
        post = self.world.starts_bot(_number(raw, "person"), str(raw.get("payload") or ""))
        return {"message_id": post.id}

    async def _add_person(self, raw: Raw) -> Raw:
        name = _words(raw, "name")[:MAX_NAME]
        if any(person.name == name for person in self.world.people.values()):
            raise ValueError(f"已經有人叫「{name}」了 · somebody is called {name} already")
        room = self.world.room(_number(raw, "chat"))
        person = self.world.add_person(name, admin=raw.get("admin") is True, joins=room)
        return {"person": person.id}

    def _post(self, chat: int, message_id: object) -> Post:
        post = self.world.room(chat).post(message_id) if isinstance(message_id, int) else None
        if post is None:
            raise LookupError("那則訊息已經不在了 · that message is gone")
        return post


def _number(raw: Raw, name: str) -> int:
    value = raw.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{name} must be a number")  # noqa: TRY004  the page is told of all wrong input alike
    return value


def _words(raw: Raw, name: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} must be some text")
    return value


def _chat(raw: Raw) -> int | None:
    """Return the chat that an update comes from, where it says so."""
    content: Raw = next((value for key, value in raw.items() if key != "update_id"), {})
    chat: Raw = content.get("message", content).get("chat", {})
    return chat.get("id")
