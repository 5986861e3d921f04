"""Raw updates with something wrong in them, by a seed: the same seed gives the same updates for ever."""

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from tests.intake.every_kind import all_kinds
from tests.intake.messages import Raw

NUMBERS = (0, 1, -1, 2**31, 2**52, 2**63 - 1, 2**63, -(2**63), -(2**70), 10**30)
TEXTS = (
    "",
    "\0",
    "\ud800",
    "\udfff\ud800",
    "x" * 5000,
    "=1+1",
    "</b><script>",
    "'; DROP TABLE remarks; --",
    "/discuss",
    "/close",
    "/start export_1",
    "/ask " + "字" * 3000,
    "@wendu_bot",
    "\u202e\u0007\x1b[31m",
    "stance:1:5",
    "close:1",
    "forget:yes",
)


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the ways to all that is inside."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at] * bool(at) + [path for key, part in inner for path in paths(part, (*at, key))]


class Mutator:
    """Makes updates out of real ones."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._kinds = list(all_kinds().values())
        self._parts = [part for raw in self._kinds for _, part in _parts(raw)]

    def updates(self, count: int) -> Iterator[Any]:
        """Yield so many."""
        for _ in range(count):
            yield self.update()

    def update(self) -> Any:
        """Return one update with one to five things wrong."""
        chance = self._chance
        raw: Any = copy.deepcopy(chance.choice(self._kinds))
        if chance.random() < 0.9:  # else the journal knows it after its first time
            raw["update_id"] = chance.randrange(1, 2**31)
        for _ in range(chance.randint(1, 5)):
            if not isinstance(raw, dict) or not (every := paths(raw)):
                break
            *way, last = chance.choice(every)
            place = raw
            for key in way:
                place = place[key]
            chance.choice(self._ways)(self, place, last)
        return chance.choice((None, [], "x", 7, 2**70)) if chance.random() < 0.005 else raw

    # Ways to go wrong: each is given the holder and the key of what is spoilt

    def _leave_out(self, place: Any, key: Any) -> None:
        del place[key]

    def _put_junk(self, place: Any, key: Any) -> None:
        place[key] = copy.deepcopy(
            self._chance.choice((None, True, 1.5, float("1e308"), {}, [], [[]], {"id": "x"}))
        )

    def _put_number(self, place: Any, key: Any) -> None:
        place[key] = self._chance.choice(NUMBERS)

    def _put_text(self, place: Any, key: Any) -> None:
        place[key] = self._chance.choice(TEXTS)

    def _put_another_part(self, place: Any, key: Any) -> None:
        place[key] = copy.deepcopy(self._chance.choice(self._parts))

    def _go_deep(self, place: Any, key: Any) -> None:
        inner = place[key]
        for _ in range(self._chance.choice((1, 5, 60))):
            inner = {"blocks": [inner]} if self._chance.random() < 0.5 else [inner]
        place[key] = inner

    def _repeat(self, place: Any, key: Any) -> None:
        place[key] = [copy.deepcopy(place[key]) for _ in range(self._chance.choice((2, 40)))]

    def _rename(self, place: Any, key: Any) -> None:
        if isinstance(place, dict):
            place[self._chance.choice((f"{key}s", "text", "chat", "from", "message", "via_bot"))] = place.pop(
                key
            )

    def _spoil_text(self, place: Any, key: Any) -> None:
        if isinstance(place[key], str):
            letters = list(place[key])
            for _ in range(self._chance.randint(1, 6)):
                letters.insert(self._chance.randint(0, len(letters)), chr(self._chance.randrange(0x11_0000)))
            place[key] = "".join(letters)

    _ways: tuple[Callable[["Mutator", Any, Any], None], ...] = (
        _leave_out,
        _put_junk,
        _put_number,
        _put_text,
        _put_another_part,
        _go_deep,
        _repeat,
        _rename,
        _spoil_text,
    )


def as_it_comes(raw: Any) -> Any:
    """Return the update as it is after its way over the wire."""
    return json.loads(json.dumps(raw))


def _parts(raw: Raw) -> Iterator[tuple[tuple[Any, ...], Any]]:
    for path in paths(raw):
        part: Any = raw
        for key in path:
            part = part[key]
        yield path, part
