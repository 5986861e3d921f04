"""Every reading test keeps its caches in a folder of the test run, and may ask a small pack about tea."""

from pathlib import Path

import pytest

from bot.reading.engine import Engine
from bot.reading.parsing import load_pack
from tests.reading.tea import write_tea


@pytest.fixture(autouse=True)
def _caches_of_this_run(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture(scope="session")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        return Engine(load_pack(write_tea(tmp_path_factory.mktemp("packs"))))


@pytest.fixture(scope="session")
def ai_film(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        return Engine(load_pack(Path(__file__).parents[2] / "prompts" / "ai-film"))
