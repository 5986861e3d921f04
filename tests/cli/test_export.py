import os
import pty
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.cli.export import export
from bot.cli.import_log import import_
from db.exports import FORMATS
from db.exports.as_sqlite import VIEWS
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
    classroom.store.seminars.bind(-7, title="乙班", pack="ai-film", language="en")
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


@pytest.mark.usefixtures("classroom")
def test_every_format_can_be_written_to_a_file_and_to_standard_output(tmp_path: Path) -> None:
    for name, chosen in FORMATS.items():
        out = tmp_path / f"out{chosen.suffix}"
        done = wendu(tmp_path, "--format", name, "-o", str(out))
        assert done.exit_code == 0, done.output
        assert out.stat().st_size > 0
        piped = wendu(tmp_path, "--format", name, "-o", "-")
        assert piped.exit_code == 0, piped.stderr
        assert len(piped.stdout_bytes) > 0
        assert piped.stderr == ""
    assert not list(tmp_path.glob("*.part"))


def test_times_and_people_can_be_chosen(classroom: Classroom, tmp_path: Path) -> None:
    alias = classroom.store.aliases.of(classroom.seminar.id, classroom.student(1, "葉清秋").id)

    def said(*arguments: str) -> bool:
        done = wendu(tmp_path, "--format", "jsonl", "-o", "-", *arguments)
        assert done.exit_code == 0, done.output
        return "有溫度" in done.stdout

    assert said("--person", alias, "--since", "2026-03-02", "--until", "2026-03-02T20:01")
    assert not said("--until", "2026-03-02T20:00"), "in Taipei it was said just after eight"
    assert not said("--since", "2026-03-02T12:01+00:00")


@pytest.mark.usefixtures("classroom")
def test_what_cannot_be_chosen_is_said_in_a_sentence(tmp_path: Path) -> None:
    for arguments, sentence in (
        (("--person", "沒有人"), "沒有叫「沒有人」的人"),
        (("--since", "昨天"), "看不懂時間"),
        (("--format", "sqlite", "--names"), "一律用化名"),
        (("--format", "poem"), "bundle"),
    ):
        done = wendu(tmp_path, "-o", str(tmp_path / "x"), *arguments)
        assert done.exit_code == 2
        assert sentence in done.output
    assert not (tmp_path / "x").exists()


@pytest.mark.usefixtures("classroom")
def test_with_names_it_warns_beside_the_file(tmp_path: Path) -> None:
    assert "妥善保管" in wendu(tmp_path, "--names", "-o", str(tmp_path / "out.zip")).stderr


@pytest.mark.usefixtures("classroom")
def test_remarks_are_coded_with_the_evidence_of_the_reading(tmp_path: Path) -> None:
    out = tmp_path / "out.qdpx"
    assert wendu(tmp_path, "--format", "qdpx", "-o", str(out)).exit_code == 0
    assert "文本依據" in read(out, "project.qde")


@pytest.mark.usefixtures("classroom")
def test_a_bar_shows_progress_where_somebody_watches(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "WENDU_DATABASE": str(tmp_path / "wendu.db"), "TERM": "xterm"}
    command = [sys.executable, "-m", "bot", "export", "-o", "-"]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=theirs, check=True)
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        assert "匯出 / export" in terminal.read(65_536).decode("utf-8", "replace")
    assert done.stdout.startswith(b"PK"), "the bar is not among the bytes of the file"


def test_the_page_for_researchers_tells_every_option_and_format() -> None:
    page = (Path(__file__).parents[2] / "docs" / "researchers.md").read_text("utf-8")
    options = [name for one in (export, import_) for option in one.params for name in option.opts]
    assert not [
        name for name in options if name.startswith("-") and f"`{name}" not in page and name not in page
    ]
    assert not [name for name in FORMATS if f"| `{name}` |" not in page]
    for view in VIEWS:
        assert re.search(rf"\b{view}\b", page), view
