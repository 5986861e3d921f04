import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.sending.turn import taking
from tests.sending.desk import Desk, a_turn, a_world, killed_while_sending, posting

# PTB says at every 429 that the type of its `retry_after` will change; we do not read that.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after.*:DeprecationWarning")


def rows(desk: Desk) -> list[Any]:
    return desk.store.all("SELECT * FROM outbox")


async def test_at_twice_a_groups_limit_every_message_arrives_in_order_and_none_is_refused(desk: Desk) -> None:
    desk.world.faults.counting = True
    texts = [f"回答 {number}" for number in range(60)]
    await asyncio.gather(*(desk.bot.send_message(desk.group, text) for text in texts))
    assert desk.said() == texts
    assert desk.answers(429) == 0
    assert desk.time.now() >= 180, "sixty at nineteen a minute"


async def test_a_refusal_for_a_time_holds_up_that_chat_and_no_other(desk: Desk) -> None:
    other = desk.world.add_group("隔壁班").id
    desk.world.faults.too_many(30, chat_id=desk.group)
    order: list[str] = []

    async def send(chat: int, text: str) -> None:
        await desk.bot.send_message(chat, text)
        order.append(text)

    await asyncio.gather(send(desk.group, "慢"), send(other, "快"))
    assert order == ["快", "慢"]
    assert desk.said() == ["慢"]
    assert desk.time.waits == [30]


async def test_a_broken_gateway_is_tried_again_until_it_works(desk: Desk) -> None:
    desk.out_for(3600)
    await desk.bot.send_message(desk.group, "摘要")
    assert desk.said() == ["摘要"]
    assert max(desk.time.waits) == 30


async def test_who_has_blocked_us_is_given_up_with_a_line_in_the_log(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    student = desk.world.person("小安")
    desk.world.starts_bot(student)
    desk.world.blocks_bot(student)
    with pytest.raises(Forbidden):
        await desk.bot.send_message(student.id, "你好")
    assert "不讓我們說話" in caplog.text
    await asyncio.sleep(0)
    assert rows(desk) == []


async def test_what_telegram_refuses_for_good_is_not_tried_again(desk: Desk) -> None:
    with pytest.raises(BadRequest):
        await desk.bot.send_message(desk.group, "字" * 4097)
    assert len(desk.calls("sendMessage")) == 1
    await asyncio.sleep(0)
    assert rows(desk) == []


async def test_a_group_that_moves_is_followed(desk: Desk) -> None:
    group = desk.world.add_group("小組", kind="group")
    desk.store.seminars.bind(group.id, pack="ai-film", language="zh-Hant")
    moved = desk.world.migrates(group)
    await desk.bot.send_message(group.id, "搬家了嗎")
    assert desk.said(moved.id) == ["搬家了嗎"]
    assert desk.store.seminars.find(moved.id) is not None


async def test_an_edit_does_not_follow_a_group_that_moves_where_numbers_begin_anew(desk: Desk) -> None:
    group = desk.world.add_group("小組", kind="group")
    await desk.bot.send_message(group.id, "早")
    card = await desk.bot.send_message(group.id, "題目卡")
    moved = desk.world.migrates(group)
    while (other := await desk.bot.send_message(moved.id, "別的")).message_id < card.message_id:
        pass
    assert other.message_id == card.message_id
    with pytest.raises(BadRequest, match="to edit not found"):
        await desk.bot.edit_message_text("題目卡：1 人", group.id, card.message_id)
    assert "題目卡：1 人" not in desk.said(moved.id)


async def test_a_reply_into_a_group_that_moves_points_to_no_strangers_message(desk: Desk) -> None:
    group = desk.world.add_group("小組", kind="group")
    student = desk.world.add_person("阿哲", joins=group)
    asked = desk.world.says(student, "塔可夫斯基是誰？", chat=group)
    moved = desk.world.migrates(group)
    while desk.world.says(student, "別的事", chat=moved).id < asked.id:
        pass
    await desk.bot.send_message(group.id, "導演", reply_to_message_id=asked.id)
    (answer,) = desk.world.posts(moved, by_bot=True)
    assert (answer.text, answer.reply_to) == ("導演", None)


async def test_edits_of_one_card_that_wait_become_one(desk: Desk) -> None:
    card = await desk.bot.send_message(desk.group, "0 人")
    for number in range(18):
        await desk.bot.send_message(desk.group, f"回答 {number}")
    edits = (desk.bot.edit_message_text(f"{n} 人", desk.group, card.message_id) for n in range(1, 30))
    results = await asyncio.gather(*edits)
    assert [call["text"] for call in desk.calls("editMessageText")] == ["29 人"]
    assert {result.text for result in results if not isinstance(result, bool)} == {"29 人"}


async def test_new_buttons_do_not_cost_a_card_the_text_that_waits(desk: Desk) -> None:
    card = await desk.bot.send_message(desk.group, "0 人")
    for number in range(18):
        await desk.bot.send_message(desk.group, f"回答 {number}")
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("新", callback_data="x")]])
    await asyncio.gather(
        desk.bot.edit_message_text("1 人", desk.group, card.message_id),
        desk.bot.edit_message_reply_markup(desk.group, card.message_id, reply_markup=buttons),
    )
    (post,) = [each for each in desk.world.posts(by_bot=True) if each.id == card.message_id]
    assert (post.text, post.keyboard) == ("1 人", buttons)


async def test_an_edit_that_fails_fails_for_all_that_were_merged_into_it(desk: Desk) -> None:
    edits = [desk.bot.edit_message_text(text, desk.group, 999) for text in ("一", "二", "三")]
    results = await asyncio.gather(*edits, return_exceptions=True)
    assert [type(result) for result in results] == [BadRequest] * 3


async def test_how_far_our_messages_go_is_known_before_their_update_is_done(desk: Desk) -> None:
    """Done, its row is gone: killed then, a later search would take the message for another."""
    sent = await desk.bot.send_message(desk.group, "導演")
    assert desk.store.outbox.newest_posted(desk.group) == sent.message_id  # nothing was awaited in between


async def test_what_is_posted_stands_in_the_store_before_it_is_sent(desk: Desk) -> None:
    seen: list[Any] = []
    desk.world.faults.outage = True

    def look() -> None:
        seen.extend(row["method"] for row in rows(desk))
        desk.world.faults.clear()

    desk.time.at[1.0] = look
    await desk.bot.send_message(desk.group, "先寫下")
    assert seen == ["sendMessage"]
    await asyncio.sleep(0)
    assert rows(desk) == [], "nothing stays of what was sent"


async def test_a_question_about_something_is_asked_again_but_not_for_ever(desk: Desk) -> None:
    desk.world.faults.outage = True
    with pytest.raises(NetworkError):
        await desk.bot.get_chat(desk.group)
    assert len(desk.calls("getChat")) == 3
    desk.world.faults.clear()
    desk.world.faults.too_many(4, method="getChat")
    assert (await desk.bot.get_chat(desk.group)).id == desk.group
    desk.world.faults.too_many(4, method="getChat", times=9)
    with pytest.raises(RetryAfter):
        await desk.bot.get_chat(desk.group)


async def test_handled_again_after_a_crash_nothing_is_posted_twice(tmp_path: Path) -> None:
    world = a_world()
    world.says("小安", "問題")
    async with posting(tmp_path, world) as desk:
        with taking(a_turn(desk)):
            first = await desk.bot.send_message(desk.group, "一")
            await desk.bot.send_message(desk.group, "二")
    async with posting(tmp_path, world) as desk, asyncio.timeout(5):
        with taking(a_turn(desk, again=True)):
            again = await desk.bot.send_message(desk.group, "一")
            await desk.bot.send_message(desk.group, "二")
            await desk.bot.send_message(desk.group, "三")
        assert again.message_id == first.message_id
        assert desk.said() == ["一", "二", "三"]
        desk.store.journal.done(a_turn(desk).journal_id or 0)
        assert rows(desk) == []


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_post_of_unknown_fate_stands_there_once_after_the_restart(
    tmp_path: Path, *, arrived: bool
) -> None:
    world = a_world()
    world.says("小安", "問題")
    async with posting(tmp_path, world) as desk:
        await killed_while_sending(tmp_path, desk, arrived=arrived, in_turn=True)
    async with posting(tmp_path, world) as desk:
        await desk.bot.send_message(desk.group, "另一句")  # somebody else speaks there first
        with taking(a_turn(desk, again=True)):
            await desk.bot.send_message(desk.group, "溫度", parse_mode="HTML")
        assert sorted(desk.said()) == ["另一句", "溫度"]


@pytest.mark.parametrize("arrived", [True, False])
async def test_what_a_timer_was_about_to_say_is_said_once_after_the_restart(
    tmp_path: Path, *, arrived: bool
) -> None:
    world = a_world()
    world.says("小安", "問題")
    async with posting(tmp_path, world) as desk:
        await killed_while_sending(tmp_path, desk, arrived=arrived, in_turn=False)
    async with posting(tmp_path, world) as desk:
        assert await desk.post_left() == 1
        assert desk.said() == ["溫度"]
        assert rows(desk) == []


async def test_a_task_that_outlives_its_turn_speaks_for_itself(desk: Desk) -> None:
    gate = asyncio.Event()

    async def late() -> None:
        await gate.wait()
        await desk.bot.send_message(desk.group, "晚到")

    with taking(a_turn(desk)):
        task = asyncio.create_task(late())
    gate.set()
    await task
    await asyncio.sleep(0)
    assert rows(desk) == []


async def test_nothing_is_sent_that_cannot_be_written_down(desk: Desk) -> None:
    desk.store.run("PRAGMA query_only = ON")  # as a full disk would
    with pytest.raises(sqlite3.OperationalError):
        await desk.bot.send_message(desk.group, "不該出現")
    assert desk.said() == []
    desk.store.run("PRAGMA query_only = OFF")


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_post_of_unknown_fate_is_found_in_a_private_chat_too(
    tmp_path: Path, *, arrived: bool
) -> None:
    """Private chats are numbered together: others' messages lie between, and are not there to us."""
    world = a_world()
    room = world.private("小安")
    asked = world.says("小安", "問題", chat=room).id
    parameters = {"chat_id": str(room.id), "text": "溫度", "parse_mode": "HTML"}
    step = f"sendMessage {room.id} 1"
    async with posting(tmp_path, world) as desk:
        number = a_turn(desk).journal_id
        desk.store.outbox.intend(
            journal_id=number,
            step=step,
            chat_id=room.id,
            method="sendMessage",
            parameters=parameters,
            after_id=asked,
        )
        room.last_id = asked + 10  # what others wrote in theirs
        if arrived:
            desk.world.place(room, desk.world.bot, "溫度")
    async with posting(tmp_path, world) as desk:
        with taking(a_turn(desk, again=True)):
            await desk.bot.send_message(room.id, "溫度", parse_mode="HTML")
        assert desk.said(room.id) == ["溫度"]
