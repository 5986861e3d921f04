"""What the page may let people do, and how the bot gets to know of it: the way that it goes on Telegram."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

from bot.rehearsal.actions import groups, messages
from bot.rehearsal.actions.arguments import Action, Raw, post_of, speaker, words
from bot.rehearsal.fake_telegram.world import World

ACTIONS: dict[str, Action] = messages.ACTIONS | groups.ACTIONS


Listener = Callable[[Mapping[str, Any]], None]


class Inbox(Protocol):
    """The intake, as far as a rehearsal needs it."""

    async def receive(self, raws: Sequence[Raw]) -> None:
        """Write updates down and begin to handle them."""

    async def settle(self) -> None:
        """Wait until all that was received is handled."""


class Actions:
    """Acts by name, each with the page's JSON. All may raise LookupError, PermissionError or ValueError."""

    def __init__(self, world: World, inbox: Inbox) -> None:
        self.world = world
        self._inbox = inbox
        self._listeners: list[Listener] = []
        self._told: dict[str, Mapping[str, Any]] = {}  # by kind, what was told last
        self.reachable = asyncio.Event()  # cleared while Telegram is out: what people do then waits there
        self.reachable.set()
        self.table: dict[str, Callable[[Raw], Awaitable[Raw]]] = {
            **{name: self._plain(act) for name, act in ACTIONS.items()},
            "press": self._press,
        }

    def watch(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with what pages must know besides the world's own changes; return what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, change: Mapping[str, Any]) -> None:
        """Tell all pages of a change."""
        for listener in list(self._listeners):
            listener(change)

    def tell_if_new(self, state: Mapping[str, Any]) -> None:
        """Tell all pages of a state, unless it is the one of its kind that they were told last."""
        if state != self._told.get(state["kind"]):
            self._told[state["kind"]] = state
            self.tell(state)

    async def settle(self) -> None:
        """Hand the bot what waits for it, until it has done all and nothing new has come."""
        await self.reachable.wait()
        while raws := self.world.updates.take():
            for raw in raws:
                self.world.tell("update", _chat(raw), raw=raw)
            await self._inbox.receive(raws)
            await self._inbox.settle()

    def _plain(self, act: Action) -> Callable[[Raw], Awaitable[Raw]]:
        async def carry_out(raw: Raw) -> Raw:
            return act(self.world, raw)

        return carry_out

    async def _press(self, raw: Raw) -> Raw:
        post = post_of(self.world, raw)
        pressing = self.world.presses(speaker(self.world, raw), post, words(raw, "data"))
        await self.settle()
        return {"answered": bool(getattr(pressing, "answered", False))}


def _chat(raw: Raw) -> int | None:
    """Return the chat that an update comes from, where it says so."""
    content: Raw = next((value for key, value in raw.items() if key != "update_id"), {})
    chat: Raw = content.get("message", content).get("chat", {})
    return chat.get("id")
