"""A reading test may ask a small pack about tea, or the first reading's."""

from pathlib import Path

import pytest

from bot.answering.engine import Engine
from bot.pack.load import load_pack
from tests.answering.tea import write_tea


@pytest.fixture(scope="session")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return Engine(load_pack(write_tea(tmp_path_factory.mktemp("packs"))))


@pytest.fixture(scope="session")
def ai_film() -> Engine:
    return Engine(load_pack(Path(__file__).parents[2] / "prompts" / "ai-film"))
