"""/schedule: prompts at times and weekly; once, over restarts and by two houses; late by stated rules."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.watches import tick
from tests.dialogue import MONDAY_MORNING, Seminar, a_class, holding

WEDNESDAY = "每週三 10:00"


async def scheduled(seminar: Seminar, words: str) -> None:
    await seminar.says("陳老師", f"/schedule {words}")
    seminar.expects("排好了")


def cards(seminar: Seminar) -> list[str]:
    said = seminar.said(chat=seminar.world.group)
    return [text.splitlines()[2] for text in said if text.startswith("💬")]


async def test_without_anything_it_says_how(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/schedule")
    seminar.expects("還沒有排定的題目（時區 Asia/Taipei）", "/schedule 每週三 10:00")


async def test_a_prompt_is_posted_at_its_time_and_once(seminar: Seminar) -> None:
    await scheduled(seminar, "2026-03-02 11:30 3天 main-question")
    seminar.expects("2026-03-02（一）11:30", "AI電影能承載人文溫度嗎（3 天）")
    await seminar.ticks(hours=2)
    assert cards(seminar) == []
    await seminar.ticks(minutes=31)
    assert cards(seminar) == ["AI電影能承載人文溫度嗎"]
    (opened,) = seminar.store.rounds.of(1)
    assert opened.stance_on
    assert opened.ends_at is not None
    await seminar.ticks(minutes=5)
    assert len(cards(seminar)) == 1
    assert seminar.store.schedules.of(1) == []


async def test_a_weekly_prompt_follows_the_plan_and_ends_last_weeks_round(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/plan warm-film、main-question")
    await scheduled(seminar, WEDNESDAY)
    seminar.expects("每週三 10:00", "計畫的下一題")
    await seminar.ticks(days=2, hours=2)
    await seminar.says("小安", "我想到一部片")
    await seminar.ticks(days=7)
    assert cards(seminar) == ["一部讓你感到溫度的電影", "AI電影能承載人文溫度嗎"]
    assert any(
        "第 1 輪總結" in said and "1 人發言" in said for said in seminar.said(chat=seminar.world.group)
    )
    (again,) = seminar.store.schedules.of(1)
    assert again.due_at == datetime(2026, 3, 18, 2, tzinfo=UTC)


async def test_after_the_plan_what_fits_next_is_posted(seminar: Seminar) -> None:
    await scheduled(seminar, WEDNESDAY)
    await seminar.ticks(days=2, hours=2)
    assert len(cards(seminar)) == 1


async def test_the_teachers_own_words_may_be_scheduled(seminar: Seminar) -> None:
    await scheduled(seminar, "明天 20:00 AI 能不能有自己的風格？")
    await seminar.ticks(days=1, hours=11, minutes=1)
    assert cards(seminar) == ["AI 能不能有自己的風格？"]


async def test_a_young_round_is_not_interrupted_and_the_prompt_waits_for_its_end(seminar: Seminar) -> None:
    await scheduled(seminar, "10:00 main-question")
    seminar.later(minutes=40)
    await seminar.says("陳老師", "/discuss 正聊得起勁")
    await seminar.ticks(minutes=30)
    assert cards(seminar) == ["正聊得起勁"]
    await seminar.says("陳老師", "/close")
    await seminar.ticks(seconds=5)
    assert cards(seminar) == ["正聊得起勁", "AI電影能承載人文溫度嗎"]


async def test_what_was_due_while_down_is_posted_once_over_two_restarts(tmp_path: Path) -> None:
    world = a_class()
    async with holding(tmp_path, world=world) as seminar:
        await seminar.says("陳老師", "/discuss 第一題")
        await scheduled(seminar, "23:30 main-question")
    seminar.later(hours=16)
    for _ in range(2):
        async with holding(tmp_path, world=world) as seminar:
            await seminar.ticks(minutes=1)
    assert cards(seminar) == ["第一題", "AI電影能承載人文溫度嗎"]
    assert "第 1 輪總結" in "".join(seminar.said(chat=world.group))


async def test_what_is_three_hours_late_is_told_of_and_not_posted(tmp_path: Path) -> None:
    world = a_class()
    async with holding(tmp_path, world=world) as seminar:
        await scheduled(seminar, "10:00 main-question")
        await scheduled(seminar, f"{WEDNESDAY} warm-film")
    seminar.later(days=23)
    async with holding(tmp_path, world=world) as seminar:
        for _ in range(2):
            await seminar.ticks(minutes=1)
        told = [said for said in seminar.said(chat=world.group) if "沒能貼出來" in said]
        assert len(told) == 2
        assert "03/02 10:00" in told[0]
        assert cards(seminar) == []
        (weekly,) = seminar.store.schedules.of(1)
        assert weekly.due_at > seminar.clock()
        await seminar.presses("陳老師", "▶ 開始", on=seminar.last_in(world.group))
        assert cards(seminar) == ["一部讓你感到溫度的電影"]


async def test_two_houses_on_one_store_post_a_prompt_once(tmp_path: Path) -> None:
    world = a_class()
    async with holding(tmp_path, world=world) as one, holding(tmp_path, world=world) as other:
        await scheduled(one, "10:00 main-question")
        one.later(hours=1)
        await tick(one.house)
        await tick(other.house)
        assert cards(one) == ["AI電影能承載人文溫度嗎"]


async def test_the_list_shows_all_and_deletes_one(seminar: Seminar) -> None:
    await scheduled(seminar, WEDNESDAY)
    await scheduled(seminar, "明天 9:00 main-question")
    await seminar.presses("陳老師", "看全部", on=seminar.last)
    listed = seminar.expects("排定的題目", "2026-03-03（二）09:00", "每週三 10:00")
    await seminar.presses("小安", "✕ 每週三 10:00", on=listed)
    assert "只有群組管理員" in seminar.toast
    await seminar.presses("陳老師", "✕ 每週三 10:00", on=listed)
    assert seminar.toast == "刪掉了。"
    assert "每週三" not in listed.text
    assert len(seminar.store.schedules.of(1)) == 1
    await seminar.presses("陳老師", "unschedule:1", on=listed, forged=True)
    assert seminar.toast == "這一題已經不在排程裡了。"
    await seminar.ticks(days=9)
    assert seminar.store.schedules.of(1) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("下個月再說", "看不懂是哪一天"),
        ("2026-02-30 09:00", "沒有這一天"),
        ("2026-03-01 09:00", "已經過了"),
        ("明天 早上", "看不懂是幾點"),
        ("明天 25:00", "看不懂是幾點"),
        ("明天 9:00 0分 main-question", "最短 1 分鐘"),
        ("明天 9:00 no-such-prompt", "找不到「no-such-prompt」"),
        ("明天 9:00 " + "長" * 501, "500 個字以內"),
        ("時區 台北", "不認得時區"),
    ],
)
async def test_what_cannot_be_understood_is_told_kindly(seminar: Seminar, words: str, said: str) -> None:
    await seminar.says("陳老師", f"/schedule {words}")
    seminar.expects(said)
    assert seminar.store.schedules.of(1) == []


async def test_a_student_may_not_schedule(seminar: Seminar) -> None:
    await seminar.says("小安", f"/schedule {WEDNESDAY}")
    seminar.expects("只有群組管理員")


async def test_the_time_zone_is_the_seminars_own(seminar: Seminar) -> None:
    await scheduled(seminar, WEDNESDAY)
    await scheduled(seminar, "2026-03-09 10:00 main-question")
    await seminar.says("陳老師", "/schedule 時區 europe/berlin")
    seminar.expects("時區是 Europe/Berlin", "現在是 02:00")
    weekly, once = seminar.store.schedules.of(1)
    assert weekly.due_at == datetime(2026, 3, 4, 9, tzinfo=UTC)
    assert once.due_at == datetime(2026, 3, 9, 9, tzinfo=UTC)
    await seminar.says("陳老師", "/discuss 柏林的題目")
    await seminar.says("陳老師", "/schedule")
    seminar.expects("時區 Europe/Berlin", "2026-03-09（一）10:00")


async def test_too_many_are_declined(seminar: Seminar) -> None:
    for number in range(20):
        await scheduled(seminar, f"明天 {number}:00 main-question")
    await seminar.says("陳老師", "/schedule 明天 23:00 main-question")
    seminar.expects("已經排了 20 題")


async def test_when_all_was_discussed_the_clock_says_so(seminar: Seminar) -> None:
    await scheduled(seminar, "10:00")
    for prompt in seminar.house.bot_data.library.packs["ai-film"].prompts:
        made = seminar.store.rounds.open(
            1, prompt_slug=prompt.slug, prompt_text=prompt.text, opened_by=None, at=MONDAY_MORNING
        )
        seminar.store.rounds.close(made.id, by=None, at=MONDAY_MORNING)
    await seminar.ticks(hours=1)
    assert any("題目都討論過了" in said for said in seminar.said())
