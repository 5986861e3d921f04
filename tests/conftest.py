"""What all tests share: the dialogue's fixture, and what is skipped where there is no browser."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from tests.dialogue import Seminar

hypothesis.settings.register_profile("house", deadline=None)  # how fast a busy machine is proves nothing
hypothesis.settings.load_profile("house")

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(autouse=True, scope="session")
def caches_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What is worked out once for a pack is kept in the run's own folder: no test touches the user's."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture
async def seminar(tmp_path: Path) -> "AsyncIterator[Seminar]":
    """A supergroup with the bot as admin, 陳老師 (its owner) and the students 小安, 小敏, 阿哲."""
    from tests.dialogue import holding  # noqa: PLC0415 - only these tests pay for loading the whole house

    async with holding(tmp_path) as held:
        yield held


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser, saying so, where there is none."""
    if any(map(shutil.which, CHROMIUMS)):
        return
    skip = pytest.mark.skip(reason=f"no browser here: none of {', '.join(CHROMIUMS)} on the PATH")
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(skip)
