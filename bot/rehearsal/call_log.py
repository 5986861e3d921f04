"""Behind the scenes of a rehearsal: the Bot API's calls as they happen, and Telegram's bad days on demand."""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from telegram import Bot

from bot.rehearsal.actions.arguments import Raw
from bot.rehearsal.actions.table import Actions
from bot.rehearsal.fake_telegram.state import Change

KEPT = 200  # calls that a page opened later still sees
LONGEST = 6_000  # characters of a call's JSON; a longer one is cut
LONGEST_WAIT, MOST_TIMES, SLOWEST = 120, 50, 30.0  # seconds, calls, seconds
SECRETS = frozenset({"secret_token", "provider_token", "certificate"})
MASK = "…"
WRITTEN = {name.lower(): name for name in dir(Bot) if not name.startswith("_")}  # sendmessage: sendMessage
GLANCE = 1.0  # seconds between looks at what pages should know


class CallLog:
    """Keeps the last calls and updates, fit to be shown, and turns the switches of faults."""

    def __init__(self, actions: Actions, *, unsent: Callable[[], int]) -> None:
        """`unsent` returns how many messages the bot has written down and not got rid of."""
        self._actions, self._world, self._unsent = actions, actions.world, unsent
        self._rows: deque[Mapping[str, Any]] = deque(maxlen=KEPT)
        self._count = 0
        self.stop = self._world.listen(self._note)

    async def act(self, raw: Raw) -> Raw:
        """Turn the switches that `raw` names; those that are not named stay as they are.

        Raises:
            ValueError: a switch cannot be set to that.
        """
        bad = self._world.faults
        if raw.get("clear") is True:
            self.clear_up()
        bad.outage = _flag(raw, "outage", unless=bad.outage)
        (self._actions.reachable.clear if bad.outage else self._actions.reachable.set)()
        bad.counting = _flag(raw, "counting", unless=bad.counting)
        bad.seconds = _number(raw, "seconds", SLOWEST, unless=bad.seconds)
        bad.lost_answers = int(_number(raw, "lose", MOST_TIMES, unless=bad.lost_answers))
        if "refuse" in raw:
            times = int(_number(raw, "refuse", MOST_TIMES, unless=1))
            wait = int(_number(raw, "retry_after", LONGEST_WAIT, unless=5))
            bad.refusing.clear()
            if times:
                bad.too_many(wait, times=times)
        self.tell()
        return {}

    def clear_up(self) -> None:
        """Let Telegram be well again."""
        self._world.faults.clear()
        self._actions.reachable.set()

    def snapshot(self) -> dict[str, Any]:
        """Return what a page that has just been opened shows."""
        return {"calls": list(self._rows), "weather": self.as_dict()}

    def as_dict(self) -> dict[str, Any]:
        """Return how Telegram behaves, and what that does to the bot."""
        bad = self._world.faults
        return {
            "kind": "weather",
            "outage": bad.outage,
            "counting": bad.counting,
            "seconds": bad.seconds,
            "lose": bad.lost_answers,
            "refuse": sum(each.times for each in bad.refusing),
            "held": self._world.updates.count,
            "unsent": self._unsent(),
        }

    def tell(self) -> None:
        """Tell all pages how Telegram behaves, if that is news."""
        self._actions.tell_if_new(self.as_dict())

    def _note(self, change: Change) -> None:
        if change.kind == "call":
            data = change.data
            self._keep(
                change.chat_id,
                method=WRITTEN.get(data["method"], data["method"]),
                ok=bool(data["answer"].get("ok")),
                ms=round(data["seconds"] * 1000),
                asked=data["parameters"],
                answered=data["answer"],
            )
            self.tell()
        elif change.kind == "update":
            kind = next((key for key in change.data["raw"] if key != "update_id"), "update")
            self._keep(change.chat_id, method=kind, ok=True, ms=None, asked=None, answered=change.data["raw"])

    def _keep(self, chat_id: int | None, **row: Any) -> None:
        self._count += 1
        told = {
            **row,
            "kind": "call",
            "id": self._count,
            "at": self._world.clock().timestamp(),
            "chat": chat_id,
            "asked": None if row["asked"] is None else written(row["asked"], self._world.token),
            "answered": written(row["answered"], self._world.token),
            "error": "" if row["ok"] else _complaint(row["answered"]),
        }
        self._rows.append(told)
        self._actions.tell(told)


async def keep_telling(over: asyncio.Event, *tellers: Callable[[], None]) -> None:
    """Let each tell pages what is news, again and again, until `over` is set."""
    while not over.is_set():
        for tell in tellers:
            tell()
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), GLANCE)


def written(value: Any, token: str) -> str:
    """Return JSON for people to read, at most `LONGEST` characters, without the token or another secret."""
    text = json.dumps(_readable(value), ensure_ascii=False, indent=2, default=str)
    text = text.replace(token, MASK).replace(token.partition(":")[2], MASK)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}\n{MASK}"


def _readable(value: Any) -> Any:
    """Return it with JSON that is written inside of text unfolded, and secrets hidden."""
    if isinstance(value, Mapping):
        return {key: MASK if key in SECRETS else _readable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_readable(each) for each in value]
    if isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            return _readable(json.loads(value))
        except (ValueError, RecursionError):
            return value
    return value


def _complaint(answer: Mapping[str, Any]) -> str:
    return f"{answer.get('error_code', '')} {answer.get('description', '')}".strip()


def _flag(raw: Raw, name: str, *, unless: bool) -> bool:
    value = raw.get(name, unless)
    if not isinstance(value, bool):
        raise ValueError(f"{name} must be true or false")  # noqa: TRY004  as with all wrong input
    return value


def _number(raw: Raw, name: str, most: float, *, unless: float) -> float:
    value = raw.get(name, unless)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise ValueError(f"{name} must be a number from 0 to {most:g}")
    return value
