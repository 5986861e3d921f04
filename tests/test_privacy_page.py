"""docs/privacy.md says what is so: commands, files and tables are those of the code."""

from pathlib import Path

import pytest

from bot.app import OWN_DATA
from bot.config import Settings
from db.privacy.data_inventory import INVENTORY, PRIVATE_DAYS
from db.privacy.retention import IDENTITY_DAYS

CHINESE, ENGLISH = (
    (Path(__file__).parent.parent / "docs" / "privacy.md").read_text("utf-8").split("\n# Privacy", 1)
)


@pytest.mark.parametrize("page", [CHINESE, ENGLISH], ids=["Chinese", "English"])
def test_the_privacy_page_names_every_command_and_both_files(page: str) -> None:
    own = Settings(token="")
    for word in (*(f"`/{name}`" for name in OWN_DATA), "`/settings`", "0600", "WENDU_KEY_FILE"):
        assert word in page, word
    assert f"`{own.database}`" in page
    assert f"`{own.secret_key_file}`" in page


def test_the_privacy_page_names_every_table_with_rows_of_people() -> None:
    for table, holding in INVENTORY.items():
        if holding.owner:
            assert f"`{table}`" in CHINESE, table


def test_the_privacy_page_gives_the_days_that_the_code_has() -> None:
    assert PRIVATE_DAYS == IDENTITY_DAYS == 180
    assert CHINESE.count("180 天") >= 3
