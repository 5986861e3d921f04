from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from db.discussion.remarks import NewRemark
from db.store import Store
from tests.dialogue import MONDAY_MORNING


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with one seminar and one round in which one person spoke."""
    path = tmp_path / "wendu.db"
    store = Store.open(path)
    person = store.people.meet(5, "小安")
    seminar = store.seminars.bind(-1001, title="週一班", pack="ai-film", language="zh-Hant")
    opened = store.rounds.open(
        seminar.id, prompt_slug="main-question", prompt_text="", opened_by=person.id, at=MONDAY_MORNING
    )
    store.remarks.log(
        NewRemark(
            round_id=opened.id,
            person_id=person.id,
            chat_id=-1001,
            message_id=7,
            sent_at=MONDAY_MORNING,
            text="<script>alert(1)</script> 溫度",
        )
    )
    store.close()
    monkeypatch.setenv("WENDU_DATABASE", str(path))
    monkeypatch.chdir(tmp_path)
    return path


def test_the_report_is_written_beside(database: Path) -> None:
    done = CliRunner().invoke(main, ["report"])
    assert done.exit_code == 0, done.output
    page = (database.parent / done.stdout.strip()).read_text("utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 溫度" in page
    assert "<script" not in page
    assert not list(database.parent.glob("*.part"))


def test_the_report_may_go_to_standard_output_in_another_language(database: Path) -> None:
    assert database.exists()
    done = CliRunner().invoke(main, ["report", "-o", "-", "--round", "1", "--language", "en"])
    assert done.exit_code == 0, done.output
    assert '<html lang="en">' in done.stdout


def test_a_round_that_is_not_there_is_said_plainly(database: Path) -> None:
    assert database.exists()
    done = CliRunner().invoke(main, ["report", "--round", "4"])
    assert done.exit_code == 2
    assert "there is no round 4" in done.output
