"""One seminar a group or topic, several at once; what a round outlives."""

from pathlib import Path

import pytest

from bot.rehearsal.fake_telegram.chats import Room
from bot.rehearsal.fake_telegram.state import Clock
from bot.rehearsal.fake_telegram.world import World
from tests.dialogue import MONDAY_MORNING, Seminar, a_class, holding


def another_group(seminar: Seminar, title: str = "乙班", *, forum: bool = False) -> Room:
    """Add a group with the teacher as admin and the students in it."""
    room = seminar.world.add_group(title, forum=forum)
    for name in ("陳老師", "小安", "小敏"):
        seminar.world.joins(name, chat=room)
    seminar.world.promotes("陳老師", "陳老師", chat=room)
    return room


async def test_several_groups_hold_rounds_at_once_and_stay_apart(seminar: Seminar) -> None:
    other = another_group(seminar)
    await seminar.settle()
    await seminar.says("陳老師", "/discuss 甲班的題目")
    await seminar.says("陳老師", "/discuss 乙班的題目", chat=other)
    await seminar.says("小安", "在甲班說", chat=seminar.world.group)
    await seminar.says("小安", "在乙班說", chat=other)
    await seminar.says("陳老師", "/close", chat=other)
    seminar.expects("第 1 輪總結", "乙班的題目", chat=other)
    assert [[said.text for said in seminar.store.remarks.of(number)] for number in (1, 2)] == [
        ["在甲班說"],
        ["在乙班說"],
    ]
    assert seminar.store.rounds.open_of(1) is not None


async def test_topics_of_a_forum_hold_rounds_of_their_own(seminar: Seminar) -> None:
    forum = another_group(seminar, "論壇", forum=True)
    one = seminar.world.opens_topic("陳老師", "第一組", chat=forum)
    two = seminar.world.opens_topic("陳老師", "第二組", chat=forum)
    await seminar.settle()
    await seminar.says("陳老師", "/discuss 第一組的題目", chat=forum, thread=one.id)
    assert seminar.last.thread_id == one.id
    await seminar.says("陳老師", "/discuss 第二組的題目", chat=forum, thread=two.id)
    await seminar.says("小安", "我在第一組", chat=forum, thread=one.id)
    await seminar.says("陳老師", "/close", chat=forum, thread=two.id)
    assert "第二組的題目" in seminar.last.text
    assert seminar.last.thread_id == two.id
    assert [said.text for said in seminar.store.remarks.of(1)] == ["我在第一組"]


async def test_a_round_outlives_topics_being_turned_on(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/discuss 題目")
    card = seminar.last
    seminar.world.becomes_forum()
    await seminar.settle()
    await seminar.says("小安", "在一般話題裡說")
    await seminar.presses("小安", "贊成", on=card)
    await seminar.says("陳老師", "/close")
    seminar.expects("第 1 輪總結", "1 人發言")


async def test_a_round_in_a_topic_outlives_topics_being_turned_off(seminar: Seminar) -> None:
    forum = another_group(seminar, "論壇", forum=True)
    topic = seminar.world.opens_topic("陳老師", "第一組", chat=forum)
    await seminar.settle()
    await seminar.says("陳老師", "/help", chat=forum)
    await seminar.says("陳老師", "/discuss 第一組的題目", chat=forum, thread=topic.id)
    seminar.world.becomes_forum(chat=forum, forum=False)
    await seminar.settle()
    await seminar.says("小安", "/stance 4", chat=forum)
    seminar.expects("記下了：贊成")
    await seminar.says("小安", "沒有話題了也說得出來", chat=forum)
    await seminar.says("陳老師", "/close", chat=forum)
    seminar.expects("第 1 輪總結", "第一組的題目", "1 人發言")


async def test_what_is_said_first_after_topics_were_turned_off_is_logged(seminar: Seminar) -> None:
    forum = another_group(seminar, "論壇", forum=True)
    topic = seminar.world.opens_topic("陳老師", "第一組", chat=forum)
    await seminar.settle()
    await seminar.says("陳老師", "/discuss 第一組的題目", chat=forum, thread=topic.id)
    await seminar.says("小安", "這是一般話題，不屬於討論", chat=forum)
    seminar.world.becomes_forum(chat=forum, forum=False)
    await seminar.says("小安", "沒有話題了也說得出來", chat=forum)
    assert [said.text for said in seminar.store.remarks.of(1)] == ["沒有話題了也說得出來"]


@pytest.mark.parametrize("restarted", [False, True])
async def test_what_waits_while_a_group_moves_is_handled_and_logged_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, restarted: bool
) -> None:
    world = World(clock=Clock(MONDAY_MORNING))
    world.add_person("陳老師", admin=True)
    group = world.add_group("小班", kind="group")
    world.joins("陳老師", chat=group)
    world.promotes("陳老師", "陳老師", chat=group)
    student = world.add_person("小安", joins=group)
    async with holding(tmp_path, world=world) as seminar:
        world.says("陳老師", "/discuss 題目", chat=group)
        world.says(student, "搬家以前", chat=group)
        bigger = world.migrates(group)
        world.says(student, "搬家以後", chat=bigger)
        world.says("陳老師", "/close", chat=bigger)
        world.says(student, "結束以後", chat=bigger)
        if restarted:  # killed before any turn comes
            monkeypatch.setattr(seminar.intake, "_queue", lambda _: None)
        await seminar.settle()
    async with holding(tmp_path, world=world) as seminar:
        await seminar.settle()
        assert [said.text for said in seminar.store.remarks.of(1)] == ["搬家以前", "搬家以後"]
        assert len(seminar.store.seminars.all()) == 1
        said = seminar.said(chat=bigger)
    assert [sum(words in text for text in said) for words in ("第 1 輪討論", "第 1 輪總結")] == [1, 1]


async def test_a_timed_round_outlives_the_move_to_a_supergroup(tmp_path: Path) -> None:
    world = World(clock=Clock(MONDAY_MORNING))
    world.add_person("陳老師", admin=True)
    group = world.add_group("小班", kind="group")
    async with holding(tmp_path, world=world) as seminar:
        world.joins("陳老師", chat=group)
        world.promotes("陳老師", "陳老師", chat=group)
        await seminar.settle()
        await seminar.says("陳老師", "/schedule 明天 9:00 main-question", chat=group)
        bigger = world.migrates(group)
        await seminar.settle()
        await seminar.ticks(days=1)
        seminar.expects("第 1 輪討論", "AI電影能承載人文溫度嗎", chat=bigger)


async def test_a_group_whose_move_nobody_told_us_of_is_found_by_its_old_name(tmp_path: Path) -> None:
    world = World(clock=Clock(MONDAY_MORNING))
    world.add_person("陳老師", admin=True)
    group = world.add_group("小班", kind="group")
    world.joins("陳老師", chat=group)
    world.promotes("陳老師", "陳老師", chat=group)
    async with holding(tmp_path, world=world) as seminar:
        await seminar.says("陳老師", "/discuss 題目", chat=group)
        bigger = world.migrates(group)
        world.updates.take()
        seminar.later(days=2)  # longer than Telegram keeps them
        await seminar.starts("陳老師", "export_1")
        assert seminar.documents(privately="陳老師")
        await seminar.says("陳老師", "/close", chat=bigger)
        seminar.expects("第 1 輪總結")


async def test_an_anonymous_admin_chooses_options_and_closes(seminar: Seminar) -> None:
    seminar.world.promotes("陳老師", "小敏", anonymous=True)
    await seminar.settle()
    await seminar.says("小敏", "/discuss", anonymous=True)
    await seminar.presses("小敏", "🎲 隨機")
    await seminar.presses("小敏", "▶ 開始")
    seminar.expects("第 1 輪討論")
    await seminar.says("小敏", "/close", anonymous=True)
    seminar.expects("第 1 輪總結")


async def test_a_round_and_its_options_outlive_two_restarts(tmp_path: Path) -> None:
    world = a_class()
    async with holding(tmp_path, world=world) as seminar:
        await seminar.says("陳老師", "/discuss")
        await seminar.presses("陳老師", "🎲 隨機")
    async with holding(tmp_path, world=world) as seminar:
        await seminar.presses("陳老師", "20 分", on=seminar.last_in(world.group))
        await seminar.presses("陳老師", "先寫再看", on=seminar.last_in(world.group))
        await seminar.presses("陳老師", "▶ 開始", on=seminar.last_in(world.group))
        card = seminar.last
        await seminar.presses("小安", "✍️ 寫下想法（公布前別人看不到）", on=card)
    async with holding(tmp_path, world=world) as seminar:
        await seminar.says("小安", "重開機以後寫的", privately=True)
        seminar.expects("收到了")
        await seminar.ticks(minutes=10)
        assert any("重開機以後寫的" in said for said in seminar.said(chat=world.group))
        await seminar.ticks(minutes=11)
        assert sum("第 1 輪總結" in said for said in seminar.said(chat=world.group)) == 1


async def test_what_a_round_came_to_is_told_in_the_group_where_its_topic_was_closed(seminar: Seminar) -> None:
    forum = seminar.world.add_group("論壇", forum=True, bot_is_admin=False)
    for name in ("陳老師", "小安"):
        seminar.world.joins(name, chat=forum)
    seminar.world.promotes("陳老師", "陳老師", chat=forum)
    topic = seminar.world.opens_topic("陳老師", "第一週", chat=forum)
    await seminar.settle()
    await seminar.says("陳老師", "/discuss 題目", chat=forum, thread=topic.id)
    seminar.world.closes_topic("陳老師", topic, chat=forum)
    await seminar.settle()
    before = len(seminar.said(chat=forum))
    with seminar.failing() as errors:
        await seminar.says("陳老師", "/ask 塔可夫斯基是誰？", chat=forum, thread=topic.id)
    assert [type(error).__name__ for error in errors] == ["BadRequest"]
    assert len(seminar.said(chat=forum)) == before
    assert len(seminar.calls("sendMessage")) == 1  # no apology where nothing may be said
    await seminar.says("陳老師", "/close", chat=forum, thread=topic.id)
    seminar.expects("第 1 輪總結", chat=forum)
    assert seminar.last.thread_id is None
