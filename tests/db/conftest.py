from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.store import Store
from tests.db.classroom import Classroom

KEY = bytes(range(32))
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "wendu.db", key=KEY, clock=lambda: NOON)
    yield opened
    opened.close()


@pytest.fixture
def classroom(store: Store) -> Classroom:
    return Classroom(store, NOON)
