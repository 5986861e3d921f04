"""Nothing in the schema escapes forgetting, /mydata and the purge: the schema itself is walked."""

import json
from collections.abc import Mapping
from datetime import timedelta

import pytest

from bot.seminar.moves.records import Spotted, Trigger
from bot.seminar.records import Person, Schedule, Terms
from db.privacy.data_inventory import INVENTORY
from db.store import Store
from tests.db.classroom import GROUP, Classroom
from tests.db.conftest import NOON
from tests.db.privacy.test_erasure import SECRET, stands_in

NAME, USERNAME = "葉清秋", "yeqingqiu"
REMOVED, UNSET = "CASCADE", "SET NULL"


def tables(store: Store) -> list[str]:
    rows = store.all("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [row[0] for row in rows if not row[0].startswith(("sqlite_", "_sqlite_"))]


def references_to_people(store: Store, table: str) -> Mapping[str, str]:
    """Return the columns that name a person, and what becomes of the row when that person goes."""
    keys = store.all(f"PRAGMA foreign_key_list({table})")
    return {row["from"]: row["on_delete"] for row in keys if row["table"] == "people"}


def test_every_table_is_accounted_for(store: Store) -> None:
    assert sorted(INVENTORY) == sorted(tables(store))


@pytest.mark.parametrize("table", INVENTORY)
def test_every_person_and_every_text_in_a_table_is_accounted_for(store: Store, table: str) -> None:
    holding = INVENTORY[table]
    wanted = dict.fromkeys(holding.unset, UNSET)
    if holding.owner and table != "people":
        wanted[holding.owner] = REMOVED
    assert references_to_people(store, table) == wanted
    columns = {row["name"]: row["type"] for row in store.all(f"PRAGMA table_info({table})")}
    assert not [name for name in columns if name == "person_id" and name != holding.owner]
    texts = {name for name, kind in columns.items() if kind in {"TEXT", "BLOB"}}
    assert texts == {*holding.words, *holding.codes}


@pytest.mark.parametrize("table", INVENTORY)
def test_whoever_stands_in_a_table_is_told_so_and_their_words_grow_old(table: str) -> None:
    holding = INVENTORY[table]
    assert bool(holding.mine) == bool(holding.owner or holding.unset)
    if holding.owner and holding.words:
        assert holding.aged, "words of a person must not be kept for ever"


def everywhere(classroom: Classroom) -> Person:
    """Let somebody leave traces in every table that can hold any, with a secret in every text of theirs."""
    store, me, other = classroom.store, classroom.student(50, NAME, USERNAME), classroom.student(1)
    seminar = classroom.seminar
    store.people.set_consent(seminar.id, me.id, "yes")
    for visibility in ("relay", "post_first"):
        opened = store.rounds.open(
            seminar.id,
            prompt_slug="",
            prompt_text=f"{NAME}出的題目",
            opened_by=me.id,
            at=NOON,
            terms=Terms(visibility=visibility),
        )
        _takes_part(classroom, me, other, opened.id)
        if visibility == "relay":
            store.rounds.close(opened.id, by=me.id, at=NOON)
    assert store.private_answers.give(opened.id, me.id, SECRET, at=NOON)
    store.private_answers.note_message(me.id, 7, opened.id)
    store.private_answers.begin_errand(me.id, opened.id, until=NOON + timedelta(minutes=30))
    store.private_reading.note_glance(GROUP, me.id, "大理石", at=NOON)
    store.private_reading.choose(me.id, "stones")
    store.learned.add(pack="stones", slug="clay", wording=f"請問{SECRET}", by=other.id)
    store.learned.add(pack="stones", slug="clay", wording=f"{NAME}教的", by=me.id)
    wanted = Schedule(0, seminar.id, "", SECRET, 0, None, "09:00", NOON + timedelta(days=9), me.id)
    store.schedules.add(wanted)
    store.drafts.add(seminar.id, slug="", text=f"問{NAME}", terms=Terms(), at=NOON)
    _letters(store, me)
    return me


def _takes_part(classroom: Classroom, me: Person, other: Person, round_id: int) -> None:
    store = classroom.store
    said = classroom.says(me, SECRET)
    classroom.edits(said, f"改成{SECRET}")
    classroom.says(other, f"同意 {NAME} 和 @{USERNAME}")
    store.stances.set(round_id, me.id, "before", 2, NOON, SECRET)
    store.stances.set(round_id, other.id, "before", 2, NOON, f"因為{NAME}")
    classroom.asks(me, f"請問{SECRET}", message_id=900 + round_id)
    store.masks.of(round_id, me.id)
    store.masks.lift(round_id, store.masks.all(round_id)[0], by=me.id, at=NOON)
    spotted = Spotted("press", NOON, Trigger(GROUP, said.message_id))
    move_id = store.moves.note(round_id, spotted, text="為什麼？", due_at=NOON)
    store.moves.offer(move_id, at=NOON, to=me.id)
    store.moves.settle(move_id, "posted", at=NOON, by=me.id)
    store.moves.note_invitation(move_id, me.id, at=NOON, delivered=True)


def _letters(store: Store, me: Person) -> None:
    for chat_id, text in ((me.telegram_id, "給你"), (GROUP, f"<b>{NAME}</b>"), (GROUP, "大家好")):
        store.outbox.intend(
            journal_id=None,
            step="",
            chat_id=chat_id,
            method="sendMessage",
            parameters={"text": text},
            after_id=0,
        )


def rows_about(store: Store, person_id: int) -> dict[str, int]:
    """Return how many rows of each table refer to the person."""
    found = {}
    for table, holding in INVENTORY.items():
        if columns := [column for column in (holding.owner, *holding.unset) if column]:
            sql = f"SELECT count(*) FROM {table} WHERE ? IN ({', '.join(columns)})"
            found[table] = store.one(sql, (person_id,))[0]
    return found


def test_whoever_was_everywhere_is_nowhere_once_forgotten(classroom: Classroom) -> None:
    store, me = classroom.store, everywhere(classroom)
    assert 0 not in rows_about(store, me.id).values(), "extend everywhere() by the table that is missing"
    assert stands_in(store, SECRET, NAME, USERNAME) == [SECRET, NAME, USERNAME]
    store.erasure.forget(me.id)
    assert set(rows_about(store, me.id).values()) == {0}
    assert stands_in(store, SECRET, NAME, USERNAME) == []
    letters = [json.loads(row[0])["text"] for row in store.all("SELECT parameters FROM outbox")]
    assert letters == ["大家好"]


def test_my_data_shows_every_row_about_me(classroom: Classroom) -> None:
    store, me = classroom.store, everywhere(classroom)
    data = store.people.data_of(me.id)
    counts = {table: len(rows) for table, rows in data.items() if table != "person"}
    expected = rows_about(store, me.id)
    expected["remarks"] *= 2  # both have been edited
    del expected["people"]
    assert counts == expected
    assert data["person"]["username"] == USERNAME
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data
    assert data["masks"][0]["lifted_at"] == "2026-03-02T12:00:00+00:00"


def test_after_its_time_nothing_is_left_of_who_came_once(classroom: Classroom) -> None:
    store, me = classroom.store, everywhere(classroom)
    store.seminars.configure(classroom.seminar.id, retention_days=30)
    store.people.set_consent(classroom.seminar.id, me.id, None)
    for opened in store.rounds.of(classroom.seminar.id):
        store.rounds.close(opened.id, by=me.id, at=NOON)
    store.run("DELETE FROM schedules")  # it goes when it is posted
    store.run("UPDATE rounds SET opened_by = NULL, closed_by = NULL")
    store.run("DELETE FROM outbox")
    store.run("DELETE FROM readings")
    store.run("DELETE FROM learned_aliases")
    store.run("UPDATE rounds SET prompt_text = ''")
    assert store.retention.purge(NOON + timedelta(days=181)) > 0
    assert set(rows_about(store, me.id).values()) == {0}
    assert stands_in(store, SECRET, NAME, USERNAME) == []
