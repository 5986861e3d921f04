from pathlib import Path

from bot.rehearsal.fake_telegram.state import Clock
from bot.rehearsal.fake_telegram.world import World
from tests.dialogue import MONDAY_MORNING, Seminar, holding

OWN = "/discuss AI 能承載人文溫度嗎？"


def a_world(*, privacy_mode: bool) -> World:
    world = World(clock=Clock(MONDAY_MORNING), privacy_mode=privacy_mode, bot_is_admin=False)
    world.add_person("陳老師", admin=True)
    world.add_person("小安")
    return world


async def test_added_to_a_group_it_says_how_to_start(seminar: Seminar) -> None:
    seminar.world.removes_bot("陳老師")
    await seminar.settle()
    seminar.world.adds_bot("陳老師", admin=True)
    await seminar.settle()
    text = seminar.expects("大家好", "/discuss", "只有在討論進行時").text
    assert "看不到一般發言" not in text


async def test_added_while_it_cannot_read_along_it_says_what_it_needs(tmp_path: Path) -> None:
    async with holding(tmp_path, world=a_world(privacy_mode=True)) as seminar:
        seminar.world.removes_bot("陳老師")
        seminar.world.adds_bot("陳老師")
        await seminar.settle()
        seminar.expects("看不到一般發言", "@BotFather")
        seminar.world.promotes_bot("陳老師")
        await seminar.settle()
        seminar.expects("我現在看得到討論了")
        seminar.world.demotes_bot("陳老師")
        await seminar.settle()
        seminar.expects("看不到一般發言")


async def test_without_privacy_mode_being_admin_is_not_needed(tmp_path: Path) -> None:
    async with holding(tmp_path, world=a_world(privacy_mode=False)) as seminar:
        seminar.world.removes_bot("陳老師")
        seminar.world.adds_bot("陳老師")
        await seminar.settle()
        assert "看不到一般發言" not in seminar.expects("大家好").text
        said = len(seminar.said())
        seminar.world.promotes_bot("陳老師")
        await seminar.settle()
        assert len(seminar.said()) == said


async def test_thrown_out_it_keeps_quiet(seminar: Seminar) -> None:
    seminar.world.removes_bot("陳老師")
    await seminar.settle()
    seminar.expects_silence()


async def test_being_blocked_in_private_is_taken_quietly(seminar: Seminar) -> None:
    await seminar.starts("小安")
    seminar.world.blocks_bot("小安")
    await seminar.settle()
    seminar.world.blocks_bot("小安", blocked=False)
    await seminar.settle()
    assert len(seminar.said(privately="小安")) == 1


async def test_a_round_lives_on_when_the_group_becomes_a_supergroup(tmp_path: Path) -> None:
    world = World(clock=Clock(MONDAY_MORNING))
    world.add_person("陳老師", admin=True)
    group = world.add_group("小班", kind="group")
    async with holding(tmp_path, world=world) as seminar:
        world.joins("陳老師", chat=group)
        world.promotes("陳老師", "陳老師", chat=group)
        await seminar.settle()
        await seminar.says("陳老師", OWN, chat=group)
        seminar.expects("第 1 輪討論")
        bigger = world.migrates(group)
        await seminar.settle()
        card = seminar.expects("第 1 輪討論", chat=bigger)
        await seminar.presses("陳老師", "贊成", on=card)
        assert "已表態 1 人" in card.text
        await seminar.says("陳老師", "搬家以後說的話", chat=bigger)
        await seminar.says("陳老師", "/close", chat=bigger)
        seminar.expects("第 1 輪總結", "1 人發言，共 1 則")


async def test_opening_a_round_it_cannot_hear_is_warned_of(tmp_path: Path) -> None:
    async with holding(tmp_path, world=a_world(privacy_mode=True)) as seminar:
        await seminar.says("陳老師", OWN)
        seminar.expects("看不到一般發言")
        await seminar.says("陳老師", "/close")
        seminar.world.promotes_bot("陳老師")
        await seminar.settle()
        await seminar.says("陳老師", OWN)
        seminar.expects("第 2 輪討論")
