"""`wendu pack merge`, on a real database and a real folder."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.pack import pack
from bot.pack.load import load_pack
from db.store import Store
from tests.answering.tea import write_tea


@pytest.fixture
def taught(tmp_path: Path) -> Path:
    """A folder with the pack `tea` and a database that has learned two wordings for it."""
    write_tea(tmp_path)
    store = Store.open(tmp_path / "wendu.db")
    teacher = store.people.meet(1, "老師")
    store.learned.add(pack="tea", slug="roasting", wording="阿嬤的黑茶", by=teacher.id)
    store.learned.add(pack="tea", slug="gone", wording="什麼", by=teacher.id)
    store.learned.add(pack="another", slug="roasting", wording="別篇的", by=teacher.id)
    store.close()
    return tmp_path


def run(folder: Path, *options: str) -> Result:
    where = ["--packs", str(folder), "--database", str(folder / "wendu.db")]
    return CliRunner().invoke(pack, ["merge", "tea", *where, *options])


def test_what_was_learned_is_written_into_the_pack(taught: Path) -> None:
    result = run(taught)
    assert result.exit_code == 0, result.output
    assert "+ roasting：阿嬤的黑茶" in result.output
    assert "! gone：什麼" in result.output
    assert "阿嬤的黑茶" in load_pack(taught / "tea").by_slug["roasting"].aliases
    assert "別篇的" not in (taught / "tea" / "snippets.md").read_text("utf-8")


def test_a_second_merge_writes_nothing(taught: Path) -> None:
    run(taught)
    before = (taught / "tea" / "snippets.md").read_bytes()
    result = run(taught)
    assert "沒有新的別名" in result.output
    assert (taught / "tea" / "snippets.md").read_bytes() == before


def test_a_dry_run_says_so_and_writes_nothing(taught: Path) -> None:
    before = (taught / "tea" / "snippets.md").read_bytes()
    result = run(taught, "--dry-run")
    assert "+ roasting：阿嬤的黑茶" in result.output
    assert "--dry-run" in result.output
    assert (taught / "tea" / "snippets.md").read_bytes() == before


def test_a_byte_order_mark_stays(taught: Path) -> None:
    path = taught / "tea" / "snippets.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    run(taught)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf#")
    assert "阿嬤的黑茶" in load_pack(taught / "tea").by_slug["roasting"].aliases


def test_nothing_lies_about_afterwards(taught: Path) -> None:
    before = sorted(path.name for path in (taught / "tea").iterdir())
    run(taught)
    assert sorted(path.name for path in (taught / "tea").iterdir()) == before


def test_without_a_database_it_says_which_is_missing(tmp_path: Path) -> None:
    write_tea(tmp_path)
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "wendu.db" in result.output
    assert not (tmp_path / "wendu.db").exists()


def test_a_broken_pack_is_mended_first(taught: Path) -> None:
    shutil.copy(taught / "tea" / "golden.md", taught / "tea" / "pack.md")
    result = run(taught)
    assert result.exit_code == 1
    assert "pack.md" in result.output
