"""What could not be answered, what was learned from it, and what each reads in private."""

from dataclasses import replace
from datetime import timedelta

from bot.pack.model import Answer, Kind, Snippet, Tier
from tests.db.classroom import ANSWER, GROUP, Classroom
from tests.db.conftest import NOON

NEAR = Snippet("clay", "陶土", "…")
NO = Answer(Kind.REFUSAL, suggestions=(NEAR,))


def test_what_was_not_answered_is_kept_with_the_nearest_snippets(classroom: Classroom) -> None:
    asked = classroom.asks(classroom.student(1), "陶瓷呢？", NO, message_id=1, pack="stones")
    classroom.asks(classroom.student(1), "大理石？", ANSWER, message_id=2, pack="stones")
    classroom.asks(
        classroom.student(1), "早安", replace(NO, tier=Tier.SMALLTALK), message_id=3, pack="stones"
    )
    (found,) = classroom.store.unanswered.of(classroom.seminar.id)
    assert (found.id, found.pack, found.near, found.answered) == (asked, "stones", ("clay",), False)
    assert classroom.store.unanswered.seminars() == [classroom.seminar]


def test_main_topics_that_are_offered_for_want_of_near_ones_are_not_kept_as_near(
    classroom: Classroom,
) -> None:
    classroom.asks(
        classroom.student(1), "午餐吃什麼？", replace(NO, general=True), message_id=1, pack="stones"
    )
    (found,) = classroom.store.unanswered.of(classroom.seminar.id)
    assert found.near == ()


def test_what_did_not_help_is_among_them(classroom: Classroom) -> None:
    student = classroom.student(1)
    asked = classroom.asks(student, "大理石？", ANSWER, message_id=2, pack="stones")
    classroom.store.questions.set_helped(asked, student.id, helped=False)
    (found,) = classroom.store.unanswered.of(classroom.seminar.id)
    assert (found.answered, found.snippets) == (True, ("marble",))
    classroom.store.questions.set_helped(asked, student.id, helped=True)
    assert classroom.store.unanswered.of(classroom.seminar.id) == []


def test_what_is_set_aside_is_listed_no_more(classroom: Classroom) -> None:
    asked = classroom.asks(classroom.student(1), "明天放假嗎？", NO, message_id=1, pack="stones")
    assert classroom.store.unanswered.set_aside(classroom.seminar.id + 1, [asked], at=NOON) == 0, (
        "another group's"
    )
    assert classroom.store.unanswered.set_aside(classroom.seminar.id, [asked], at=NOON) == 1
    assert classroom.store.unanswered.set_aside(classroom.seminar.id, [asked], at=NOON) == 0
    assert classroom.store.unanswered.of(classroom.seminar.id) == []
    assert classroom.store.unanswered.seminars() == []


def test_a_question_asked_in_private_is_never_listed(classroom: Classroom) -> None:
    student = classroom.student(1)
    classroom.asks(student, "私下問", NO, privately=True)
    assert classroom.store.unanswered.seminars() == []


def test_a_wording_is_learned_once_and_unlearned_once(classroom: Classroom) -> None:
    store, teacher = classroom.store, classroom.student(1)
    first = store.learned.add(pack="stones", slug="clay", wording="陶瓷呢", by=teacher.id)
    assert store.learned.add(pack="stones", slug="clay", wording="陶瓷呢", by=teacher.id) == first
    second = store.learned.add(pack="stones", slug="clay", wording="瓷器呢", by=teacher.id)
    assert store.learned.all() == {"stones": {"clay": ("陶瓷呢", "瓷器呢")}}
    assert store.learned.drop(second)
    assert not store.learned.drop(second)
    assert store.learned.by_id(second) is None
    found = store.learned.by_id(first)
    assert found
    assert (found.slug, found.wording) == ("clay", "陶瓷呢")


def test_what_was_learned_outlives_who_taught_it_but_not_a_name_in_it(classroom: Classroom) -> None:
    student = classroom.student(1)
    alias = classroom.store.aliases.of(classroom.seminar.id, student.id)
    classroom.store.learned.add(pack="stones", slug="clay", wording=f"{student.name}說的陶瓷", by=student.id)
    classroom.store.private_reading.choose(student.id, "stones")
    classroom.store.private_reading.note_glance(GROUP, student.id, "陶土", at=classroom.now)
    classroom.store.erasure.forget(student.id)
    assert classroom.store.learned.all() == {"stones": {"clay": (f"{alias}說的陶瓷",)}}
    for table in ("glances", "readings"):
        assert classroom.store.all(f"SELECT * FROM {table}") == []


def test_a_snippet_that_was_opened_stands_among_the_recent_questions(classroom: Classroom) -> None:
    store, student = classroom.store, classroom.student(1)
    classroom.asks(student, "一", ANSWER, message_id=1, pack="stones")
    store.private_reading.note_glance(GROUP, student.id, "陶土", at=classroom.now)
    classroom.now = NOON + timedelta(minutes=1)
    classroom.asks(student, "二", ANSWER, message_id=2, pack="stones")
    assert store.questions.recent(GROUP, student.id, since=NOON) == ["一", "陶土", "二"]
    assert store.questions.recent(GROUP, student.id, since=NOON, but=2) == ["一", "陶土"]
    assert store.questions.recent(GROUP, student.id, since=NOON, until=NOON) == ["一", "陶土"]
    assert store.questions.recent(student.telegram_id, student.id, since=NOON) == []


def test_what_was_opened_is_forgotten_after_an_hour(classroom: Classroom) -> None:
    classroom.store.private_reading.note_glance(GROUP, classroom.student(1).id, "陶土", at=classroom.now)
    classroom.now = NOON + timedelta(minutes=61)
    classroom.store.private_reading.note_glance(GROUP, classroom.student(2).id, "大理石", at=classroom.now)
    assert [row[0] for row in classroom.store.all("SELECT title FROM glances")] == ["大理石"]


def test_a_question_is_found_by_its_own_message_and_by_its_answer(classroom: Classroom) -> None:
    store, student = classroom.store, classroom.student(1)
    asked = classroom.asks(student, "陶瓷呢？", NO, message_id=41, pack="stones")
    store.questions.note_answer(asked, 42)
    for message in (41, 42):
        found = store.questions.behind(GROUP, classroom.student(2).id, message)
        assert found
        assert (found.id, found.text, found.near, found.tier) == (asked, "陶瓷呢？", ("clay",), "abstain")
    assert store.questions.behind(GROUP, student.id, 43) is None
    assert store.questions.own(asked, classroom.student(2).id) is None
    last = store.questions.last(GROUP, student.id)
    assert last
    assert last.id == asked


def test_in_private_nobody_finds_anothers_question(classroom: Classroom) -> None:
    store, student, other = classroom.store, classroom.student(1), classroom.student(2)
    asked = classroom.asks(student, "私下問", NO, privately=True)
    store.questions.note_answer(asked, 6)
    assert store.questions.behind(other.telegram_id, other.id, 6) is None
    assert store.questions.last(other.telegram_id, other.id) is None
    found = store.questions.behind(student.telegram_id, student.id, 6)
    assert found
    assert found.id == asked


def test_the_reading_a_person_chose_and_those_of_their_classes(classroom: Classroom) -> None:
    store, student = classroom.store, classroom.student(1)
    assert store.private_reading.chosen(student.telegram_id) == ""
    assert store.private_reading.of_classes(student.telegram_id) == []
    store.aliases.of(classroom.seminar.id, student.id)
    assert store.private_reading.of_classes(student.telegram_id) == [classroom.seminar.pack]
    store.private_reading.choose(student.id, "stones")
    store.private_reading.choose(student.id, "clouds")
    assert store.private_reading.chosen(student.telegram_id) == "clouds"
    assert store.people.data_of(student.id)["readings"] == [{"pack": "clouds"}]
