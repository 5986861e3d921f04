from bot.sending.pacing import A_MINUTE, A_SECOND, NoPace, Pace

GROUP, OTHER, PERSON = -1001, -1002, 7


class Watch:
    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


def test_a_group_takes_nineteen_at_once_and_the_next_after_a_minute() -> None:
    watch = Watch()
    pace = Pace(watch)
    for _ in range(A_MINUTE):
        assert pace.wait(GROUP) == 0
        pace.note(GROUP)
        watch.time += 0.1
    assert 58 < pace.wait(GROUP) < 59
    assert pace.wait(OTHER) == 0, "another group is not held up"
    watch.time += pace.wait(GROUP)
    assert pace.wait(GROUP) == 0


def test_all_chats_together_take_twenty_nine_a_second() -> None:
    watch = Watch()
    pace = Pace(watch)
    for person in range(A_SECOND):
        assert pace.wait(person) == 0
        pace.note(person)
    assert 1 <= pace.wait(PERSON + 1000) < 1.1
    watch.time += 1.1
    assert pace.wait(PERSON) == 0


def test_a_chat_that_is_told_to_wait_waits_alone() -> None:
    watch = Watch()
    pace = Pace(watch)
    pace.hold(GROUP, 17)
    pace.hold(GROUP, 3)
    assert pace.wait(GROUP) == 17
    assert pace.wait(OTHER) == 0
    watch.time += 17
    assert pace.wait(GROUP) == 0


def test_a_rehearsal_is_not_paced_but_heeds_what_it_is_told() -> None:
    watch = Watch()
    pace = NoPace(watch)
    for _ in range(100):
        pace.note(GROUP)
    assert pace.wait(GROUP) == 0
    pace.hold(GROUP, 5)
    assert pace.wait(GROUP) == 5
