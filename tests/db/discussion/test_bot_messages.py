"""Lines owed and claimed, answers revealed, masks drawn: what must happen once, and to whom."""

from datetime import timedelta

from bot.seminar.records import Schedule, Terms
from tests.db.classroom import GROUP, Classroom
from tests.db.conftest import NOON

MINUTE = timedelta(minutes=1)


def test_a_line_is_claimed_by_one_and_again_after_a_minute(classroom: Classroom) -> None:
    opened, store = classroom.opens(), classroom.store
    line = store.owed_line(opened.id, "card")
    assert line is not None
    assert store.claim_line(line.id, now=NOON)
    assert not store.claim_line(line.id, now=NOON + MINUTE / 2)
    assert store.claim_line(line.id, now=NOON + MINUTE)
    store.line_sent(line.id, GROUP, 7, at=NOON + MINUTE)
    assert not store.claim_line(line.id, now=NOON + 9 * MINUTE)
    assert store.owed_line(opened.id, "card") is None


def test_owed_lines_are_those_nobody_is_about_to_send_and_not_too_old(classroom: Classroom) -> None:
    opened, store = classroom.opens(), classroom.store
    assert store.owed_lines(now=NOON, not_before=NOON - MINUTE) == []
    found = store.owed_lines(now=NOON + MINUTE, not_before=NOON - MINUTE)
    assert [(line.kind, line.round_id) for line in found] == [("card", opened.id)]
    assert store.owed_lines(now=NOON + 9 * MINUTE, not_before=NOON + MINUTE) == []


def test_closing_owes_a_summary_and_asking_again_a_question_once(classroom: Classroom) -> None:
    opened, store = classroom.opens(), classroom.store
    assert store.ask_again(opened.id, at=NOON)
    assert not store.ask_again(opened.id, at=NOON)
    classroom.closes(opened)
    classroom.closes(opened)
    kinds = [row[0] for row in store.all("SELECT kind FROM lines ORDER BY id")]
    assert kinds == ["card", "again", "summary"]


def test_answers_of_who_said_no_meanwhile_are_not_revealed(classroom: Classroom) -> None:
    store, teacher = classroom.store, classroom.teacher
    opened = store.open_round(
        classroom.seminar.id,
        prompt_slug="",
        prompt_text="題目",
        opened_by=teacher.id,
        at=NOON,
        terms=Terms(visibility="post_first"),
    )
    one, two = classroom.student(1), classroom.student(2)
    assert store.answer(opened.id, one.id, "我的", at=NOON)
    assert store.answer(opened.id, two.id, "她的", at=NOON)
    assert store.my_data(one.id)["answers"][0]["text"] == "我的"
    store.set_consent(None, two.id, "no")
    assert store.reveal(opened.id, at=NOON)
    assert not store.reveal(opened.id, at=NOON)
    assert store.revealed(opened.id) == [("學生1", "我的")]
    assert store.answer_count(opened.id) == 0
    assert not store.answer(opened.id, one.id, "太晚", at=NOON)


def test_forgetting_somebody_takes_their_waiting_answer_along(classroom: Classroom) -> None:
    store = classroom.store
    opened = store.open_round(
        classroom.seminar.id,
        prompt_slug="",
        prompt_text="題目",
        opened_by=None,
        at=NOON,
        terms=Terms(visibility="post_first"),
    )
    one = classroom.student(1)
    store.answer(opened.id, one.id, "別留下", at=NOON)
    store.send_on(one.id, opened.id, until=NOON + MINUTE)
    store.forget(one.id)
    assert store.answer_count(opened.id) == 0
    assert store.errand(one.id, now=NOON) is None


def test_every_mask_of_a_round_is_another_even_beyond_all_that_there_are(classroom: Classroom) -> None:
    opened, store = classroom.opens(), classroom.store
    drawn = [store.mask(opened.id, classroom.student(number).id) for number in range(200)]
    assert len(set(drawn)) == 200
    assert store.mask(opened.id, classroom.student(0).id) == drawn[0]
    assert store.unmask(opened.id, "沒有的面具", by=classroom.teacher.id, at=NOON) is None
    assert store.all("SELECT * FROM unmaskings") == []


def test_a_due_prompt_is_claimed_once_and_a_weekly_one_put_off(classroom: Classroom) -> None:
    store, seminar = classroom.store, classroom.seminar
    once = store.schedule(Schedule(0, seminar.id, "a", "", 0, None, "12:00", NOON))
    weekly = store.schedule(Schedule(0, seminar.id, "b", "", 0, 0, "12:00", NOON))
    assert store.due_schedules(NOON - MINUTE) == []
    assert store.due_schedules(NOON) == [once, weekly]
    later = NOON + timedelta(days=7)
    assert store.claim_schedule(once, next_at=None)
    assert not store.claim_schedule(once, next_at=None)
    assert store.claim_schedule(weekly, next_at=later)
    assert not store.claim_schedule(weekly, next_at=later)
    assert [one.due_at for one in store.schedules(seminar.id)] == [later]


def test_drafts_of_days_ago_go(classroom: Classroom) -> None:
    store, seminar = classroom.store, classroom.seminar
    old = store.draft(seminar.id, slug="a", text="舊", terms=Terms(), at=NOON)
    store.draft(seminar.id, slug="b", text="新", terms=Terms(), at=NOON + timedelta(days=3))
    assert store.draft_by_id(old.id) is None


def test_a_round_in_a_topic_moves_into_the_group_when_it_is_the_only_one(classroom: Classroom) -> None:
    store, group = classroom.store, classroom.seminar
    topic = store.seminar(GROUP, 5, pack="ai-film", language="zh-Hant")
    opened = store.open_round(topic.id, prompt_slug="", prompt_text="題目", opened_by=None, at=NOON)
    assert store.leave_topic(GROUP)
    assert not store.leave_topic(GROUP)
    moved, former = store.seminar_by_id(topic.id), store.seminar_by_id(group.id)
    assert moved is not None
    assert former is not None
    assert (moved.thread_id, former.thread_id) == (0, 5)
    store.close_round(opened.id, by=None, at=NOON)
    assert not store.leave_topic(GROUP)
