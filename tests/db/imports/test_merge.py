"""In order, known again, once, in flat memory, and taken back without a trace."""

import csv
import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.exports.export import FORMATS, Job, reading, write_export
from db.exports.threads import by_thread
from db.exports.transcript import transcript
from db.imports.found import Record
from db.imports.import_file import read_telegram
from db.imports.undo import undo_import
from db.store import Store
from tests.db.classroom import GROUP, Classroom
from tests.db.imports.held_elsewhere import (
    CHAT,
    bring,
    brought,
    brought_table,
    exported,
    load,
    log,
    message,
    numbers,
    post,
    result,
    says,
    service,
)

SHIFT = 1_000_000_000
OLD = -987654


def order_in(store: Store, tmp_path: Path, name: str) -> list[int]:
    """Return the message ids in the order of that export."""
    with reading(Job(store, 1)) as job, (tmp_path / name).open("wb") as file:
        write_export(job, name, file)
    content = (tmp_path / name).read_bytes()
    if name == "telegram":
        return [each["id"] for each in json.loads(content)["messages"]]
    if name == "jsonl":
        lines = [json.loads(line) for line in content.splitlines()]
        return [line["message_id"] for line in lines if "written_at" in line and "text" in line]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if name == "xapi":
            said = json.loads(archive.read("statements.json"))
            return [
                int(each["result"]["response"].removeprefix("第").removesuffix("句"))
                for each in said
                if "response" in each.get("result", {})
            ]
        if name == "qdpx":
            (source,) = [each for each in archive.namelist() if each.startswith("sources/")]
            lines = archive.read(source).decode().splitlines()
            return [int(line[1:-1]) for line in lines if line.startswith("第") and line.endswith("句")]
        return [
            int(row["message_id"])
            for row in csv.DictReader(archive.read("remarks.csv").decode("utf-8-sig").splitlines())
        ]


@pytest.mark.parametrize("gaps", [(1, 2, 5, 6), (7,), (2, 4, 6)])
def test_gaps_that_are_filled_later_are_in_their_place_in_every_export(
    store: Store, tmp_path: Path, gaps: tuple[int, ...]
) -> None:
    every = [says(number, "小雲" if number % 2 else "阿明", f"第{number}句") for number in range(1, 8)]
    for said in every:  # the third and the fourth were said within a second: the lower number came first
        said["date_unixtime"] = str(1_796_000_000 + min(said["id"], 3 if said["id"] == 4 else 9) * 60)
    brought(store, tmp_path, *(each for each in every if each["id"] in gaps))
    assert brought(store, tmp_path, *every).added == 7 - len(gaps)
    for name in ("csv", "jsonl", "telegram", "xapi", "qdpx", "bundle"):
        assert order_in(store, tmp_path, name) == [1, 2, 3, 4, 5, 6, 7], name
    assert numbers(store) == [1, 2, 3, 4, 5, 6, 7]
    with reading(Job(store, 1)) as job:
        text = "\n".join(transcript(job))
        threads = [row[2] for row in by_thread(job, 1)]
    assert [text.index(f"第{number}句") for number in range(1, 8)] == sorted(
        text.index(f"第{n}句") for n in range(1, 8)
    )
    assert threads == [1, 2, 3, 4, 5, 6, 7]


def test_what_is_imported_into_a_round_stands_before_what_was_said_in_it_later(
    classroom: Classroom, tmp_path: Path
) -> None:
    opened = classroom.opens()
    late = classroom.says(classroom.student(1), "課堂上說的")
    found = load(classroom.store, tmp_path, result(message(500)))
    bring(classroom.store, found, classroom.seminar.id, round_id=opened.id)
    assert numbers(classroom.store) == [500, late.message_id]
    assert order_in(classroom.store, tmp_path, "csv") == [500, late.message_id]


def test_the_chat_stands_beside_the_number_in_every_table(store: Store, tmp_path: Path) -> None:
    brought(store, tmp_path, message(1))
    with reading(Job(store, 1)) as job:
        for name in ("csv", "xlsx"):
            (table,) = [each for each in FORMATS[name].reads if each.name == "remarks"]
            assert [row["chat_id"] for row in job.dicts(table)] == [CHAT]


def migrated(store: Store) -> Classroom:
    """Return a class that spoke in a group, which then became a supergroup, in which it spoke on."""
    held = Classroom(store, store.clock())
    seminar = store.seminars.bind(OLD, title="遷移班", pack="ai-film", language="zh-Hant")
    first = store.rounds.open(seminar.id, prompt_slug="", prompt_text="一", opened_by=None, at=held.now)
    for number in (7, 8):
        held.says(held.student(number), f"以前{number}", chat_id=OLD, message_id=number)
    held.says(held.student(7), "回覆", chat_id=OLD, message_id=9, reply_to_message_id=8)
    store.rounds.close(first.id, by=None, at=held.now)
    store.seminars.migrate_chat(OLD, GROUP)
    store.rounds.open(seminar.id, prompt_slug="", prompt_text="二", opened_by=None, at=held.now)
    held.messages = 6
    for number in (7, 8, 9):
        held.says(held.student(number), f"後來{number}", reply_to_message_id=7 if number > 7 else None)
    return held


def as_telegram_desktop(out: dict[str, Any]) -> dict[str, Any]:
    """Return our export as Telegram Desktop would have written it: without what we add."""
    bare = [
        {key: value for key, value in each.items() if not key.startswith("wendu")} for each in out["messages"]
    ]
    return {key: value for key, value in out.items() if key != "wendu"} | {"messages": bare}


def test_old_numbers_of_a_group_that_became_a_supergroup_are_known_again(
    store: Store, tmp_path: Path
) -> None:
    held = migrated(store)
    out = as_telegram_desktop(exported(store, held.seminar.id, tmp_path / "out.json", names=True))
    assert [each["id"] for each in out["messages"]] == [7 - SHIFT, 8 - SHIFT, 9 - SHIFT, 7, 8, 9]
    assert out["messages"][2]["reply_to_message_id"] == 8 - SHIFT
    out["messages"].append(message(10 - SHIFT, "補上的", reply_to_message_id=9 - SHIFT))
    merged = bring(store, load(store, tmp_path, out))
    assert (merged.added, merged.known, merged.unread) == (1, 6, 0)
    row = store.one(
        "SELECT chat_id, message_id, reply_to_message_id FROM remarks WHERE import_id IS NOT NULL"
    )
    assert tuple(row) == (OLD, 10, 9)


def test_they_are_known_too_where_the_group_was_imported_before_it_moved(
    store: Store, tmp_path: Path
) -> None:
    seminar = store.seminars.bind(CHAT, title="讀書會", pack="ai-film", language="zh-Hant")
    old = [message(1), message(2, reply_to_message_id=1)]
    bring(store, load(store, tmp_path, result(*old, type="private_group", id=-OLD)), seminar.id)
    moved = [{**each, "id": each["id"] - SHIFT} for each in old]
    merged = brought(store, tmp_path, service(1, "migrate_from_group"), *moved, message(2, "後來"))
    assert (merged.added, merged.known) == (1, 2)


def test_a_group_that_nobody_knew_before_it_moved_is_kept_and_known_again(
    store: Store, tmp_path: Path
) -> None:
    moved = [message(1 - SHIFT), message(2 - SHIFT, reply_to_message_id=1 - SHIFT), message(1, "後來")]
    assert brought(store, tmp_path, *moved).added == 3
    assert brought(store, tmp_path, *moved, message(2)).known == 3
    assert sorted(numbers(store)) == [1, 1, 2, 2]
    out = exported(store, 1, tmp_path / "again.json", names=False)
    assert sorted(each["id"] for each in out["messages"]) == [1 - SHIFT, 2 - SHIFT, 1, 2]


def rounds_of(store: Store) -> list[tuple[Any, ...]]:
    sql = (
        "SELECT o.number, o.prompt_text, o.opened_at, o.closed_at, group_concat(r.message_id) FROM rounds o"
        " JOIN (SELECT * FROM remarks ORDER BY sent_at, message_id) r ON r.round_id = o.id"
        " GROUP BY o.id ORDER BY o.number"
    )
    return [tuple(row) for row in store.all(sql)]


@pytest.mark.parametrize("names", [True, False])
def test_our_own_export_makes_the_round_trip_after_migration_and_with_moodle_beside_it(
    store: Store,
    tmp_path: Path,
    names: bool,  # noqa: FBT001  drawn
) -> None:
    held = migrated(store)
    store.rounds.close(store.rounds.all_open()[0].id, by=None, at=held.now)
    brought_table(store, tmp_path, held.seminar.id, post(7), post(8))
    before = exported(store, held.seminar.id, tmp_path / "a.json", names=names)
    ids = [each["id"] for each in before["messages"]]
    assert len(set(ids)) == len(ids) == 8

    with_other_key = Store.open(tmp_path / "two.db", key=bytes(32), clock=store.clock)
    found = read_telegram(with_other_key, tmp_path / "a.json")
    assert bring(with_other_key, found).added == 8
    after = exported(with_other_key, 1, tmp_path / "b.json", names=names)
    assert after["messages"] == before["messages"]
    assert rounds_of(with_other_key) == rounds_of(store)
    assert undo_import(with_other_key) is not None
    anew = bring(with_other_key, read_telegram(with_other_key, tmp_path / "a.json"))
    again = exported(with_other_key, anew.seminar_id, tmp_path / "c.json", names=names)
    assert again["messages"] == before["messages"]
    with_other_key.close()


def test_an_export_of_ours_from_before_numbers_were_unique_is_read_whole(
    store: Store, tmp_path: Path
) -> None:
    said = [message(number, f"以前{number}") for number in (7, 8, 9)]
    later = [
        message(number, f"後來{number}", date_unixtime=str(1_796_000_000 + number)) for number in (6, 7, 8, 9)
    ]
    merged = brought(store, tmp_path, *said, *later, wendu={"names": True})
    assert (merged.added, merged.unread) == (7, 0)


def dump(store: Store) -> list[Any]:
    """Return all that the store holds of the class."""
    tables = ("seminars", "rounds", "remarks", "versions", "people", "aliases", "imports", "consents")
    return [[tuple(row) for row in store.all(f"SELECT * FROM {table}")] for table in tables]


def test_a_look_beforehand_leaves_nothing_and_tells_the_same(store: Store, tmp_path: Path) -> None:
    before = dump(store)
    found = load(store, tmp_path, result(message(1), message(2), 7))
    looked = bring(store, found, dry_run=True)
    assert dump(store) == before
    assert bring(store, found) == looked
    assert dump(store) != before


@pytest.mark.parametrize(
    "said", [[7], [{"id": 1, "type": "poem"}], [service(1, "pin_message"), says(2, "QuizBot", "題")]]
)
def test_where_nothing_comes_in_nothing_is_left(store: Store, tmp_path: Path, said: list[Any]) -> None:
    before = dump(store)
    assert brought(store, tmp_path, *said).added == 0
    assert dump(store) == before


def test_what_fails_in_the_middle_leaves_nothing(store: Store, tmp_path: Path) -> None:
    before = dump(store)
    found = load(store, tmp_path, result(*map(message, range(1, 2000))))

    def records(zone: tzinfo) -> Iterator[Record]:
        yield from islice(found.records(zone), 1500)
        raise OSError("the disk was pulled out")

    with pytest.raises(OSError, match="pulled out"):
        bring(store, replace(found, records=records))
    assert dump(store) == before


def test_words_of_what_was_not_to_stay_are_in_no_file(store: Store, tmp_path: Path) -> None:
    found = load(store, tmp_path, result(message(1, "只是看看的話")))
    bring(store, found, dry_run=True)
    bring(store, found)
    undo_import(store)
    (tmp_path / "result.json").unlink()
    assert not [path for path in tmp_path.iterdir() if "只是看看的話".encode() in path.read_bytes()]


def test_an_import_is_taken_back_with_all_that_it_made(classroom: Classroom, tmp_path: Path) -> None:
    store, opened = classroom.store, classroom.opens()
    classroom.says(classroom.student(1), "原本就有")
    before = dump(store)
    brought(store, tmp_path, message(900), message(901), id=4242)
    bring(store, load(store, tmp_path, result(message(902))), classroom.seminar.id, round_id=opened.id)
    undone = [undo_import(store), undo_import(store)]
    assert [one and one.remarks for one in undone] == [1, 2]
    after = dump(store)
    after[0] = [row[:8] + before[0][0][8:9] + row[9:] for row in after[0]]  # aliases_drawn only rises
    assert after == before
    assert undo_import(store) is None


def test_what_has_come_to_it_since_stays(store: Store, tmp_path: Path) -> None:
    brought(store, tmp_path, message(1), message(2))
    brought(store, tmp_path, message(1), message(2), message(3))
    undone = undo_import(store)
    assert undone is not None
    assert (undone.remarks, undone.title, numbers(store)) == (1, "", [1, 2])
    (held,) = store.rounds.of(1)
    assert held.closed_at is not None
    assert held.closed_at < held.opened_at.replace(year=2027)
    assert undo_import(store, 99) is None


def test_the_latest_import_of_the_seminar_that_is_named_goes(store: Store, tmp_path: Path) -> None:
    brought(store, tmp_path, message(1))
    brought(store, tmp_path, message(5), id=4242)
    assert undo_import(store, 1) is not None
    assert numbers(store) == [5]


IDS = st.lists(st.integers(1, 30), min_size=1, max_size=12, unique=True)


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(IDS, IDS)
def test_in_whatever_parts_it_comes_the_log_is_the_same(
    tmp_path: Path, first: list[int], second: list[int]
) -> None:
    logs = []
    for parts in ((first, second), (second, first), (first + second,)):
        for path in tmp_path.glob("*.db*"):
            path.unlink()
        store = Store.open(tmp_path / "parts.db", key=bytes(32))
        for part in parts:
            brought(store, tmp_path, *map(message, dict.fromkeys(part)))
        logs.append((log(store), rounds_of(store)))
        store.close()
    assert logs[0] == logs[1] == logs[2]


def test_memory_stays_flat_however_long_the_discussion_is(store: Store, tmp_path: Path) -> None:
    peaks = []
    for count in (2_000, 12_000):
        found = load(store, tmp_path, result(*(message(n, "溫度" * 100) for n in range(1, count + 1))))
        tracemalloc.start()
        bring(store, found)
        peaks.append(tracemalloc.get_traced_memory()[1] / 1e6)
        tracemalloc.stop()
    assert len(numbers(store)) == 12_000
    assert peaks[1] < peaks[0] + 2, f"{peaks} MB: ten thousand more would take 15 MB, were they held"
