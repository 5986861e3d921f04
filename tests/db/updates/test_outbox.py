from db.discussion.remarks import NewRemark
from tests.db.classroom import GROUP, Classroom, command


def test_what_others_said_in_a_round_is_known_and_what_we_relayed_for_them_is_not(
    classroom: Classroom,
) -> None:
    opened = classroom.opens()
    student = classroom.student(1)
    classroom.says(student, "有溫度")
    said = classroom.log()[0][0]
    classroom.store.remarks.log(
        NewRemark(
            round_id=opened.id,
            person_id=student.id,
            chat_id=GROUP,
            message_id=said + 1,
            sent_at=classroom.now,
            text="匿名的話",
            via="relay",
        )
    )
    assert classroom.store.outbox.foreign_messages(GROUP, GROUP, GROUP, after=0) == {said}
    assert classroom.store.outbox.foreign_messages(GROUP, GROUP, GROUP, after=said) == set()


def test_what_waits_for_its_turn_is_known_too(classroom: Classroom) -> None:
    message = {"message_id": 77, "chat": {"id": GROUP}, "text": "/ask"}
    press = {"callback_query": {"message": {"message_id": 78, "chat": {"id": GROUP}}}}
    classroom.store.journal.receive([command(1, raw={"message": message}), command(2, raw=press)])
    assert classroom.store.outbox.foreign_messages(GROUP, GROUP, GROUP, after=0) == {77}
