import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.cli.shared import written_whole
from db.store import Store
from tests.db.classroom import Classroom
from tests.db.conftest import NOON


@pytest.fixture(autouse=True)
def lenient() -> Iterator[None]:
    """As most computers have it: what a program makes, everybody may read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.parametrize("command", ["export", "report", "backup"])
def test_only_the_owner_may_read_what_a_command_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    store = Store.open(tmp_path / "wendu.db", clock=lambda: NOON)
    classroom = Classroom(store, NOON)
    classroom.opens()
    classroom.says(classroom.student(1), "有溫度")
    store.close()
    monkeypatch.setenv("WENDU_DATABASE", str(tmp_path / "wendu.db"))
    made = tmp_path / "made"
    done = CliRunner().invoke(main, [command, "-o", str(made)])
    assert done.exit_code == 0, done.output
    assert made.stat().st_mode & 0o777 == 0o600


def test_what_breaks_off_leaves_what_was_there_and_nothing_beside_it(tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.write_text("before")

    def breaks_off() -> None:
        with written_whole(made) as file:
            file.write(b"half")
            raise ValueError("broke")

    with pytest.raises(ValueError, match="broke"):
        breaks_off()
    assert made.read_text() == "before"
    assert list(tmp_path.iterdir()) == [made]


def test_nothing_is_written_where_somebody_has_put_a_link(tmp_path: Path) -> None:
    (tmp_path / "made.part").symlink_to(tmp_path / "theirs")
    with written_whole(tmp_path / "made") as file:
        file.write(b"ours")
    assert not (tmp_path / "theirs").exists()
    assert (tmp_path / "made").read_bytes() == b"ours"
