"""Rounds that end by themselves: asked again in time, closed once, over restarts and with two clocks."""

import asyncio
from pathlib import Path
from typing import Any, cast

import pytest

from bot.rehearsal.fake_telegram.chats import Membership
from bot.sending.outbox import A_DAY, Outbox
from bot.sending.turn import current
from bot.watches import tick
from tests.dialogue import STUDENTS, Seminar, a_class, holding
from tests.handlers.rounds.test_round_options import choosing


async def timed(seminar: Seminar, *presses: str) -> None:
    """Open a round of the teacher's own words with these options."""
    await choosing(seminar)
    for label in presses:
        await seminar.presses("陳老師", label)
    await seminar.presses("陳老師", "▶ 開始")


def summaries(seminar: Seminar) -> int:
    return sum("第 1 輪總結" in said for said in seminar.said(chat=seminar.world.group))


async def test_a_timed_round_asks_again_before_its_end_and_closes_by_itself(seminar: Seminar) -> None:
    await timed(seminar, "20 分")
    card = seminar.last
    await seminar.presses("小安", "反對")
    await seminar.ticks(minutes=15)
    assert "再表態一次" not in seminar.last.text
    await seminar.ticks(minutes=1, seconds=5)
    seminar.expects("再表態一次", "還有 4 分鐘")
    await seminar.presses("小安", "贊成", on=seminar.last)
    await seminar.ticks(minutes=4)
    seminar.expects("第 1 輪總結", "更贊成 1 人")
    assert "這一輪結束了" in card.text
    assert summaries(seminar) == 1
    await seminar.ticks(minutes=5)
    assert summaries(seminar) == 1


async def test_where_no_stance_is_asked_for_the_end_asks_for_none(seminar: Seminar) -> None:
    await timed(seminar, "10 分", "表態：要")
    await seminar.ticks(minutes=9)
    assert not any("再表態一次" in said for said in seminar.said())
    await seminar.ticks(minutes=2)
    seminar.expects("第 1 輪總結")


async def test_a_teacher_may_close_before_the_time_and_the_clock_leaves_it_at_that(seminar: Seminar) -> None:
    await timed(seminar, "20 分")
    await seminar.says("陳老師", "/close")
    await seminar.ticks(minutes=30)
    assert summaries(seminar) == 1


async def test_a_round_over_days_tells_days_and_ends_on_the_day(seminar: Seminar) -> None:
    await timed(seminar, "3 天")
    card = seminar.last
    assert "03/05" in card.text
    assert "還有 3 天" in card.text
    await seminar.ticks(hours=36)
    assert "還有 36 小時" in card.text
    await seminar.ticks(hours=40)
    seminar.expects("第 1 輪總結")


async def test_an_end_that_fell_into_a_pause_of_ours_comes_when_we_are_back(tmp_path: Path) -> None:
    world = a_class()
    async with holding(tmp_path, world=world) as seminar:
        await timed(seminar, "20 分")
        await seminar.says("小安", "我覺得有溫度")
    seminar.later(hours=5)
    async with holding(tmp_path, world=world) as seminar:
        await seminar.ticks()
        seminar.expects("第 1 輪總結", "1 人發言，共 1 則", chat=world.group)
        assert not any("再表態一次" in said for said in seminar.said(chat=world.group))
    async with holding(tmp_path, world=world) as seminar:
        await seminar.ticks(minutes=5)
        assert summaries(seminar) == 1


async def test_two_houses_on_one_store_close_a_round_once(tmp_path: Path) -> None:
    world = a_class()
    async with holding(tmp_path, world=world) as one, holding(tmp_path, world=world) as other:
        await timed(one, "10 分")
        one.later(minutes=11)
        await tick(one.house)
        await tick(other.house)
        await tick(one.house)
        assert summaries(one) == 1


async def test_what_was_owed_when_the_house_died_is_sent_within_minutes_and_once(tmp_path: Path) -> None:
    world = a_class()
    async with holding(tmp_path, world=world) as seminar:
        await seminar.says("陳老師", "/help")
        person = seminar.store.people.meet(seminar.world.person("陳老師").id, "陳老師")
        # What a house leaves that dies between the store and Telegram.
        left = seminar.store.rounds.open(
            1, prompt_slug="", prompt_text="斷電那一題", opened_by=person.id, at=seminar.clock()
        )
        assert left.card_message_id is None
    for _ in range(2):
        async with holding(tmp_path, world=world) as seminar:
            await seminar.ticks(minutes=2)
            found = seminar.store.rounds.by_id(1)
            assert found is not None
            assert found.card_message_id is not None
    assert sum("斷電那一題" in said for said in seminar.said(chat=world.group)) == 1


async def test_an_error_in_one_group_does_not_hold_up_another(seminar: Seminar) -> None:
    await timed(seminar, "10 分")
    other = seminar.world.add_group("別班")
    teacher = seminar.world.person("陳老師")
    seminar.world.joins(teacher, chat=other)
    seminar.world.promotes(teacher, teacher, chat=other)
    await seminar.settle()
    await seminar.says("陳老師", "/discuss 別班的題目", chat=other)
    round_id = seminar.store.rounds.all_open()[-1].id
    seminar.store.run(
        "UPDATE rounds SET ends_at = (SELECT ends_at FROM rounds WHERE id = 1) WHERE id = ?", (round_id,)
    )
    seminar.world.removes_bot("陳老師")
    await seminar.settle()
    await seminar.ticks(minutes=11)
    seminar.expects("第 1 輪總結", chat=other)
    assert seminar.store.rounds.all_open() == []


class Death(Exception):  # noqa: N818  no fault of the code
    """Nothing that happens after it reaches the disk."""


def dies(seminar: Seminar, moment: str) -> None:
    """Let the house die at the first post that the clock makes: before, after, or with it noted."""
    outbox, store = seminar.house.bot.rate_limiter, seminar.store

    def die(*_: Any, **__: Any) -> Any:
        store.run("PRAGMA query_only = ON")
        raise Death

    if moment == "intended":
        outbox._deliver = die  # type: ignore[union-attr]
    elif moment == "sent":
        outbox._sent = die  # type: ignore[union-attr]
    elif moment == "in the middle":  # pictures stand there, the summary does not
        intend = outbox._intend  # type: ignore[union-attr]
        outbox._intend = lambda chat, call, *more: (  # type: ignore[union-attr]
            die() if call.method == "sendMessage" else intend(chat, call, *more)
        )
    else:
        store.bot_messages.note_sent = die  # type: ignore[method-assign]


@pytest.mark.parametrize("moment", ["intended", "sent", "in the middle", "noted"])
@pytest.mark.parametrize("shared", [False, True], ids=["supergroup", "basic group"])
async def test_whenever_the_house_dies_over_a_line_of_the_clock_it_stands_there_once(
    tmp_path: Path, moment: str, *, shared: bool
) -> None:
    world = a_class()
    group = world.add_group("小組", kind="group") if shared else world.group
    if shared:
        group.set_member(Membership(world.person("陳老師").user, "creator"))
        for student in STUDENTS:
            group.set_member(Membership(world.person(student).user, "member"))
    async with holding(tmp_path, world=world) as seminar:
        await seminar.says("陳老師", "/discuss 有溫度嗎", chat=group)
        for student in STUDENTS:  # fewer are not drawn
            await seminar.presses(student, "贊成")
        await seminar.says("小安", "我認為鏡頭的溫度來自拍的人", chat=group)
        opened = seminar.store.rounds.all_open()[0]
        seminar.store.run("UPDATE rounds SET ends_at = opened_at WHERE id = ?", (opened.id,))
        dies(seminar, moment)
        with seminar.failing() as errors:
            await seminar.ticks(minutes=1)
        assert any(isinstance(error, Death) for error in errors)
        seminar.store.run("PRAGMA query_only = OFF")  # the next house has a connection of its own
    for _ in range(2):
        async with holding(tmp_path, world=world) as seminar:
            await seminar.settle()
            await seminar.ticks(minutes=2)
            assert seminar.store.all("SELECT 1 FROM outbox") == []
    assert sum("第 1 輪總結" in said for said in seminar.said(chat=group)) == 1
    pictures = [post for post in world.posts(group, by_bot=True) if post.photo]
    assert len(pictures) == len({post.text for post in pictures}) > 0


async def test_a_group_that_must_wait_holds_up_no_other_groups_clock(seminar: Seminar) -> None:
    await timed(seminar, "10 分")
    other = seminar.world.add_group("別班")
    seminar.world.joins("陳老師", chat=other)
    seminar.world.promotes("陳老師", "陳老師", chat=other)
    await seminar.settle()
    await seminar.says("陳老師", "/discuss 別班的題目", chat=other)
    seminar.store.run("UPDATE rounds SET ends_at = (SELECT ends_at FROM rounds WHERE id = 1)")
    outbox, gate = cast("Outbox", seminar.house.bot.rate_limiter), asyncio.Event()
    outbox.patience, outbox.pause = A_DAY, lambda _: gate.wait()  # type: ignore[assignment, return-value]
    seminar.world.faults.lost_answers = 1  # the first group's first call is to be made again
    seminar.later(minutes=11)
    told = asyncio.Event()
    seminar.world.listen(
        lambda _: told.set() if any("第 1 輪總結" in said for said in seminar.said(chat=other)) else None
    )
    ticking = asyncio.create_task(tick(seminar.house))
    await asyncio.wait_for(told.wait(), 20)
    assert summaries(seminar) == 0
    gate.set()
    await ticking
    assert summaries(seminar) == 1


async def test_a_line_that_waits_for_telegrams_limits_longer_than_a_claim_holds_is_posted_once(
    seminar: Seminar,
) -> None:
    await timed(seminar, "10 分")
    outbox, gate, waits = cast("Outbox", seminar.house.bot.rate_limiter), asyncio.Event(), asyncio.Event()
    keep_pace = outbox._keep_pace

    async def crowded(chat: Any) -> None:
        turn = current()
        if turn is not None and turn.line_id is not None:
            waits.set()
            await gate.wait()
        await keep_pace(chat)

    outbox._keep_pace = crowded  # type: ignore[method-assign]
    seminar.later(minutes=11)
    first = asyncio.create_task(tick(seminar.house))
    await waits.wait()
    seminar.later(minutes=2)
    await asyncio.wait_for(tick(seminar.house), 20)  # it does not wait there as well
    gate.set()
    await first
    assert summaries(seminar) == 1
