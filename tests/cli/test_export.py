import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from db.store import Store
from tests.db.classroom import Classroom
from tests.db.conftest import NOON


@pytest.fixture
def classroom(tmp_path: Path) -> Iterator[Classroom]:
    store = Store.open(tmp_path / "wendu.db", clock=lambda: NOON)
    held = Classroom(store, NOON)
    held.closes(held.opens("一"))
    held.opens("二")
    held.says(held.student(1, "葉清秋"), "有溫度")
    yield held
    store.close()


def wendu(folder: Path, *arguments: str) -> Result:
    environment = {"WENDU_DATABASE": str(folder / "wendu.db"), "TELEGRAM_BOT_TOKEN": ""}
    return CliRunner().invoke(main, ["export", *arguments], env=environment)


def read(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


@pytest.mark.usefixtures("classroom")
def test_the_only_seminar_is_exported_while_the_bot_runs(tmp_path: Path) -> None:
    done = wendu(tmp_path, "-o", str(tmp_path / "out.zip"))
    assert done.exit_code == 0, done.output
    assert done.output.strip() == str(tmp_path / "out.zip")
    assert "有溫度" in read(tmp_path / "out.zip", "remarks.csv")
    assert "葉清秋" not in read(tmp_path / "out.zip", "remarks.csv")


@pytest.mark.usefixtures("classroom")
def test_names_come_only_when_asked_for(tmp_path: Path) -> None:
    assert wendu(tmp_path, "--names", "-o", str(tmp_path / "out.zip")).exit_code == 0
    assert "葉清秋" in read(tmp_path / "out.zip", "remarks.csv")


@pytest.mark.usefixtures("classroom")
def test_a_round_is_named_by_its_number_in_the_seminar(tmp_path: Path) -> None:
    out = str(tmp_path / "out.zip")
    assert wendu(tmp_path, "--round", "1", "-o", out).exit_code == 0
    assert "有溫度" not in read(tmp_path / "out.zip", "remarks.csv")
    unknown = wendu(tmp_path, "--round", "7", "-o", out)
    assert (unknown.exit_code, "有：1、2" in unknown.output) == (2, True)


def test_where_there_are_several_seminars_it_lists_them(classroom: Classroom, tmp_path: Path) -> None:
    classroom.store.seminar(-7, title="乙班", pack="ai-film", language="en")
    for arguments in ((), ("--seminar", "99")):
        done = wendu(tmp_path, *arguments)
        assert done.exit_code == 2
        assert "人文研討" in done.output
        assert "乙班" in done.output
    assert wendu(tmp_path, "--seminar", "2", "-o", str(tmp_path / "out.zip")).exit_code == 0


def test_where_there_is_no_database_none_is_made(tmp_path: Path) -> None:
    done = wendu(tmp_path, "-o", str(tmp_path / "out.zip"))
    assert done.exit_code == 1
    assert "還沒有資料庫" in done.output
    assert list(tmp_path.iterdir()) == []
