"""Whatever Telegram sends, known or not, mutated or not: nothing falls over, and the neighbours get in.

`python -m bench.fuzz --updates 100000` mutates that many, and says how the rest is found by coverage.
"""

import copy
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.every_kind import all_kinds
from tests.intake.messages import Raw
from tests.intake.mutating import Mutator, as_it_comes, paths
from tests.intake.neighbours import Neighbours, neighbours

KINDS = all_kinds()
EXAMPLES = int(os.environ.get("WENDU_FUZZ", "100"))
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


@pytest.fixture
async def group(tmp_path: Path) -> AsyncIterator[Neighbours]:
    async with neighbours(tmp_path) as made:
        yield made


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_update_is_stood_and_its_neighbours_get_in(group: Neighbours, kind: str) -> None:
    assert await group.gets(KINDS[kind])
    assert group.held.store.journal.pending() == []


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(raws=st.lists(mutated(), min_size=1, max_size=8))
async def test_mutated_updates_neither_stop_the_house_nor_lose_a_neighbour(
    group: Neighbours, raws: list[Raw]
) -> None:
    assert await group.stand(raws)


async def test_three_thousand_updates_spoilt_by_a_seed_lose_no_neighbour(group: Neighbours) -> None:
    mutator = Mutator(seed=9)
    for _ in range(60):
        raws = [as_it_comes(raw) for raw in mutator.updates(50)]
        assert await group.stand(raws)
