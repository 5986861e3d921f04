"""Lines owed and claimed, answers revealed, masks drawn: what must happen once, and to whom."""

from datetime import timedelta

from bot.seminar.records import Schedule, Terms
from tests.db.classroom import GROUP, Classroom
from tests.db.conftest import NOON

MINUTE = timedelta(minutes=1)


def test_a_line_is_claimed_by_one_and_again_after_a_minute(classroom: Classroom) -> None:
    opened, store = classroom.opens(), classroom.store
    line = store.bot_messages.owed(opened.id, "card")
    assert line is not None
    assert store.bot_messages.claim(line.id, now=NOON)
    assert not store.bot_messages.claim(line.id, now=NOON + MINUTE / 2)
    assert store.bot_messages.claim(line.id, now=NOON + MINUTE)
    store.bot_messages.note_sent(line.id, GROUP, 7, at=NOON + MINUTE)
    assert not store.bot_messages.claim(line.id, now=NOON + 9 * MINUTE)
    assert store.bot_messages.owed(opened.id, "card") is None


def test_owed_lines_are_those_nobody_is_about_to_send_and_not_too_old(classroom: Classroom) -> None:
    opened, store = classroom.opens(), classroom.store
    assert store.bot_messages.all_owed(now=NOON, not_before=NOON - MINUTE) == []
    found = store.bot_messages.all_owed(now=NOON + MINUTE, not_before=NOON - MINUTE)
    assert [(line.kind, line.round_id) for line in found] == [("card", opened.id)]
    assert store.bot_messages.all_owed(now=NOON + 9 * MINUTE, not_before=NOON + MINUTE) == []


def test_closing_owes_a_summary_and_asking_again_a_question_once(classroom: Classroom) -> None:
    opened, store = classroom.opens(), classroom.store
    assert store.rounds.ask_again(opened.id, at=NOON)
    assert not store.rounds.ask_again(opened.id, at=NOON)
    classroom.closes(opened)
    classroom.closes(opened)
    kinds = [row[0] for row in store.all("SELECT kind FROM lines ORDER BY id")]
    assert kinds == ["card", "again", "summary"]


def test_answers_of_who_said_no_meanwhile_are_not_revealed(classroom: Classroom) -> None:
    store, teacher = classroom.store, classroom.teacher
    opened = store.rounds.open(
        classroom.seminar.id,
        prompt_slug="",
        prompt_text="題目",
        opened_by=teacher.id,
        at=NOON,
        terms=Terms(visibility="post_first"),
    )
    one, two = classroom.student(1), classroom.student(2)
    assert store.private_answers.give(opened.id, one.id, "我的", at=NOON)
    assert store.private_answers.give(opened.id, two.id, "她的", at=NOON)
    assert store.people.data_of(one.id)["answers"][0]["text"] == "我的"
    store.people.set_consent(None, two.id, "no")
    assert store.private_answers.reveal(opened.id, at=NOON)
    assert not store.private_answers.reveal(opened.id, at=NOON)
    assert store.private_answers.revealed(opened.id) == [("學生1", "我的")]
    assert store.private_answers.count(opened.id) == 0
    assert not store.private_answers.give(opened.id, one.id, "太晚", at=NOON)


def test_forgetting_somebody_takes_their_waiting_answer_along(classroom: Classroom) -> None:
    store = classroom.store
    opened = store.rounds.open(
        classroom.seminar.id,
        prompt_slug="",
        prompt_text="題目",
        opened_by=None,
        at=NOON,
        terms=Terms(visibility="post_first"),
    )
    one = classroom.student(1)
    store.private_answers.give(opened.id, one.id, "別留下", at=NOON)
    store.private_answers.begin_errand(one.id, opened.id, until=NOON + MINUTE)
    store.erasure.forget(one.id)
    assert store.private_answers.count(opened.id) == 0
    assert store.private_answers.errand(one.id, now=NOON) is None


def test_every_mask_of_a_round_is_another_even_beyond_all_that_there_are(classroom: Classroom) -> None:
    opened, store = classroom.opens(), classroom.store
    drawn = [store.masks.of(opened.id, classroom.student(number).id) for number in range(200)]
    assert len(set(drawn)) == 200
    assert store.masks.of(opened.id, classroom.student(0).id) == drawn[0]
    assert store.masks.lift(opened.id, "沒有的面具", by=classroom.teacher.id, at=NOON) is None
    assert store.all("SELECT * FROM unmaskings") == []


def test_a_due_prompt_is_claimed_once_and_a_weekly_one_put_off(classroom: Classroom) -> None:
    store, seminar = classroom.store, classroom.seminar
    once = store.schedules.add(Schedule(0, seminar.id, "a", "", 0, None, "12:00", NOON))
    weekly = store.schedules.add(Schedule(0, seminar.id, "b", "", 0, 0, "12:00", NOON))
    assert store.schedules.due(NOON - MINUTE) == []
    assert store.schedules.due(NOON) == [once, weekly]
    later = NOON + timedelta(days=7)
    assert store.schedules.claim(once, next_at=None)
    assert not store.schedules.claim(once, next_at=None)
    assert store.schedules.claim(weekly, next_at=later)
    assert not store.schedules.claim(weekly, next_at=later)
    assert [one.due_at for one in store.schedules.of(seminar.id)] == [later]


def test_drafts_of_days_ago_go(classroom: Classroom) -> None:
    store, seminar = classroom.store, classroom.seminar
    old = store.drafts.add(seminar.id, slug="a", text="舊", terms=Terms(), at=NOON)
    store.drafts.add(seminar.id, slug="b", text="新", terms=Terms(), at=NOON + timedelta(days=3))
    assert store.drafts.by_id(old.id) is None


def test_a_round_in_a_topic_moves_into_the_group_when_it_is_the_only_one(classroom: Classroom) -> None:
    store, group = classroom.store, classroom.seminar
    topic = store.seminars.bind(GROUP, 5, pack="ai-film", language="zh-Hant")
    opened = store.rounds.open(topic.id, prompt_slug="", prompt_text="題目", opened_by=None, at=NOON)
    assert store.seminars.leave_topic(GROUP)
    assert not store.seminars.leave_topic(GROUP)
    moved, former = store.seminars.by_id(topic.id), store.seminars.by_id(group.id)
    assert moved is not None
    assert former is not None
    assert (moved.thread_id, former.thread_id) == (0, 5)
    store.rounds.close(opened.id, by=None, at=NOON)
    assert not store.seminars.leave_topic(GROUP)
