"""What is remembered of places must never be older than what was written: a no counts from that moment."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from db.core.speaker_cache import MOST
from db.store import Store
from tests.db.classroom import GROUP, Classroom, incoming
from tests.db.conftest import KEY, NOON

Change = Callable[[Classroom, Store], object]


def refuses(classroom: Classroom, store: Store) -> None:
    store.people.set_consent(classroom.seminar.id, classroom.student(1).id, "no")


def forgotten(classroom: Classroom, store: Store) -> None:
    refuses(classroom, store)
    store.erasure.forget(classroom.student(1).id)


def closed(classroom: Classroom, store: Store) -> None:
    opened = store.rounds.open_of(classroom.seminar.id)
    assert opened
    store.rounds.close(opened.id, by=classroom.teacher.id, at=NOON)


def wants_consent(classroom: Classroom, store: Store) -> None:
    store.seminars.configure(classroom.seminar.id, consent_rule="explicit")


@pytest.mark.parametrize("change", [refuses, forgotten, closed, wants_consent])
@pytest.mark.parametrize("elsewhere", [False, True], ids=["here", "another_program"])
def test_what_changes_between_two_remarks_counts_for_the_second(
    classroom: Classroom, change: Change, *, elsewhere: bool
) -> None:
    classroom.opens()
    classroom.says(classroom.student(1), "之前")
    classroom.says(classroom.student(1), "之前，記得了")
    if elsewhere:
        other = Store.open(classroom.store.path, key=KEY, clock=lambda: NOON)
        change(replace(classroom, store=other), other)
        other.close()
    else:
        change(classroom, classroom.store)
    classroom.says(classroom.student(1), "之後")
    assert "之後" not in [text for _, _, text in classroom.log()]


def test_a_new_name_is_kept_though_the_place_is_remembered(classroom: Classroom) -> None:
    classroom.opens()
    student = classroom.student(1, "小安")
    classroom.says(student, "一")
    classroom.says(replace(student, name="小安安"), "二")
    assert [row[0] for row in classroom.store.all("SELECT name FROM people WHERE id = ?", (student.id,))] == [
        "小安安"
    ]


def meet(store: Store) -> None:
    """Meet somebody, look where they are, and fail."""
    store.people.meet(555, "新同學")
    place = store.speakers.find(555, GROUP, 0)
    assert place
    assert place.person_id
    raise KeyError


def test_who_was_met_in_a_transaction_that_is_undone_is_not_remembered(classroom: Classroom) -> None:
    classroom.opens()
    with pytest.raises(KeyError), classroom.store.writing():
        meet(classroom.store)
    place = classroom.store.speakers.find(555, GROUP, 0)
    assert place
    assert place.person_id is None


def test_who_was_met_in_an_attempt_that_is_undone_is_not_remembered(classroom: Classroom) -> None:
    classroom.opens()
    with classroom.store.writing():
        with pytest.raises(KeyError), classroom.store.attempt():
            meet(classroom.store)
        place = classroom.store.speakers.find(555, GROUP, 0)
        assert place
        assert place.person_id is None


def test_among_talk_each_place_is_asked_for_once(classroom: Classroom) -> None:
    classroom.opens()
    for number in (1, 2):
        classroom.says(classroom.student(number), "見過了")
    asked = list[str]()
    drafts = [classroom.draft(classroom.student(1 + number % 2), "說") for number in range(20)]
    batches = [[incoming(draft) for draft in part] for part in (drafts[:10], drafts[10:])]
    classroom.store.conn.set_trace_callback(lambda sql: asked.append(sql) if "consents" in sql else None)
    for batch in batches:
        classroom.store.journal.receive(batch)
    classroom.store.conn.set_trace_callback(None)
    assert len(asked) == 2
    assert len(classroom.log()) == 22


def test_memory_is_bounded(classroom: Classroom) -> None:
    places = classroom.store.speakers
    for number in range(MOST + 5):
        places.find(number, GROUP, 0)
    assert len(places._found) <= MOST
