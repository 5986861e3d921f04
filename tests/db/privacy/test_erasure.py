import json
import random
from datetime import timedelta

import pytest

from bot.seminar.records import Person, Terms
from db.core.recurring_tasks import RecurringTasks
from db.store import Store
from db.updates.records import Incoming
from tests.db.classroom import GROUP, Classroom, command, incoming
from tests.db.conftest import NOON

SECRET = "只有我知道的一句祕密"


def bytes_of(store: Store) -> bytes:
    """Return all that stands in the database's files, free pages and write-ahead log included."""
    return b"".join(
        found.read_bytes() for found in store.path.parent.iterdir() if found.name.startswith(store.path.name)
    )


def stands_in(store: Store, *texts: str) -> list[str]:
    """Return which of the texts can be found in the files, as SQLite stores them or as JSON escapes them."""
    there = bytes_of(store)
    return [text for text in texts if text.encode() in there or json.dumps(text)[1:-1].encode() in there]


def fill(classroom: Classroom, forgetful: Person, rounds: int = 2) -> None:
    """Have a class talk, and change what it said in any order, so that pages of the file are split.

    A split page keeps old copies of its cells where secure_delete does not reach: only writing the file anew
    removes them, and without that the test below fails.
    """
    chance = random.Random(3)
    for number in range(rounds):
        opened = classroom.opens(f"題目 {number}")
        said = []
        for _ in range(150):
            who, text = (forgetful, SECRET) if chance.random() < 0.3 else (classroom.student(1), "有溫度")
            said.append(classroom.says(who, text + "。" * chance.randrange(200)))
        for draft in chance.sample(said, len(said)):
            classroom.edits(draft, f"改寫：{draft.text}")
        classroom.store.stances.set(opened.id, forgetful.id, "before", 2, NOON, f"理由是{SECRET}")
        classroom.asks(forgetful, f"請問{SECRET}？", message_id=9000 + number)
        classroom.closes(opened)


def test_after_forgetting_not_one_byte_of_words_or_identity_is_left(classroom: Classroom) -> None:
    store, me = classroom.store, classroom.student(50, "葉清秋", "yeqingqiu")
    fill(classroom, me)
    assert stands_in(store, SECRET, "葉清秋", "yeqingqiu") == [SECRET, "葉清秋", "yeqingqiu"]
    store.erasure.forget(me.id)
    assert stands_in(store, SECRET, "葉清秋", "yeqingqiu") == []
    assert store.people.data_of(me.id) == {}
    assert store.one("PRAGMA integrity_check")[0] == "ok"


def test_others_keep_what_they_said_but_not_the_forgotten_name_in_it(classroom: Classroom) -> None:
    store, me, other = classroom.store, classroom.student(50, "葉清秋", "yeqingqiu"), classroom.student(1)
    opened = classroom.opens()
    classroom.says(me, "我先說")
    classroom.says(other, "我同意葉清秋和 @YeQingQiu 說的")
    alias = store.aliases.of(classroom.seminar.id, me.id)
    store.erasure.forget(me.id)
    assert [each.text for each in store.remarks.of(opened.id)] == [f"我同意{alias}和 @{alias} 說的"]
    assert stands_in(store, "葉清秋") == []


def test_counts_stay_under_no_name(classroom: Classroom) -> None:
    store, opened = classroom.store, classroom.opens()
    for number in (1, 2):
        student = classroom.student(number)
        classroom.says(student, "有溫度")
        store.stances.set(opened.id, student.id, "before", 4, NOON)
        classroom.asks(student, "為什麼？", message_id=900 + number)
        store.erasure.forget(student.id)
    (row,) = store.all("SELECT round_id, people, remarks, stances, questions FROM forgotten")
    assert tuple(row) == (opened.id, 2, 2, 2, 2)


def test_who_said_no_and_was_forgotten_is_still_not_logged(classroom: Classroom) -> None:
    store, me = classroom.store, classroom.student(50)
    classroom.opens()
    store.people.set_consent(None, me.id, "no")
    store.erasure.forget(me.id)
    classroom.says(me, SECRET)
    assert classroom.log() == []
    assert store.one("SELECT count(*) FROM people WHERE telegram_id = ?", (me.telegram_id,))[0] == 0
    again = store.people.meet(me.telegram_id, me.name)
    assert store.people.consent(classroom.seminar.id, again.id) == "no"
    store.people.set_consent(None, again.id, "yes")
    classroom.says(again, "回來了")
    assert [text for _, _, text in classroom.log()] == ["回來了"]


def test_a_no_to_one_seminar_outlives_forgetting_for_that_one_only(classroom: Classroom) -> None:
    store, me = classroom.store, classroom.student(50)
    store.people.set_consent(classroom.seminar.id, me.id, "no")
    store.erasure.forget(me.id)
    classroom.opens()
    classroom.says(me, SECRET)
    assert classroom.log() == []
    again = store.people.meet(me.telegram_id, me.name)
    assert (store.people.consent(None, again.id), store.people.consent(classroom.seminar.id, again.id)) == (
        None,
        "no",
    )


def test_the_forgotten_may_come_back_as_somebody_new(classroom: Classroom) -> None:
    store, me = classroom.store, classroom.student(50)
    classroom.opens()
    classroom.says(me, "之前")
    before = store.aliases.of(classroom.seminar.id, me.id)
    store.erasure.forget(me.id)
    again = classroom.student(50)
    classroom.says(again, "之後")
    assert again.id != me.id
    assert store.aliases.of(classroom.seminar.id, again.id) != before


@pytest.mark.parametrize("everywhere", [True, False])
def test_what_somebody_who_said_no_tells_the_bot_is_nowhere_when_handled(
    classroom: Classroom, *, everywhere: bool
) -> None:
    store, me = classroom.store, classroom.student(50)
    store.people.set_consent(None if everywhere else classroom.seminar.id, me.id, "no")
    raw = {"message": {"text": f"/ask {SECRET}", "from": {"id": me.telegram_id}}}
    (waiting,) = store.journal.receive([command(1, raw=raw)])
    assert stands_in(store, SECRET) == [SECRET], "it must be on disk until it has been handled"
    store.journal.done(waiting.id)
    assert stands_in(store, SECRET) == []


def test_words_of_somebody_who_said_no_are_gone_from_anothers_reply_too(classroom: Classroom) -> None:
    store, me = classroom.store, classroom.student(50)
    store.people.set_consent(None, me.id, "no")
    quoted = {"text": SECRET, "from": {"id": me.telegram_id}}
    raw = {"message": {"text": "/ask 這是什麼", "from": {"id": 1}, "reply_to_message": quoted}}
    (waiting,) = store.journal.receive([command(1, raw=raw)])
    store.journal.done(waiting.id)
    assert stands_in(store, SECRET) == []


def test_plain_talk_of_somebody_who_said_no_is_nowhere(classroom: Classroom) -> None:
    store, me = classroom.store, classroom.student(50)
    store.people.set_consent(classroom.seminar.id, me.id, "no")
    classroom.opens()
    classroom.says(me, SECRET)
    assert stands_in(store, SECRET) == []


def test_what_waited_behind_a_command_and_belongs_to_no_round_is_nowhere(classroom: Classroom) -> None:
    store = classroom.store
    draft = classroom.draft(classroom.student(1), SECRET)
    first, second = store.journal.receive([command(1, "/topics"), incoming(draft)])
    store.journal.done(first.id)
    assert store.journal.take_turn(second, draft)
    assert stands_in(store, SECRET) == []


def test_an_update_put_aside_leaves_no_words(classroom: Classroom) -> None:
    store, me = classroom.store, classroom.student(50)
    store.people.set_consent(None, me.id, "no")
    raw = {"message": {"text": SECRET, "from": {"id": me.telegram_id}}}
    (waiting,) = store.journal.receive([command(1, raw=raw)])
    store.journal.quarantine(waiting.id, f"ValueError: {SECRET} cannot be parsed")
    assert stands_in(store, SECRET) == []
    assert store.one("SELECT reason FROM journal")[0] == "ValueError: … cannot be parsed"


def test_while_an_export_reads_washing_waits_and_is_made_up_for(classroom: Classroom) -> None:
    store, me = classroom.store, classroom.student(50)
    store.people.set_consent(None, me.id, "no")
    raw = {"message": {"text": SECRET, "from": {"id": me.telegram_id}}}
    reader = Store.open(store.path, key=store.key)
    reader.run("BEGIN")
    reader.all("SELECT * FROM people")
    (waiting,) = store.journal.receive([Incoming(raw, needs_handler=True, identity=(1,), lane=GROUP)])
    store.journal.done(waiting.id)
    assert stands_in(store, SECRET) == [SECRET], "the reader holds the write-ahead log"
    reader.run("COMMIT")
    store.journal.done(store.journal.receive([command(2)])[0].id)
    assert stands_in(store, SECRET) == []
    reader.close()


def test_my_data_is_all_that_is_kept_and_can_be_written_as_json(classroom: Classroom) -> None:
    store, me = classroom.store, classroom.student(50, "葉清秋", "yeqingqiu")
    fill(classroom, me, rounds=1)
    classroom.says(classroom.student(1), "別人的話")
    store.people.set_consent(classroom.seminar.id, me.id, "yes")
    data = json.loads(json.dumps(store.people.data_of(me.id), ensure_ascii=False))
    assert data["person"]["name"] == "葉清秋"
    assert {entry["version"] for entry in data["remarks"]} == {1, 2}
    assert data["stances"][0]["reason"] == f"理由是{SECRET}"
    assert data["questions"][0]["snippets"] == ["marble"]
    assert data["consents"][0]["answer"] == "yes"
    assert data["aliases"][0]["alias"] == store.aliases.of(classroom.seminar.id, me.id)
    assert "別人的話" not in str(data)


def test_what_is_older_than_its_seminar_keeps_is_purged_to_the_byte(classroom: Classroom) -> None:
    store, student = classroom.store, classroom.student(1)
    store.seminars.configure(classroom.seminar.id, retention_days=30)
    opened = classroom.opens()
    classroom.says(student, SECRET)
    classroom.says(student, "新的", sent_at=NOON + timedelta(days=20))
    assert store.retention.purge(NOON + timedelta(days=29)) == 0
    assert store.retention.purge(NOON + timedelta(days=31)) == 1
    assert [each.text for each in store.remarks.of(opened.id)] == ["新的"]
    assert stands_in(store, SECRET) == []


def test_while_something_reads_the_bytes_wait_and_that_is_remembered_over_a_restart(
    classroom: Classroom,
) -> None:
    store, me = classroom.store, classroom.student(50, "葉清秋", "yeqingqiu")
    fill(classroom, me)
    reading = store.conn.execute("SELECT id FROM remarks")
    next(reading)
    store.erasure.forget(me.id)
    assert store.people.data_of(me.id) == {}
    assert stands_in(store, SECRET) == [SECRET]
    assert not store.erasure.vacuum()
    reading.close()
    again = Store.open(store.path, key=store.key)
    assert again.erasure.vacuum()
    again.close()
    store.checkpoint()
    assert stands_in(store, SECRET, "葉清秋") == []


def test_who_said_no_and_never_took_part_is_unnamed_too(classroom: Classroom) -> None:
    store, me, other = classroom.store, classroom.student(50, "葉清秋"), classroom.student(1)
    opened = classroom.opens()
    store.people.set_consent(classroom.seminar.id, me.id, "no")
    classroom.says(other, "我同意清秋說的")
    store.erasure.forget(me.id)
    assert [each.text for each in store.remarks.of(opened.id)] == ["我同意某同學說的"]


def test_forgetting_somebody_called_like_a_word_of_the_reading_leaves_the_word(classroom: Classroom) -> None:
    store, me, other = classroom.store, classroom.student(50, "AI"), classroom.student(1)
    store.terms = frozenset({"大理石"})
    also = classroom.student(51, "大理石")
    opened = classroom.opens()
    for who in (me, also):
        classroom.says(who, "我是誰？")
    classroom.says(other, "AI 和大理石都沒有溫度，@AI 你說呢")
    called = store.aliases.all(classroom.seminar.id)[me.id]
    for who in (me, also):
        store.erasure.forget(who.id)
    assert [each.text for each in store.remarks.of(opened.id)] == [f"AI 和大理石都沒有溫度，@{called} 你說呢"]


def test_a_wording_that_was_the_forgotten_ones_question_is_unlearned(classroom: Classroom) -> None:
    store, me = classroom.store, classroom.student(50)
    classroom.asks(me, f" {SECRET} ")
    store.learned.add(pack="stones", slug="clay", wording=SECRET, by=classroom.teacher.id)
    store.erasure.forget(me.id)
    assert store.learned.all() == {}
    assert stands_in(store, SECRET) == []


def test_whom_nothing_is_known_of_is_forgotten_by_themselves_but_not_who_answered(
    classroom: Classroom,
) -> None:
    store = classroom.store
    passing, refusing, talking = (classroom.student(number) for number in (1, 2, 3))
    store.people.set_consent(None, refusing.id, "no")
    store.seminars.configure(classroom.seminar.id, retention_days=1000)
    classroom.opens()
    classroom.says(talking, "有溫度")
    assert store.retention.purge(NOON + timedelta(days=179)) == 0
    store.retention.purge(NOON + timedelta(days=181))
    known = [store.people.by_id(each.id) is not None for each in (passing, refusing, talking)]
    assert known == [False, True, True]


def test_the_daily_purge_is_claimed_once_a_night(classroom: Classroom) -> None:
    store, night = classroom.store, NOON.replace(hour=4)
    store.seminars.configure(classroom.seminar.id, retention_days=1)
    classroom.opens()
    classroom.says(classroom.student(1), SECRET)
    assert store.retention.purge_daily(NOON, night=night) == 0
    two_days = timedelta(days=2)
    assert store.retention.purge_daily(NOON + two_days, night=night) == 0, "it was done since that night"
    restarted = Store.open(store.path, key=store.key)
    assert restarted.retention.purge_daily(NOON + two_days, night=night) == 0, "and a restart changes nothing"
    restarted.close()
    assert store.retention.purge_daily(NOON + two_days, night=night + two_days) > 0
    assert not RecurringTasks(store).claim("purge", now=NOON + two_days, before=night + two_days)
    assert RecurringTasks(store).claim("purge", now=NOON, before=night), (
        "a clock that was ahead has been set right"
    )
    assert stands_in(store, SECRET) == []


@pytest.mark.parametrize("everywhere", [True, False])
def test_a_no_takes_back_an_answer_that_was_not_shown_yet(classroom: Classroom, *, everywhere: bool) -> None:
    store, me = classroom.store, classroom.student(50)
    opened = store.rounds.open(
        classroom.seminar.id,
        prompt_slug="",
        prompt_text="題目",
        opened_by=classroom.teacher.id,
        at=NOON,
        terms=Terms(visibility="post_first"),
    )
    assert store.private_answers.give(opened.id, me.id, SECRET, at=NOON)
    store.people.set_consent(None if everywhere else classroom.seminar.id, me.id, "no")
    assert stands_in(store, SECRET) == []


@pytest.mark.parametrize("private_chat", [True, False])
def test_under_the_explicit_rule_words_of_who_has_not_agreed_are_nowhere(
    classroom: Classroom, *, private_chat: bool
) -> None:
    store = classroom.store
    store.seminars.configure(classroom.seminar.id, consent_rule="explicit")
    raw = {"message": {"text": f"/ask {SECRET}", "from": {"id": 777}}}
    (waiting,) = store.journal.receive([command(1, raw=raw, lane=777 if private_chat else GROUP)])
    store.journal.done(waiting.id)
    assert stands_in(store, SECRET) == []


@pytest.mark.parametrize(
    "more",
    [
        {"entities": [{"type": "text_mention", "user": {"id": 150, "first_name": SECRET}}]},
        {"new_chat_members": [{"id": 150, "first_name": SECRET}]},
    ],
    ids=["mentioned", "came"],
)
def test_who_said_no_is_not_named_either_by_what_others_do(
    classroom: Classroom, more: dict[str, object]
) -> None:
    store, me = classroom.store, classroom.student(50)
    store.people.set_consent(classroom.seminar.id, me.id, "no")
    assert me.telegram_id == 150
    (waiting,) = store.journal.receive([command(1, raw={"message": {"from": {"id": 777}, **more}})])
    store.journal.done(waiting.id)
    assert stands_in(store, SECRET) == []


def test_what_anybody_types_in_inline_mode_is_nowhere(classroom: Classroom) -> None:
    store = classroom.store
    raw = {"inline_query": {"query": SECRET, "from": {"id": 777}}}
    (waiting,) = store.journal.receive([command(1, raw=raw, kind="inline_query", lane=777)])
    store.journal.done(waiting.id)
    assert stands_in(store, SECRET) == []


def test_words_that_came_right_behind_a_no_are_nowhere(classroom: Classroom) -> None:
    store, me = classroom.store, classroom.student(50)
    raw = {"message": {"text": f"/ask {SECRET}", "from": {"id": me.telegram_id}}}
    press, asked = store.journal.receive([command(1), command(2, raw=raw)])
    store.people.set_consent(classroom.seminar.id, me.id, "no")
    store.journal.done(press.id)
    store.journal.done(asked.id)
    assert stands_in(store, SECRET) == []
