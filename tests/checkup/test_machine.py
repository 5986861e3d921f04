import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.checkup import machine
from bot.checkup.findings import CheckResult, CheckState
from bot.config import Settings
from bot.pages.fonts import FILES
from bot.seminar.records import Schedule
from db.core.errors import StoreError
from db.core.keys import read_key
from db.core.scratch import scratch
from db.store import Store
from tests.answering.tea import write_tea
from tests.db.classroom import Classroom
from tests.db.conftest import NOON
from tests.db.core.test_schema_version import of_level


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        token="", database=tmp_path / "wendu.db", secret_key_file=tmp_path / "wendu.key", packs=tmp_path
    )


def states(findings: Iterable[CheckResult]) -> dict[str, CheckState]:
    found = list(findings)
    for finding in found:
        for language in ("zh-Hant", "zh-Hans", "en"):
            assert "{" not in finding.line(language)
    return {finding.key: finding.state for finding in found}


def database(settings: Settings) -> dict[str, CheckState]:
    return states(machine.database(settings, "en", NOON))


def test_before_the_first_start_nothing_is_wrong_and_nothing_is_made(
    settings: Settings, tmp_path: Path
) -> None:
    assert database(settings) == {"no_database": CheckState.FINE, "nothing_scheduled": CheckState.FINE}
    assert states([machine.key(settings)]) == {"no_key": CheckState.FINE}
    assert list(tmp_path.iterdir()) == []


def test_a_database_in_use_is_fine_and_stays_as_it_is(settings: Settings) -> None:
    store = Store.open(settings.database, clock=lambda: NOON)
    assert database(settings) == {"whole": CheckState.FINE, "nothing_scheduled": CheckState.FINE}
    store.people.meet(1, "小安")
    store.close()


def test_one_of_an_earlier_version_is_not_migrated_by_looking(settings: Settings) -> None:
    of_level(settings.database, "0001_house")
    was = settings.database.read_bytes()
    assert database(settings)["behind"] is CheckState.COULD_BE_BETTER
    assert settings.database.read_bytes() == was


def test_no_database_at_all_is_bad(settings: Settings) -> None:
    settings.database.write_text("這不是資料庫，" * 100)
    assert database(settings) == {"unreadable": CheckState.BAD}


def test_a_damaged_database_is_bad(settings: Settings) -> None:
    store = Store.open(settings.database)
    for number in range(300):
        store.people.meet(1000 + number, f"第{number}人")
    store.close()
    spoilt = bytearray(settings.database.read_bytes())
    spoilt[-3 * 4096 :] = b"\xff" * (3 * 4096)
    settings.database.write_bytes(spoilt)
    assert database(settings)["damaged"] is CheckState.BAD


def test_a_database_that_another_program_will_not_let_go_is_bad(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(settings.database).close()
    monkeypatch.setattr("db.core.inspect.WAITING", 0.0)
    with closing(sqlite3.connect(settings.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert database(settings)["unwritable"] is CheckState.BAD


@pytest.mark.parametrize(
    ("late", "key", "state"),
    [(timedelta(hours=-1), "scheduled", CheckState.FINE), (timedelta(hours=1), "overdue", CheckState.BAD)],
)
def test_a_prompt_that_was_not_posted_in_time_is_bad(
    settings: Settings, late: timedelta, key: str, state: CheckState
) -> None:
    store = Store.open(settings.database, clock=lambda: NOON)
    held = Classroom(store, NOON)
    store.schedules.add(
        Schedule(
            id=0,
            seminar_id=held.seminar.id,
            prompt_slug="",
            prompt_text="題",
            minutes=0,
            weekday=None,
            clock="10:00",
            due_at=NOON - late,
            made_by=None,
        )
    )
    store.close()
    assert database(settings)[key] is state


def test_a_key_is_to_be_whole_and_for_its_owner_only(settings: Settings) -> None:
    path = settings.secret_key_file
    read_key(path)
    assert states([machine.key(settings)]) == {"key": CheckState.FINE}
    path.chmod(0o644)
    assert states([machine.key(settings)]) == {"key_open": CheckState.BAD}
    path.write_bytes(b"short")
    path.chmod(0o600)
    assert states([machine.key(settings)]) == {"key_short": CheckState.BAD}
    path.unlink()
    Store.open(settings.database, key=bytes(32)).close()
    assert states([machine.key(settings)]) == {"key_gone": CheckState.BAD}


def test_a_folder_into_which_others_can_write_is_bad(settings: Settings) -> None:
    place = settings.database.parent
    place.chmod(0o755)
    assert list(machine.folder(settings)) == []
    place.chmod(0o777)
    assert [(each.state, each.key) for each in machine.folder(settings)] == [(CheckState.BAD, "folder_open")]


def test_what_a_killed_backup_left_is_named_and_what_is_being_made_is_not(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "backups").mkdir()
    left = tmp_path / "backups" / ".wendu-left"
    left.mkdir()
    (left / "lock").touch()
    with scratch(tmp_path) as making:
        found = list(machine.left_copies(settings))
    assert [finding.fields["path"] for finding in found if tmp_path in finding.fields["path"].parents] == [
        left
    ]
    assert not making.exists()


def test_a_file_with_the_token_that_others_can_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    assert states(machine.secrets_file(path)) == {}
    path.write_text("TELEGRAM_BOT_TOKEN=…")
    path.chmod(0o640)
    assert states(machine.secrets_file(path)) == {"dotenv_open": CheckState.COULD_BE_BETTER}
    path.chmod(0o600)
    assert states(machine.secrets_file(path)) == {"dotenv": CheckState.FINE}


def test_packs_are_checked_and_the_chosen_one_must_be_there(settings: Settings, tmp_path: Path) -> None:
    write_tea(tmp_path)
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "pack.md").write_text("沒有題目", encoding="utf-8")
    assert states(machine.packs(settings)) == {
        "pack_missing": CheckState.BAD,
        "pack_broken": CheckState.BAD,
        "pack": CheckState.FINE,
    }


def test_pictures_can_be_drawn_here_and_there_is_room(settings: Settings) -> None:
    assert states([machine.fonts(), machine.disk(settings)])["drawn"] is CheckState.FINE


def test_a_font_that_is_gone_is_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for gone in ({}, {**FILES, "bold": tmp_path / "bold.otf"}):
        with monkeypatch.context() as patch:
            patch.setattr("bot.pages.charts.canvas.FILES", gone)
            patch.setattr("bot.checkup.machine.FILES", gone)
            assert states([machine.fonts()]) == {"fonts": CheckState.BAD}


def test_where_the_folder_cannot_be_written_the_database_that_is_not_there_yet_is_bad(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked of the system as a user without rights would be answered: who runs the tests may be root."""
    monkeypatch.setattr("os.access", lambda folder, _mode: folder != settings.database.parent)
    assert database(settings) == {"no_room": CheckState.BAD, "nothing_scheduled": CheckState.FINE}


def test_a_key_that_cannot_be_read_is_said_by_name_and_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "wendu.key"
    folder.mkdir()
    with pytest.raises(StoreError, match="WENDU_KEY_FILE"):
        read_key(folder)
