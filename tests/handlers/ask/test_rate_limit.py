"""A flood of questions: fifteen a minute and person are answered in a group, so that /close gets its turn."""

import asyncio

from bot.handlers.ask.rate_limit import MOST
from bot.sending.outbox import Outbox
from bot.sending.pacing import Pace
from tests.dialogue import STUDENTS, TEACHER, Seminar

ABOUT = ("塔可夫斯基", "大理石", "分身", "靈光", "演算法", "導演", "影展", "剪接")


def question(number: int) -> str:
    return f"/ask {ABOUT[number % len(ABOUT)]}第{number}次怎麼說？"


def at_the_pace_of_telegram(seminar: Seminar) -> list[float]:
    """Let the outbox keep Telegram's limits, in seconds that pass at once; return all that it waited."""
    outbox, waited = seminar.house.bot.rate_limiter, [0.0]
    assert isinstance(outbox, Outbox)

    async def pause(seconds: float) -> None:
        waited.append(seconds)
        await asyncio.sleep(0)

    outbox.pause, outbox.pace = pause, Pace(lambda: sum(waited))
    return waited


async def test_two_hundred_questions_of_one_student_do_not_hold_up_the_teachers_close(
    seminar: Seminar,
) -> None:
    await seminar.says(TEACHER, "/discuss AI 能承載人文溫度嗎？")
    waited = at_the_pace_of_telegram(seminar)
    for number in range(200):
        seminar.world.says("小安", question(number), chat=seminar.world.group)
    await seminar.says(TEACHER, "/close")
    seminar.expects("第 1 輪總結")
    assert sum(waited) < 1, "seconds"
    told = [text for text in seminar.said() if "你問得好快" in text]
    assert len(told) == 1, "once, and then the bot is silent"
    assert len(seminar.store.questions.of(1)) == MOST


async def test_who_asks_too_fast_is_led_to_the_private_chat_where_nothing_is_counted(
    seminar: Seminar,
) -> None:
    for number in range(MOST + 1):
        await seminar.says("小安", question(number))
    assert seminar.keyboard == [["打開私訊"]]
    for number in range(MOST * 2):
        await seminar.says("小安", question(number), privately=True)
        assert "你問得好快" not in seminar.last.text
    assert len(seminar.said()) >= MOST * 2


async def test_others_are_answered_meanwhile_and_a_minute_later_everybody_is(seminar: Seminar) -> None:
    for number in range(MOST + 2):
        await seminar.says("小安", question(number))
    seminar.expects_silence()
    await seminar.says("小敏", "/ask 這篇文章是誰寫的？")
    seminar.expects("出處")
    seminar.later(minutes=1)
    await seminar.says("小安", "/ask 影展有哪些短片？")
    seminar.expects("出處")


async def test_a_whole_class_that_asks_at_once_is_answered(seminar: Seminar) -> None:
    for number in range(3 * MOST):
        seminar.world.says(STUDENTS[number % 3], question(number), chat=seminar.world.group)
    await seminar.settle()
    assert len(seminar.store.questions.of(1)) == 3 * MOST


async def test_mentions_and_other_commands_for_the_reading_count_too(seminar: Seminar) -> None:
    for number in range(MOST):
        await seminar.says(
            "小安", "/topics" if number % 2 else f"@{seminar.world.bot.username} 塔可夫斯基是誰？"
        )
    await seminar.says("小安", "/para 1")
    seminar.expects("你問得好快")


async def test_what_one_may_always_ask_for_is_not_counted(seminar: Seminar) -> None:
    for number in range(MOST + 2):
        await seminar.says("小安", question(number))
    await seminar.says("小安", "/privacy")
    assert "你問得好快" not in seminar.last.text
    assert seminar.calls("sendMessage")


async def test_counting_makes_nobody_known_to_the_store(seminar: Seminar) -> None:
    for _ in range(MOST + 2):
        await seminar.says("小敏", "/help")
    assert seminar.store.all("SELECT name FROM people") == []


async def test_what_was_asked_while_the_bot_was_off_is_answered_by_the_times_it_was_asked_at(
    seminar: Seminar,
) -> None:
    for number in range(MOST * 2):
        seminar.world.says("小安", question(number), chat=seminar.world.group)
        seminar.later(seconds=20)
    await seminar.settle()
    assert len(seminar.store.questions.of(1)) == MOST * 2
