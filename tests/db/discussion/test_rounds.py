from datetime import timedelta

import pytest

from db.core.errors import RoundOpen
from db.store import Store
from tests.db.classroom import GROUP, Classroom
from tests.db.conftest import NOON


def test_a_second_round_cannot_be_opened_while_one_is_open(classroom: Classroom) -> None:
    opened = classroom.opens()
    with pytest.raises(RoundOpen):
        classroom.opens()
    assert classroom.store.rounds.open_of(classroom.seminar.id) == opened


def test_of_two_admins_who_close_at_once_one_does(classroom: Classroom) -> None:
    opened = classroom.opens()
    assert classroom.closes(opened)
    assert not classroom.closes(opened)
    closed = classroom.store.rounds.by_id(opened.id)
    assert closed is not None
    assert closed.closed_at == NOON


def test_rounds_are_numbered_within_their_seminar(classroom: Classroom) -> None:
    first = classroom.opens("一")
    classroom.closes(first)
    second = classroom.opens("二")
    other = classroom.store.seminars.bind(GROUP, 5, pack="ai-film", language="en")
    third = classroom.store.rounds.open(
        other.id, prompt_slug="marble", prompt_text="三", opened_by=classroom.teacher.id, at=NOON
    )
    assert [each.number for each in (first, second, third)] == [1, 2, 1]
    assert [each.prompt_text for each in classroom.store.rounds.of(classroom.seminar.id)] == ["一", "二"]


def test_stances_are_asked_for_again_once_and_only_while_open(classroom: Classroom) -> None:
    opened = classroom.opens()
    assert classroom.store.rounds.ask_again(opened.id, at=NOON)
    assert not classroom.store.rounds.ask_again(opened.id, at=NOON + timedelta(minutes=1))
    found = classroom.store.rounds.by_id(opened.id)
    assert found is not None
    assert found.asked_again_at == NOON


def test_the_card_is_remembered(classroom: Classroom) -> None:
    opened = classroom.opens()
    classroom.store.rounds.set_card(opened.id, 77)
    found = classroom.store.rounds.open_of(classroom.seminar.id)
    assert found is not None
    assert found.card_message_id == 77


def test_a_seminar_is_made_once_and_takes_over_a_new_title(store: Store) -> None:
    first = store.seminars.bind(GROUP, title="甲班", pack="ai-film", language="zh-Hant")
    again = store.seminars.bind(GROUP, title="乙班", pack="other", language="en")
    assert again.id == first.id
    assert (again.title, again.pack, again.language) == ("乙班", "ai-film", "zh-Hant")
    assert store.seminars.find(GROUP, 9) is None
    assert [each.id for each in store.seminars.all()] == [first.id]


def test_only_what_is_named_is_configured(store: Store) -> None:
    made = store.seminars.bind(GROUP, pack="ai-film", language="zh-Hant")
    changed = store.seminars.configure(made.id, consent_rule="explicit", retention_days=30)
    assert (changed.consent_rule, changed.retention_days, changed.pack) == ("explicit", 30, "ai-film")
    with pytest.raises(LookupError):
        store.seminars.configure(99, language="en")


def test_a_migrated_group_keeps_its_seminars_even_if_a_message_came_first(classroom: Classroom) -> None:
    old = classroom.seminar
    classroom.opens()
    classroom.store.seminars.bind(GROUP - 1, pack="ai-film", language="en")
    classroom.store.seminars.migrate_chat(GROUP, GROUP - 1)
    classroom.store.seminars.migrate_chat(GROUP, GROUP - 1)
    found = classroom.store.seminars.find(GROUP - 1)
    assert found is not None
    assert (found.id, found.language) == (old.id, "zh-Hant")


def test_an_open_rounds_card_stays_behind_when_its_group_moves(classroom: Classroom) -> None:
    opened, store = classroom.opens(), classroom.store
    store.rounds.set_card(opened.id, 7)
    store.seminars.migrate_chat(GROUP, GROUP - 1)
    (moved,) = store.rounds.all_open()
    assert moved.card_message_id is None
    store.rounds.set_card(opened.id, 2)
    store.seminars.migrate_chat(GROUP, GROUP - 1)  # the other of the two notices
    (still,) = store.rounds.all_open()
    assert still.card_message_id == 2


def test_a_stance_changes_keeps_its_reason_and_is_counted(classroom: Classroom) -> None:
    opened, store = classroom.opens(), classroom.store
    one, two = classroom.student(1), classroom.student(2)
    assert store.stances.set(opened.id, one.id, "before", 2, NOON, "因為符號拼貼")
    assert store.stances.set(opened.id, one.id, "before", 4, NOON + timedelta(minutes=1))
    assert store.stances.set(opened.id, two.id, "before", 4, NOON)
    assert store.stances.set(opened.id, one.id, "after", 5, NOON)
    assert store.stances.counts(opened.id, "before") == {1: 0, 2: 0, 3: 0, 4: 2, 5: 0}
    assert store.stances.counts(opened.id, "after") == {1: 0, 2: 0, 3: 0, 4: 0, 5: 1}
    reasons = {(each.person_id, each.moment): each.reason for each in store.stances.of(opened.id)}
    assert reasons[one.id, "before"] == "因為符號拼貼"
    with pytest.raises(ValueError, match="1 to 5"):
        store.stances.set(opened.id, one.id, "before", 6, NOON)


def test_the_latest_versions_are_what_a_round_says(classroom: Classroom) -> None:
    opened = classroom.opens()
    draft = classroom.says(classroom.student(1), "一", kind="photo")
    classroom.says(classroom.student(2), "二", reply_to_message_id=draft.message_id)
    classroom.edits(draft, "一改")
    latest = classroom.store.remarks.of(opened.id)
    assert [(each.text, each.version, each.kind) for each in latest] == [
        ("一改", 2, "photo"),
        ("二", 1, "text"),
    ]
    assert latest[1].reply_to_message_id == draft.message_id
    assert [each.text for each in classroom.store.remarks.all_versions(opened.id)] == ["一", "一改", "二"]
