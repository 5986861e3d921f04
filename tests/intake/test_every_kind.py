"""Whatever Telegram sends, known or not, mutated or not: nothing falls over, and the neighbours get in.

`WENDU_FUZZ=100000 pytest tests/intake/test_every_kind.py` mutates that many updates.
"""

import copy
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dialogue import Seminar, holding
from tests.intake.every_kind import all_kinds
from tests.intake.messages import GROUP, Raw, commands, says

KINDS = all_kinds()
EXAMPLES = int(os.environ.get("WENDU_FUZZ", "150"))
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(st.characters(), max_size=40),
    st.sampled_from(
        ["\ud800", "\0", "x" * 5000, "=1+1", "</b><script>", "/discuss", {}, [], [[]], {"id": "x"}]
    ),
)


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at] * bool(at) + [path for key, part in inner for path in paths(part, (*at, key))]


@st.composite
def mutated(draw: st.DrawFn) -> Raw:
    raw = copy.deepcopy(draw(st.sampled_from(list(KINDS.values()))))
    for _ in range(draw(st.integers(1, 4))):
        every = paths(raw)
        if not every:
            break
        *way, last = draw(st.sampled_from(every))
        place: Any = raw
        for key in way:
            place = place[key]
        if isinstance(place, dict) and draw(st.booleans()):
            del place[last]
        else:
            place[last] = copy.deepcopy(draw(JUNK))
    return raw


class Group:
    """A seminar whose round is open, in the group that the raw updates come from."""

    def __init__(self, held: Seminar) -> None:
        self.held, self.number = held, 1000
        self.held.errors = Swallowed()
        seminar = held.store.seminar(GROUP, pack="ai-film", language="zh-Hant")
        teacher = held.store.person(11, "陳老師")
        self.round = held.store.open_round(
            seminar.id, prompt_slug="", prompt_text="題", opened_by=teacher.id, at=held.clock()
        )

    async def gets(self, raw: Any) -> bool:
        """Let an update come between two others; return whether the remark that follows it is logged."""
        self.number += 2
        chat = {"id": GROUP - 1000, "type": "supergroup", "title": "隔壁"}
        asked = commands(self.number, "/topics", chat=chat)
        await self.held.intake.receive([asked, raw, says(self.number + 1, "後面")])
        await self.held.intake.settle()
        row = self.held.store.one("SELECT 1 FROM remarks WHERE message_id = ?", (self.number + 1,))
        return row is not None


class Swallowed(list[BaseException]):
    """Errors of handlers, which here may happen: the intake must stand them."""

    def append(self, error: BaseException) -> None:
        """Forget it."""


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_update_is_stood_and_its_neighbours_get_in(tmp_path: Path, kind: str) -> None:
    async with holding(tmp_path) as held:
        group = Group(held)
        assert await group.gets(KINDS[kind])
        assert held.store.pending() == []


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(raws=st.lists(mutated(), min_size=1, max_size=8))
async def test_mutated_updates_neither_stop_the_house_nor_lose_a_neighbour(
    group: Group, raws: list[Raw]
) -> None:
    store, number = group.held.store, group.number
    group.number += 2
    chat = {"id": GROUP - 7, "type": "supergroup", "title": "隔壁"}
    first, last = says(number, "前", chat=chat), says(number + 1, "後", chat=chat)
    await group.held.intake.receive([first, *raws, last])
    await group.held.intake.settle()
    found = store.all(
        "SELECT message_id FROM remarks WHERE chat_id = ? AND message_id >= ?", (chat["id"], number)
    )
    assert [row[0] for row in found] == [number, number + 1]
    assert store.pending() == []


@pytest.fixture
async def group(tmp_path: Path) -> Any:
    async with holding(tmp_path) as held:
        made = Group(held)
        neighbour = held.store.seminar(GROUP - 7, pack="ai-film", language="zh-Hant")
        teacher = held.store.person(11, "陳老師")
        held.store.open_round(
            neighbour.id, prompt_slug="", prompt_text="題", opened_by=teacher.id, at=held.clock()
        )
        yield made
