from tests.db.classroom import Classroom, incoming


def test_a_batch_is_logged_in_the_order_it_came_in(classroom: Classroom) -> None:
    classroom.opens()
    drafts = [classroom.draft(classroom.student(number % 3), f"第{number}則") for number in range(50)]
    classroom.store.journal.receive([incoming(draft) for draft in drafts])
    assert [text for _, _, text in classroom.log()] == [draft.text for draft in drafts]


def test_a_remark_and_its_edit_in_one_batch_are_two_versions(classroom: Classroom) -> None:
    classroom.opens()
    first, other = [classroom.draft(classroom.student(1), text) for text in ("有溫度", "還有")]
    edit = first._replace(text="沒有溫度", edited_at=first.sent_at)
    classroom.store.journal.receive([incoming(first), incoming(edit, identity=("edit",)), incoming(other)])
    assert classroom.log() == [(1, 1, "有溫度"), (1, 2, "沒有溫度"), (2, 1, "還有")]


def test_a_message_that_comes_twice_under_two_marks_is_logged_once(classroom: Classroom) -> None:
    """What happens when a group moved in between: the chat's id is part of the mark."""
    classroom.opens()
    first, other = [classroom.draft(classroom.student(1), text) for text in ("有溫度", "還有")]
    twice = first._replace(text="有溫度（又來）")
    classroom.store.journal.receive(
        [incoming(first), incoming(twice, identity=("another",)), incoming(other)]
    )
    assert classroom.log() == [(1, 1, "有溫度"), (2, 1, "還有")]
    assert classroom.store.one("SELECT count(*) FROM versions")[0] == 2, "none without its remark"
