from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.sending.desk import Desk, posting


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with posting(tmp_path) as opened:
        yield opened
