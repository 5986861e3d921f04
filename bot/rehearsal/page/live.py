"""The WebSocket between page and world: first a snapshot, then every change.

The page sends actions and hears how they went: `{"n": 1, "act": "say", …}` is answered with
`{"kind": "done", "n": 1, …}` or `{"kind": "refused", "n": 1, "reason": "…"}`.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.rehearsal.actions.arguments import Raw
from bot.rehearsal.actions.groups import RIGHTS
from bot.rehearsal.actions.table import Actions
from bot.rehearsal.fake_telegram.chats import Room, TelegramPerson
from bot.rehearsal.fake_telegram.state import Change
from bot.rehearsal.fake_telegram.world import World
from bot.rehearsal.lesson import LessonPlayer

REFUSALS = (LookupError, PermissionError, ValueError)
EDITS = frozenset({"edited", "poll", "reaction"})
PLACES = frozenset({"chat", "person", "member", "migrated", "pinned", "topics", "blocked"})
MAX_PACE = 100.0
LANGUAGE_CODES = {"zh-Hans": "zh", "en": "en"}  # the bot's commands without a code are in Traditional Chinese


class LivePage:
    """Serves any number of pages at once; all see the same world."""

    def __init__(
        self,
        actions: Actions,
        player: LessonPlayer,
        *,
        language: str = "zh-Hant",
        packs: Callable[[], list[Mapping[str, Any]]] = list,
        more: Callable[[], Mapping[str, Any]] = dict,
    ) -> None:
        """`more` returns what else a page needs to begin."""
        self._more = more
        self._actions = actions
        self._player = player
        self._language = language
        self._packs = packs  # those that cannot be read as they lie there now
        self._tasks: set[asyncio.Task[None]] = set()
        self.watched = asyncio.Event()  # set once a page has opened

    async def serve(self, socket: WebSocket) -> None:
        """Serve one page until it goes away."""
        await socket.accept()
        self.watched.set()
        changes: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue()
        begun = snapshot(self._actions.world, self._player, self._language)
        changes.put_nowait({**begun, **self._more(), "packs": self._packs()})
        ends = [
            self._actions.world.listen(lambda change: self._pass_on(change, changes)),
            self._actions.watch(changes.put_nowait),
        ]
        sending = asyncio.create_task(_send_all(socket, changes))
        try:
            await self._read_all(socket, changes)
        finally:
            for end in ends:
                end()
            sending.cancel()

    def _pass_on(self, change: Change, changes: "asyncio.Queue[Mapping[str, Any]]") -> None:
        if change.kind in PLACES:
            changes.put_nowait(places(self._actions.world))
        elif (told := as_page_reads(change)) is not None:
            changes.put_nowait(told)

    async def _read_all(self, socket: WebSocket, changes: "asyncio.Queue[Mapping[str, Any]]") -> None:
        while True:
            try:
                raw = json.loads(await socket.receive_text())
            except WebSocketDisconnect:
                return
            except (ValueError, RecursionError):
                continue
            task = asyncio.create_task(self._act(raw if isinstance(raw, dict) else {}, changes))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _act(self, raw: Raw, changes: "asyncio.Queue[Mapping[str, Any]]") -> None:
        try:
            done = await self._carry_out(raw)
        except REFUSALS as error:
            changes.put_nowait({"kind": "refused", "n": raw.get("n"), "reason": str(error)})
            return
        changes.put_nowait({**done, "kind": "done", "n": raw.get("n")})
        await self._actions.settle()

    async def _carry_out(self, raw: Raw) -> Raw:
        name = raw.get("act")
        if name == "demo":
            await self._direct(raw)
            return {}
        act = self._actions.table.get(name) if isinstance(name, str) else None
        if act is None:
            raise ValueError(f"there is no act {name!r}")
        return await act(raw)

    async def _direct(self, raw: Raw) -> None:
        order, pace = raw.get("order"), raw.get("pace", self._player.pace)
        if not isinstance(pace, int | float) or not 0 <= pace <= MAX_PACE:
            raise ValueError("pace must be a number from 0 to 100")
        orders: dict[str, Callable[[], None]] = {
            "play": lambda: self._player.play(pace=pace),
            "pause": self._player.pause,
            "continue": self._player.go_on,
            "step": self._player.step,
            "pace": lambda: self._player.set_pace(pace),
        }
        if order == "stop":
            await self._player.stop()
        elif isinstance(order, str) and order in orders:
            orders[order]()
        else:
            raise ValueError(f"there is no order {order!r}")


async def _send_all(socket: WebSocket, changes: "asyncio.Queue[Mapping[str, Any]]") -> None:
    while True:
        change = await changes.get()
        try:
            await socket.send_text(json.dumps(change, ensure_ascii=False))
        except (WebSocketDisconnect, RuntimeError):  # the page went away; the reader ends what is left
            return


def snapshot(world: World, player: LessonPlayer, language: str) -> Mapping[str, Any]:
    """Return all that a page needs to begin."""
    posts = [post for room in world.rooms.values() for post in room.all_posts()]
    return {
        **places(world),
        "kind": "snapshot",
        "bot": world.bot.to_dict(),
        "language": language,
        "commands": commands(world, language),
        "started": [room.id for room in world.rooms.values() if room.is_private and room.started],
        "messages": [post.as_dict() for post in posts],
        "demo": player.progress.as_dict(),
    }


def places(world: World) -> dict[str, Any]:
    """Return the groups and the people, with what they are where."""
    rooms = list(world.rooms.values())
    groups = [room for room in rooms if not room.is_private and room.migrated_to is None]
    return {
        "kind": "places",
        "groups": [_group(world, room) for room in groups],
        "people": [_person(world, person) for person in world.people.values()],
        "moved": {room.id: room.migrated_to for room in rooms if room.migrated_to},
        "blocked": [room.id for room in rooms if room.blocked],
        "pinned": {room.id: room.pinned[-1] for room in rooms if room.pinned},
    }


def _group(world: World, room: Room) -> dict[str, Any]:
    bot = room.membership(world.bot)
    return {
        "id": room.id,
        "title": room.title,
        "type": room.type,
        "is_forum": room.is_forum,
        "topics": [vars(topic) for topic in room.topics.values()],
        "members": sum(member.present for member in room.members.values()),
        "roles": {member.user.id: member.status for member in room.members.values() if member.present},
        "hidden": [m.user.id for m in room.members.values() if m.is_admin and m.is_anonymous],
        "rights": {right: getattr(bot, right) for right in RIGHTS},
    }


def _person(world: World, person: TelegramPerson) -> dict[str, Any]:
    admin = [room.id for room in world.rooms.values() if room.membership(person.user).is_admin]
    return {**person.user.to_dict(), "admin": bool(admin), "admin_of": admin}


def commands(world: World, language: str) -> list[dict[str, str]]:
    """Return the bot's commands by scope ("default", "chat:7"), in the language or else in its default."""
    found: dict[str, list[dict[str, str]]] = {}
    for code in ("", LANGUAGE_CODES.get(language, "")):
        for key, listed in world.settings.items():
            if not key.startswith("commands "):
                continue
            scope, _, lang = key.removeprefix("commands ").partition(" ")
            if lang == code and listed:
                found[scope.rstrip(":")] = listed
    return [{**each, "scope": scope} for scope, listed in found.items() for each in listed]


def as_page_reads(change: Change) -> Mapping[str, Any] | None:
    """Return a change of the world as the page reads it; None for what it does not show."""
    data, chat = change.data, change.chat_id
    if change.kind in EDITS:
        return {"kind": "edited", "message": data["message"]}
    if change.kind == "toast":
        told = {key: data[key] for key in ("text", "alert", "url")}
        return {"kind": "answer", "person": data["user_id"], **told}
    simple = {
        "message": lambda: {"kind": "message", "message": data["message"]},
        "deleted": lambda: {"kind": "deleted", "chat": chat, "message_id": data["message_id"]},
        "action": lambda: {"kind": "typing", "chat": chat, "topic": data["thread"]},
    }
    return simple[change.kind]() if change.kind in simple else None
