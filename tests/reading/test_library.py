from pathlib import Path

import pytest

from bot.reading.library import Library
from bot.reading.parsing import PackError
from tests.reading.tea import write_tea


def test_all_packs_of_a_folder_are_there(tmp_path: Path) -> None:
    write_tea(tmp_path)
    library = Library.open(tmp_path)
    assert list(library.packs) == ["tea"]
    assert library.engine("tea") is library.engine("tea")
    assert library.engine("tea").answer("陳阿水").answered


def test_a_broken_pack_does_not_keep_others_out(tmp_path: Path) -> None:
    write_tea(tmp_path)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "pack.md").write_text("無", encoding="utf-8")
    library = Library.open(tmp_path)
    assert list(library.packs) == ["tea"]
    assert library.broken["broken"]
    with pytest.raises(PackError):
        library.engine("broken")


def test_an_unknown_pack_is_a_key_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        Library.open(tmp_path).engine("none")


def test_an_empty_or_missing_folder_has_no_packs(tmp_path: Path) -> None:
    assert Library.open(tmp_path / "nowhere").packs == {}
