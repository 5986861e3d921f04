import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from db.backup.archive import KEY as KEY_INSIDE
from db.backup.archive import back_up
from db.backup.restore import restore
from db.core.errors import StoreError
from db.exports.export import Job, reading, write_export
from db.store import Store
from tests.db.classroom import Classroom
from tests.db.conftest import KEY, NOON


def in_class(classroom: Classroom) -> Classroom:
    """A round that is open, with an edit, a stance, somebody who said no, and a plan of what comes next."""
    opened = classroom.opens()
    first = classroom.says(classroom.student(1, "葉清秋"), "有溫度")
    classroom.edits(first, "我說有溫度")
    classroom.says(classroom.student(2, "林知遠"), "沒有溫度")
    classroom.store.stances.set(opened.id, classroom.student(1).id, "before", 4, NOON)
    refused = classroom.student(3, "白露")
    classroom.store.people.set_consent(None, refused.id, "no")
    classroom.store.plans.set(classroom.seminar.id, ["main-question", "one-word"])
    return classroom


def exported(store: Store, seminar_id: int, path: Path) -> dict[str, bytes]:
    with reading(Job(store, seminar_id)) as job, path.open("wb") as file:
        write_export(job, "bundle", file)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def backed_up(classroom: Classroom, folder: Path, *, with_key: bool = False) -> Path:
    file = folder / "class.backup"
    back_up(classroom.store.path, KEY, file, now=NOON, with_key=with_key)
    return file


def test_a_backup_from_the_middle_of_class_restored_elsewhere_exports_the_same(
    classroom: Classroom, tmp_path: Path
) -> None:
    in_class(classroom)
    before = exported(classroom.store, classroom.seminar.id, tmp_path / "before.zip")
    file = backed_up(classroom, tmp_path)
    classroom.says(classroom.student(4, "後來的人"), "備份之後才說的")
    place = tmp_path / "elsewhere" / "wendu.db"
    restore(file, place, place.with_suffix(".key"), now=NOON)
    store = Store.open(place, key=KEY, clock=lambda: NOON)
    assert exported(store, 1, tmp_path / "after.zip") == before
    assert "後來的人".encode() not in place.read_bytes()
    store.close()


def test_it_says_what_it_holds_and_is_for_its_owner_only(classroom: Classroom, tmp_path: Path) -> None:
    file = tmp_path / "class.backup"
    about = back_up(in_class(classroom).store.path, KEY, file, now=NOON)
    assert about.counts == {"seminars": 1, "rounds": 1, "remarks": 2, "people": 5 - 1, "questions": 0}
    with zipfile.ZipFile(file) as archive:
        assert json.loads(archive.read("about.json"))["counts"] == about.counts
        assert sorted(archive.namelist()) == ["about.json", "wendu.db"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_the_key_is_in_it_only_if_asked_for(classroom: Classroom, tmp_path: Path) -> None:
    in_class(classroom)
    for wanted in (False, True):
        file = backed_up(classroom, tmp_path, with_key=wanted)
        with zipfile.ZipFile(file) as archive:
            assert (KEY_INSIDE in archive.namelist()) == wanted
            assert any(KEY in archive.read(name) for name in archive.namelist()) == wanted


def test_a_backup_that_carries_its_key_puts_it_in_place(classroom: Classroom, tmp_path: Path) -> None:
    file = backed_up(in_class(classroom), tmp_path, with_key=True)
    place = tmp_path / "elsewhere" / "wendu.db"
    restore(file, place, place.with_suffix(".key"), now=NOON)
    assert place.with_suffix(".key").read_bytes() == KEY
    assert place.with_suffix(".key").stat().st_mode & 0o777 == 0o600
    assert place.stat().st_mode & 0o777 == 0o600


def test_a_database_that_is_there_is_replaced_only_by_force_and_kept_aside(
    classroom: Classroom, tmp_path: Path
) -> None:
    file = backed_up(in_class(classroom), tmp_path)
    place = tmp_path / "other.db"
    other = Store.open(place, key=KEY)
    other.people.meet(77, "舊資料庫裡的人")
    other.close()
    was = place.read_bytes()
    with pytest.raises(StoreError, match="--force"):
        restore(file, place, tmp_path / "other.key", now=NOON)
    assert place.read_bytes() == was
    done = restore(file, place, tmp_path / "other.key", now=NOON, force=True)
    (aside,) = done.aside
    with closing(sqlite3.connect(aside)) as old, closing(sqlite3.connect(place)) as new:
        assert old.execute("SELECT name FROM people").fetchall() == [("舊資料庫裡的人",)]
        assert new.execute("SELECT count(*) FROM remarks").fetchone() == (2,)


def test_a_database_that_the_bot_has_open_is_not_replaced(classroom: Classroom, tmp_path: Path) -> None:
    file = backed_up(in_class(classroom), tmp_path)
    classroom.says(classroom.student(1), "還在說")
    with pytest.raises(StoreError, match="另一個程式正在用"):
        restore(file, classroom.store.path, tmp_path / "wendu.key", now=NOON, force=True)
    assert len(classroom.log()) == 4
    classroom.says(classroom.student(1), "照常記下來")
    assert len(classroom.log()) == 5


def test_what_a_killed_bot_left_in_its_log_is_kept_aside_too(classroom: Classroom, tmp_path: Path) -> None:
    file = backed_up(classroom, tmp_path)
    in_class(classroom)
    killed = tmp_path / "killed"
    killed.mkdir()
    for suffix in ("", "-wal"):
        (killed / f"wendu.db{suffix}").write_bytes((tmp_path / f"wendu.db{suffix}").read_bytes())
    done = restore(file, killed / "wendu.db", killed / "wendu.key", now=NOON, force=True)
    (aside,) = done.aside
    with closing(sqlite3.connect(aside)) as old:
        assert old.execute("SELECT count(*) FROM remarks").fetchone() == (2,)


def test_a_damaged_database_is_moved_aside_as_it_is(classroom: Classroom, tmp_path: Path) -> None:
    file = backed_up(in_class(classroom), tmp_path)
    place = tmp_path / "broken.db"
    place.write_text("這不是資料庫，" * 100)
    done = restore(file, place, tmp_path / "broken.key", now=NOON, force=True)
    assert done.aside[0].read_text().startswith("這不是資料庫")
    Store.open(place, key=KEY).close()


@pytest.mark.parametrize("fault", ["cut", "changed", "else"])
def test_what_is_no_whole_backup_is_refused_and_nothing_is_put_in_place(
    classroom: Classroom, tmp_path: Path, fault: str
) -> None:
    file = backed_up(in_class(classroom), tmp_path)
    if fault == "cut":
        file.write_bytes(file.read_bytes()[:-200])
    elif fault == "changed":
        with zipfile.ZipFile(file) as archive:
            about, database = archive.read("about.json"), archive.read("wendu.db")
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("about.json", about)
            archive.writestr("wendu.db", database.replace("有溫度".encode(), "無溫度".encode()))
    else:
        file.write_text("不是備份")
    place = tmp_path / "elsewhere" / "wendu.db"
    with pytest.raises(StoreError):
        restore(file, place, place.with_suffix(".key"), now=NOON)
    assert list(place.parent.iterdir()) == []


def test_a_backup_that_would_fill_the_disk_is_not_unpacked(
    classroom: Classroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, place = backed_up(in_class(classroom), tmp_path), tmp_path / "elsewhere" / "wendu.db"
    free = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: free)
    with pytest.raises(StoreError, match="磁碟只剩 1,000"):
        restore(file, place, place.with_suffix(".key"), now=NOON)
    assert list(place.parent.iterdir()) == []


@pytest.mark.parametrize("about", [" " * 200_000, '{"a":' * 10_000])
def test_a_backup_whose_description_is_a_bomb_is_refused(
    classroom: Classroom, tmp_path: Path, about: str
) -> None:
    file, place = backed_up(in_class(classroom), tmp_path), tmp_path / "elsewhere" / "wendu.db"
    with zipfile.ZipFile(file) as archive:
        database = archive.read("wendu.db")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("about.json", about)
        archive.writestr("wendu.db", database)
    with pytest.raises(StoreError, match="不是完好的備份"):
        restore(file, place, place.with_suffix(".key"), now=NOON)
    assert list(place.parent.iterdir()) == []


def test_a_bare_copy_of_a_database_can_be_restored_too(classroom: Classroom, tmp_path: Path) -> None:
    in_class(classroom)
    bare, place = tmp_path / "bare.db", tmp_path / "elsewhere" / "wendu.db"
    with closing(sqlite3.connect(bare)) as copy:
        classroom.store.conn.backup(copy)
    assert restore(bare, place, place.with_suffix(".key"), now=NOON).counts["remarks"] == 2


def test_those_who_said_no_are_not_forgotten_by_leaving_the_key_behind(
    classroom: Classroom, tmp_path: Path
) -> None:
    refused = in_class(classroom).student(3)
    classroom.store.erasure.forget(refused.id)
    assert classroom.store.one("SELECT count(*) FROM refusals")[0] == 1, "else this test shows nothing"
    file = backed_up(classroom, tmp_path)
    place = tmp_path / "elsewhere" / "wendu.db"
    key_file = place.with_suffix(".key")
    with pytest.raises(StoreError, match="金鑰"):
        restore(file, place, key_file, now=NOON)
    key_file.write_bytes(bytes(32))
    with pytest.raises(StoreError, match="金鑰"):
        restore(file, place, key_file, now=NOON)
    key_file.write_bytes(KEY)
    assert restore(file, place, key_file, now=NOON).counts["rounds"] == 1
    assert restore(file, tmp_path / "new.db", tmp_path / "new.key", now=NOON, without_key=True)


def test_a_damaged_database_makes_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "wendu.db"
    store = Store.open(path, key=KEY)
    for number in range(300):
        store.people.meet(1000 + number, f"第{number}人")
    store.close()
    spoilt = bytearray(path.read_bytes())
    for page in range(len(spoilt) // 4096 - 3, len(spoilt) // 4096):
        spoilt[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    path.write_bytes(spoilt)
    with pytest.raises(StoreError, match="損壞"):
        back_up(path, KEY, tmp_path / "class.backup", now=NOON + timedelta(days=1))
    assert [found.name for found in tmp_path.iterdir()] == ["wendu.db"]


@pytest.mark.parametrize("key", [b"", KEY[:31], bytes(32)])
def test_a_backup_with_no_whole_key_or_another_ones_is_refused(
    classroom: Classroom, tmp_path: Path, key: bytes
) -> None:
    file = backed_up(in_class(classroom), tmp_path, with_key=True)
    changed = tmp_path / "changed.backup"
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(changed, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, key if name == KEY_INSIDE else whole.read(name))
    place = tmp_path / "elsewhere" / "wendu.db"
    with pytest.raises(StoreError, match="changed"):
        restore(changed, place, place.with_suffix(".key"), now=NOON, without_key=True)
    assert list(place.parent.iterdir()) == []
