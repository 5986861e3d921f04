import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.discussion.remarks import NewRemark
from db.store import Store
from db.updates.records import Incoming
from tests.db.classroom import GROUP, Classroom, command, incoming
from tests.db.conftest import KEY, NOON


def test_a_remark_of_an_open_round_is_logged_in_the_batch_that_brings_it(classroom: Classroom) -> None:
    classroom.opens()
    draft = classroom.draft(classroom.student(1), "有溫度")
    assert classroom.store.journal.receive([incoming(draft)]) == [], "no handler needs it"
    assert classroom.log() == [(1, 1, "有溫度")]


def test_outside_a_round_nothing_is_kept_but_a_mark(classroom: Classroom) -> None:
    classroom.says(classroom.student(1), "午餐吃什麼")
    kept = [dict(row) for row in classroom.store.all("SELECT * FROM journal")]
    assert [(row["kind"], row["reason"], row["shape"]) for row in kept] == [("message", None, None)]
    assert classroom.store.all("SELECT * FROM waiting") == []
    assert "午餐" not in str(kept)


def test_a_stranger_outside_a_round_does_not_become_known_to_us(classroom: Classroom) -> None:
    draft = classroom.draft(classroom.teacher, "嗨")._replace(telegram_id=555, name="路人")
    classroom.store.journal.receive([incoming(draft)])
    assert classroom.store.one("SELECT count(*) FROM people WHERE telegram_id = 555")[0] == 0


def test_the_same_update_again_changes_nothing(classroom: Classroom) -> None:
    classroom.opens()
    batch = [command(1), incoming(classroom.draft(classroom.student(1), "有溫度"))]
    first = classroom.store.journal.receive(batch)
    assert classroom.store.journal.receive(batch) == []
    assert classroom.store.journal.pending() == first


def test_a_batch_of_which_part_came_before_brings_in_the_rest(classroom: Classroom) -> None:
    """Killed before Telegram was told, we get the batch again, with what has been said since."""
    classroom.opens()
    drafts = [classroom.draft(classroom.student(1), text) for text in ("一", "二", "三")]
    classroom.store.journal.receive([incoming(drafts[0]), command(1)])
    again = [incoming(drafts[0]), command(1), incoming(drafts[1]), incoming(drafts[2])]
    waiting = classroom.store.journal.receive(again)
    assert [pending.plain for pending in waiting] == [True, True], "behind the command, which is not handled"
    for pending, draft in zip(waiting, drafts[1:], strict=True):
        classroom.store.journal.take_turn(pending, draft)
    assert [text for _, _, text in classroom.log()] == ["一", "二", "三"]


def test_update_ids_that_begin_anew_lower_are_not_taken_for_old(classroom: Classroom) -> None:
    """The identity of a message is its chat, number and date; the update id does not matter."""
    classroom.opens()
    student = classroom.student(1)
    for update_id, text in ((900, "一"), (901, "二"), (3, "三")):
        draft = classroom.draft(student, text)
        classroom.store.journal.receive([incoming(draft, raw={"update_id": update_id})])
    assert [text for _, _, text in classroom.log()] == ["一", "二", "三"]


def test_an_edit_becomes_a_new_version_and_its_repetition_does_not(classroom: Classroom) -> None:
    classroom.opens()
    draft = classroom.says(classroom.student(1), "有溫度")
    classroom.edits(draft, "沒有溫度")
    classroom.edits(draft, "沒有溫度")
    changed = draft._replace(text="沒有溫度", edited_at=draft.sent_at)
    classroom.store.journal.receive([incoming(changed, identity=("another update with the same text",))])
    assert classroom.log() == [(1, 1, "有溫度"), (1, 2, "沒有溫度")]


def test_an_edit_of_what_was_not_logged_is_not_logged(classroom: Classroom) -> None:
    before = classroom.says(classroom.student(1), "開始之前說的")
    classroom.opens()
    classroom.edits(before, "改了")
    assert classroom.log() == []


def test_an_edit_after_the_round_was_closed_is_not_logged(classroom: Classroom) -> None:
    opened = classroom.opens()
    draft = classroom.says(classroom.student(1), "有溫度")
    classroom.closes(opened)
    classroom.edits(draft, "下課後改的")
    assert classroom.log() == [(1, 1, "有溫度")]


def test_another_topic_of_the_same_forum_is_another_seminar(classroom: Classroom) -> None:
    classroom.opens()
    classroom.says(classroom.student(1), "別的主題", thread_id=7)
    assert classroom.log() == []


def test_a_reply_to_us_is_for_a_handler_and_one_to_the_card_is_a_remark(classroom: Classroom) -> None:
    opened = classroom.opens()
    classroom.store.rounds.set_card(opened.id, 50)
    student, store = classroom.student(1), classroom.store
    on_card = classroom.draft(student, "我同意", reply_to_us=True, reply_to_message_id=50)
    on_answer = classroom.draft(student, "為什麼？", reply_to_us=True, reply_to_message_id=51)
    waiting = store.journal.receive([incoming(draft, needs_handler=True) for draft in (on_card, on_answer)])
    assert classroom.log() == [(1, 1, "我同意")]
    assert [pending.raw["message"]["text"] for pending in waiting] == ["為什麼？"]


def test_a_reply_to_a_line_of_ours_logged_in_the_round_is_a_remark(classroom: Classroom) -> None:
    opened = classroom.opens()
    us = classroom.store.people.meet(999, "溫度")
    classroom.store.remarks.log(
        NewRemark(
            round_id=opened.id, person_id=us.id, chat_id=GROUP, message_id=70, sent_at=NOON, text="誰還沒說？"
        )
    )
    draft = classroom.draft(classroom.student(1), "我", reply_to_us=True, reply_to_message_id=70)
    assert classroom.store.journal.receive([incoming(draft, needs_handler=True)]) == []
    assert [text for _, _, text in classroom.log()] == ["誰還沒說？", "我"]


def test_what_follows_a_waiting_command_waits_for_its_turn(classroom: Classroom) -> None:
    """After an hour without Telegram a batch may hold a whole round: its opening, its remarks, its end."""
    student, store = classroom.student(1), classroom.store
    drafts = [classroom.draft(student, text) for text in ("先", "中", "後")]
    opening, closing = command(1), command(2, "/close")
    waiting = store.journal.receive(
        [incoming(drafts[0]), opening, incoming(drafts[1]), closing, incoming(drafts[2])]
    )
    assert [pending.plain for pending in waiting] == [False, True, False, True]
    assert not store.journal.take_turn(waiting[0], None), "a command is for its handler"
    opened = classroom.opens()
    store.journal.done(waiting[0].id)
    assert store.journal.take_turn(waiting[1], drafts[1])
    classroom.closes(opened)
    store.journal.done(waiting[2].id)
    assert store.journal.take_turn(waiting[3], drafts[2])
    assert [text for _, _, text in classroom.log()] == ["中"]
    assert store.journal.pending() == []


def test_another_chat_does_not_wait_for_that_command(classroom: Classroom) -> None:
    classroom.opens()
    elsewhere = command(1)._replace(lane=GROUP - 1)
    classroom.store.journal.receive([elsewhere, incoming(classroom.draft(classroom.student(1), "有溫度"))])
    assert len(classroom.log()) == 1


def test_a_group_goes_on_under_its_new_id_from_the_notice_on(classroom: Classroom) -> None:
    opened = classroom.opens()
    first = classroom.draft(classroom.student(1), "之前")
    notice = Incoming(
        {"message": {}}, needs_handler=False, identity=("notice",), migration=(GROUP, GROUP - 5), lane=GROUP
    )
    after = classroom.draft(classroom.student(1), "之後", chat_id=GROUP - 5, message_id=1)
    classroom.store.journal.receive([incoming(first), notice, incoming(after)])
    assert [(each.chat_id, each.text) for each in classroom.store.remarks.of(opened.id)] == [
        (GROUP, "之前"),
        (GROUP - 5, "之後"),
    ]


def test_poison_among_good_neighbours_is_put_aside_alone(classroom: Classroom) -> None:
    classroom.opens()
    student = classroom.student(1)
    poison: Any = classroom.draft(student, "壞", message_id=2**70)  # no integer that SQLite could hold
    batch = [classroom.draft(student, "前"), poison, classroom.draft(student, "後")]
    classroom.store.journal.receive([incoming(draft) for draft in batch])
    assert [text for _, _, text in classroom.log()] == ["前", "後"]
    reasons = [row["reason"] for row in classroom.store.all("SELECT reason FROM journal ORDER BY id")]
    assert reasons[0] is reasons[2] is None
    assert "OverflowError" in reasons[1]


def test_a_batch_that_cannot_be_written_is_not_acknowledged_in_part(classroom: Classroom) -> None:
    classroom.opens()
    store = classroom.store
    store.run("PRAGMA query_only = ON")  # as on a full disk or with a locked file
    with pytest.raises(sqlite3.OperationalError):
        store.journal.receive([incoming(classroom.draft(classroom.student(1), "有溫度"))])
    store.run("PRAGMA query_only = OFF")
    assert store.all("SELECT * FROM journal") == []
    assert classroom.log() == []


def test_marks_are_removed_after_48_hours_and_what_waits_is_not(tmp_path: Path) -> None:
    now = [NOON]

    def clock() -> datetime:
        return now[0]

    store = Store.open(tmp_path / "wendu.db", key=KEY, clock=clock)
    store.journal.receive([command(1)])
    store.journal.done(store.journal.receive([command(2)])[0].id)
    now[0] += timedelta(hours=47)
    store.journal.receive([command(3)])
    assert store.one("SELECT count(*) FROM journal")[0] == 3
    now[0] += timedelta(hours=2)
    store.journal.receive([command(4)])
    left = [row["id"] for row in store.all("SELECT id FROM journal ORDER BY id")]
    assert left == [1, 3, 4], "1 still waits to be handled, 2 is gone"
    store.close()


def test_what_an_earlier_version_took_in_is_known_when_telegram_sends_it_again(classroom: Classroom) -> None:
    """The update before an upgrade comes once more after it: marks had no time in them until then."""
    store = classroom.store
    store.journal.done(store.journal.receive([command(1)])[0].id)
    store.run("UPDATE journal SET mark = substr(mark, 5)")
    assert store.journal.receive([command(1)]) == []
    assert len(store.journal.receive([command(2)])) == 1


def test_marks_lie_side_by_side_in_the_order_of_time(classroom: Classroom) -> None:
    later = [command(number)._replace(sent=1_780_000_000 + number) for number in range(1, 60)]
    classroom.store.journal.receive(later)
    rows = classroom.store.all("SELECT mark FROM journal ORDER BY id")
    assert [row["mark"] for row in rows] == sorted(row["mark"] for row in rows)


@pytest.mark.parametrize("sent", [-5, 0, 2**40])
def test_an_odd_time_does_not_keep_an_update_out(classroom: Classroom, sent: int) -> None:
    odd = command(1)._replace(sent=sent)
    assert len(classroom.store.journal.receive([odd])) == 1
    assert classroom.store.journal.receive([odd]) == []


def test_marks_tell_nothing_without_the_key(classroom: Classroom, tmp_path: Path) -> None:
    other = Store.open(tmp_path / "other.db", key=b"another key that is long enough!")
    assert classroom.store.mark("person", 1) != other.mark("person", 1)
    assert classroom.store.mark("person", 1) == classroom.store.mark("person", 1)
    other.close()


def test_a_relaxed_house_waits_for_the_disk_where_telegram_is_told_and_nowhere_else(
    classroom: Classroom,
) -> None:
    store, seen = classroom.store, list[str]()
    store.relax()
    store.conn.set_trace_callback(lambda sql: seen.append(sql) if "synchronous" in sql else None)
    store.people.meet(11, "小安")
    assert seen == []
    store.journal.receive([command(7, "/help")])
    store.conn.set_trace_callback(None)
    assert seen == ["PRAGMA synchronous = FULL", "PRAGMA synchronous = NORMAL"]
    assert store.one("PRAGMA synchronous")[0] == 1
