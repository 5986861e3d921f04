"""The card: evidence in a window, counts for who has chosen, a pin, time that goes by, few edits."""

import asyncio
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from bot.handlers.rounds.cards import DrawnCards
from bot.rehearsal.fake_telegram.state import Clock
from bot.rehearsal.fake_telegram.world import World
from tests.dialogue import MONDAY_MORNING, Seminar, a_class, holding
from tests.handlers.rounds.test_round_options import choosing

OWN = "/discuss AI 能承載人文溫度嗎？"


async def test_evidence_opens_in_a_window_for_who_pressed_and_posts_nothing(seminar: Seminar) -> None:
    await choosing(seminar)
    await seminar.presses("陳老師", "▶ 開始")
    card = seminar.last
    evidence = [each for row in card.buttons for each in row if each.text.startswith("📖")]
    assert len(evidence) == 4
    for student in ("小安", "小敏"):
        await seminar.presses(student, evidence[0].text, on=card)
        assert seminar.alert
        assert "出處：" in seminar.toast
        assert len(seminar.toast) <= 200
        seminar.expects_silence()


async def test_counts_are_told_to_who_has_chosen_and_to_nobody_else(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    card = seminar.last
    assert "選了才看得到" in card.text
    await seminar.presses("小安", "贊成")
    await seminar.presses("小敏", "反對")
    assert "目前：強烈反對 0・反對 1・中立 0・贊成 1・強烈贊成 0" in seminar.toast
    assert len(seminar.toast) <= 200
    assert "贊成 1" not in str(card.buttons)


async def test_counts_may_be_shown_to_all_on_the_buttons(seminar: Seminar) -> None:
    await choosing(seminar)
    await seminar.presses("陳老師", "人數：選了才看得到")
    await seminar.presses("陳老師", "▶ 開始")
    card = seminar.last
    await seminar.presses("小安", "贊成 0")
    assert "贊成 1" in [each.text for row in card.buttons for each in row]
    assert "選了才看得到" not in card.text


async def test_the_card_is_pinned_while_the_round_is_open(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    card = seminar.last
    assert seminar.world.group.pinned == [card.id]
    await seminar.says("陳老師", "/close")
    assert seminar.world.group.pinned == []


async def test_where_the_bot_may_not_pin_the_round_opens_all_the_same(tmp_path: Path) -> None:
    world = World(clock=Clock(MONDAY_MORNING), bot_is_admin=False)
    world.add_person("陳老師", admin=True)
    async with holding(tmp_path, world=world) as seminar:
        await seminar.says("陳老師", OWN)
        seminar.expects("第 1 輪討論")
        assert world.group.pinned == []
        await seminar.says("陳老師", "/close")
        seminar.expects("第 1 輪總結")


async def test_a_reason_alone_goes_with_the_stance_and_joins_the_log(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "/stance 因為作品有人的選擇")
    seminar.expects("1 到 5")
    await seminar.presses("小安", "贊成")
    await seminar.says("小安", "/stance 因為作品有人的選擇")
    assert "贊成" not in seminar.expects("記下了你的理由").text
    (stance,) = seminar.store.stances.of(1)
    assert (stance.step, stance.reason) == (4, "因為作品有人的選擇")
    assert [(said.text, said.kind) for said in seminar.store.remarks.of(1)] == [
        ("因為作品有人的選擇", "reason")
    ]


async def test_replies_to_our_lines_in_the_round_are_remarks_and_not_questions(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.presses("小安", "反對")
    await seminar.presses("陳老師", "🔁 收尾：再表態一次")
    again = seminar.expects("再表態一次")
    await seminar.replies("小安", "我還是覺得沒有", to=again)
    seminar.expects_silence()
    assert [said.text for said in seminar.store.remarks.of(1)] == ["我還是覺得沒有"]


async def test_the_card_tells_the_time_that_is_left_in_place(seminar: Seminar) -> None:
    await choosing(seminar)
    await seminar.presses("陳老師", "20 分")
    await seminar.presses("陳老師", "▶ 開始")
    card = seminar.last
    assert "還有 20 分鐘" in card.text
    await seminar.ticks(seconds=30)
    assert seminar.calls("editMessageText") == []
    await seminar.ticks(minutes=11)
    assert "還有 9 分鐘" in card.text


async def test_two_hundred_presses_in_ten_seconds_cost_few_edits_and_end_right(seminar: Seminar) -> None:
    """At most one edit in 3 s, and under 20 messages a minute, counted at the local Bot API."""
    await seminar.says("陳老師", OWN)
    card = seminar.last
    students = [seminar.world.add_person(f"學生{number}") for number in range(200)]
    sleepers = Sleepers(seminar)
    before = len(seminar.world.calls)
    for number, student in enumerate(students):
        seminar.clock.forward(timedelta(milliseconds=50))
        await sleepers.wake()
        seminar.world.presses(student, card, ["贊成", "反對", "中立"][number % 3])
        await seminar.intake.receive(seminar.world.updates.take())
        await seminar.intake.settle()
    for _ in range(5):
        seminar.clock.forward(timedelta(seconds=3))
        await sleepers.wake()
    calls = seminar.world.calls[before:]
    edits = [call.at for call in calls if call.method == "editmessagetext"]
    assert sum(call.method == "answercallbackquery" for call in calls) == 200
    assert all(later - sooner >= timedelta(seconds=3) for sooner, later in pairwise(edits))
    assert 2 <= len(edits) <= 5
    assert not [call for call in calls if call.method.startswith("send")]
    assert "已表態 200 人" in card.text


class Sleepers:
    """Pauses that end when the rehearsal's clock has gone far enough."""

    def __init__(self, seminar: Seminar) -> None:
        self.seminar = seminar
        self.waiting: list[tuple[datetime, asyncio.Event]] = []
        seminar.house.bot_data.pause = self.pause

    async def pause(self, seconds: float) -> None:
        until, woken = self.seminar.clock() + timedelta(seconds=seconds), asyncio.Event()
        self.waiting.append((until, woken))
        await woken.wait()

    async def wake(self) -> None:
        now = self.seminar.clock()
        due = [woken for until, woken in self.waiting if until <= now]
        self.waiting = [one for one in self.waiting if one[1] not in due]
        late = list(self.seminar.house.bot_data.memory(DrawnCards).waiting.values()) if due else []
        for woken in due:
            woken.set()
        if late:
            await asyncio.gather(*late)


async def test_closing_draws_the_card_once_though_a_drawing_was_waiting(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    card, sleepers = seminar.last, Sleepers(seminar)
    for student in ("小安", "小敏"):  # the first is drawn at once, the second waits
        seminar.world.presses(student, card, "贊成")
        await seminar.intake.receive(seminar.world.updates.take())
        await seminar.intake.settle()
    assert sleepers.waiting
    before = len(seminar.world.calls)
    seminar.world.says("陳老師", "/close")
    await seminar.intake.receive(seminar.world.updates.take())
    await seminar.intake.settle()
    seminar.later(minutes=1)
    await sleepers.wake()
    edits = [call for call in seminar.world.calls[before:] if call.method == "editmessagetext"]
    assert len(edits) == 1
    assert "這一輪結束了，有 2 人表態" in card.text


async def test_a_card_that_we_died_over_is_drawn_after_the_restart_once(tmp_path: Path) -> None:
    world = a_class()
    async with holding(tmp_path, world=world) as seminar:
        await seminar.says("陳老師", "/discuss 題目")
        student = seminar.store.people.meet(world.person("小安").id, "小安")
        assert seminar.store.stances.set(1, student.id, "before", 4, seminar.clock())
    async with holding(tmp_path, world=world) as seminar:
        await seminar.ticks(seconds=10)
        assert "已表態 1 人" in seminar.last_in(world.group).text
        await seminar.ticks(seconds=10)
        assert seminar.calls("editMessageText") == []


async def test_who_has_thrown_us_out_is_not_asked_again_and_again_to_take_the_card(seminar: Seminar) -> None:
    await choosing(seminar)
    await seminar.presses("陳老師", "20 分")
    await seminar.presses("陳老師", "▶ 開始")
    seminar.world.removes_bot("陳老師")
    seminar.later(minutes=6)
    tries = 0
    for _ in range(6):
        await seminar.ticks(seconds=10)
        tries += len(seminar.calls("editMessageText"))
    assert tries == 1
