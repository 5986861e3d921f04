from datetime import timedelta

from tests.db.classroom import Classroom
from tests.db.conftest import NOON


def test_a_question_is_kept_with_its_answer(classroom: Classroom) -> None:
    opened = classroom.opens()
    question_id = classroom.asks(classroom.student(1), "大理石是什麼？")
    (found,) = classroom.store.questions.of(classroom.seminar.id)
    assert (found.id, found.text, found.snippets, found.score) == (
        question_id,
        "大理石是什麼？",
        ("marble",),
        0.75,
    )
    assert found.alias == classroom.store.aliases.of(classroom.seminar.id, classroom.student(1).id)
    assert classroom.store.one("SELECT round_id FROM questions")[0] == opened.id


def test_handling_a_question_twice_keeps_it_once(classroom: Classroom) -> None:
    first = classroom.asks(classroom.student(1), "大理石？")
    assert classroom.asks(classroom.student(1), "大理石？") == first
    assert len(classroom.store.questions.of(classroom.seminar.id)) == 1


def test_in_private_two_people_may_have_the_same_message_number(classroom: Classroom) -> None:
    store = classroom.store
    ids = [
        classroom.asks(student, "私下問", privately=True)
        for student in (classroom.student(1), classroom.student(2), classroom.student(1))
    ]
    assert ids[0] == ids[2] != ids[1]
    assert store.all("SELECT * FROM questions WHERE chat_id IS NOT NULL") == [], "it is a person's id"
    student = classroom.student(1)
    assert store.questions.recent(student.telegram_id, student.id, since=NOON) == ["私下問"]


def test_of_somebody_who_may_not_be_logged_nothing_is_kept(classroom: Classroom) -> None:
    assert classroom.asks(classroom.student(1), "祕密", logged=False) == 0
    assert classroom.store.all("SELECT * FROM questions") == []
    assert not classroom.store.questions.set_helped(0, classroom.student(1).id, helped=True)


def test_only_who_asked_may_say_whether_it_helped(classroom: Classroom) -> None:
    question_id = classroom.asks(classroom.student(1), "大理石？")
    assert not classroom.store.questions.set_helped(question_id, classroom.student(2).id, helped=False)
    assert classroom.store.questions.set_helped(question_id, classroom.student(1).id, helped=True)
    assert classroom.store.questions.of(classroom.seminar.id)[0].helped is True


def test_recent_questions_come_oldest_first_and_no_older_than_asked(classroom: Classroom) -> None:
    student = classroom.student(1)
    for minute, text in ((30, "三"), (10, "一"), (20, "二"), (0, "太早")):
        classroom.now = NOON + timedelta(minutes=minute)
        classroom.asks(student, text, message_id=900 + minute)
    chat_id = classroom.seminar.chat_id
    since = NOON + timedelta(minutes=5)
    assert classroom.store.questions.recent(chat_id, student.id, since=since) == ["一", "二", "三"]
