import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from db.store import Store
from tests.db.classroom import Classroom
from tests.db.conftest import NOON

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def classroom(tmp_path: Path) -> Iterator[Classroom]:
    store = Store.open(tmp_path / "wendu.db", clock=lambda: NOON)
    held = Classroom(store, NOON)
    held.opens("一")
    held.says(held.student(1, "葉清秋"), "有溫度")
    yield held
    store.close()


def wendu(folder: Path, *arguments: str) -> Result:
    environment = {"WENDU_DATABASE": str(folder / "wendu.db"), "TELEGRAM_BOT_TOKEN": ""}
    return CliRunner().invoke(main, arguments, env=environment)


def test_a_class_under_way_is_backed_up_and_put_back_elsewhere(classroom: Classroom, tmp_path: Path) -> None:
    file = tmp_path / "class.backup"
    done = wendu(tmp_path, "backup", "-o", str(file))
    assert done.exit_code == 0, done.output
    assert "1 則發言 / remarks" in done.output
    assert "金鑰不在裡面" in done.output
    elsewhere = tmp_path / "elsewhere"
    back = wendu(elsewhere, "restore", str(file))
    assert back.exit_code == 0, back.output
    assert "1 則發言 / remarks" in back.output
    again = wendu(elsewhere, "restore", str(file))
    assert (again.exit_code, "--force" in again.output) == (1, True)
    forced = wendu(elsewhere, "restore", str(file), "--force")
    assert (forced.exit_code, "舊的留在" in forced.output) == (0, True)
    assert classroom.log() == [(1, 1, "有溫度")]


@pytest.mark.usefixtures("classroom")
def test_a_backup_is_not_written_over_another_file_unasked(tmp_path: Path) -> None:
    file = tmp_path / "class.backup"
    file.write_text("別的檔案")
    assert wendu(tmp_path, "backup", "-o", str(file)).exit_code == 1
    assert file.read_text() == "別的檔案"
    assert wendu(tmp_path, "backup", "-o", str(file), "--force", "--with-key").exit_code == 0


def test_where_there_is_no_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    done = wendu(tmp_path, "backup", "-o", str(tmp_path / "class.backup"))
    assert (done.exit_code, "還沒有資料庫" in done.output) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_the_export_of_what_was_put_back_is_that_of_the_moment_of_the_backup(
    classroom: Classroom, tmp_path: Path
) -> None:
    """The round is open, and more is said while the backup lies there."""
    before = exported(tmp_path)
    assert wendu(tmp_path, "backup", "--with-key", "-o", str(tmp_path / "class.backup")).exit_code == 0
    classroom.says(classroom.student(2, "林小溪"), "後來才說的")
    elsewhere = tmp_path / "elsewhere"
    assert wendu(elsewhere, "restore", str(tmp_path / "class.backup")).exit_code == 0
    assert "有溫度" in "".join(before)
    assert exported(elsewhere) == before != exported(tmp_path)


def exported(folder: Path) -> list[str]:
    """Return the lines of an export of everything, but for the head, which tells when it was made."""
    done = wendu(folder, "export", "--format", "jsonl", "-o", str(folder / "log.jsonl"))
    assert done.exit_code == 0, done.output
    return (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.usefixtures("classroom")
def test_the_guides_line_for_cron_works_as_it_is_printed(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "operators.md").read_text("utf-8")
    line = next(line for line in guide.splitlines() if line.startswith("0 3 * * * wendu "))
    unit = (ROOT / "deploy" / "wendu.service").read_text("utf-8")
    for place in ("/var/lib/wendu/wendu.db", "/opt/wendu/.venv/bin/wendu"):
        assert place in line
        assert place in unit
    here = line.replace("/var/lib/wendu", str(tmp_path)).replace(
        "/opt/wendu/.venv/bin/wendu", f"{sys.executable} -m bot"
    )
    command = here.removeprefix("0 3 * * * wendu ").replace("\\%", "%")  # cron's own reading of it
    bare = {"PATH": "/usr/bin:/bin", "HOME": "/", "SHELL": "/bin/sh", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["/bin/sh", "-c", command], env=bare, capture_output=True, text=True, cwd="/", check=False
    )
    assert done.returncode == 0, done.stderr
    (made,) = (tmp_path / "backups").glob("[1-7].backup")
    assert made.stat().st_mode & 0o777 == 0o600
