import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.rehearsal.posts import Post
from bot.sending.probing import GAP, TRIES
from bot.sending.turn import Turn, taking
from tests.sending.desk import START, Desk, a_world, posting

# PTB says at every 429 that the type of its `retry_after` will change; we do not read that.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after.*:DeprecationWarning")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with posting(tmp_path) as opened:
        yield opened


def rows(desk: Desk) -> list[Any]:
    return desk.store.all("SELECT * FROM outbox")


async def test_at_twice_a_groups_limit_every_message_arrives_in_order_and_none_is_refused(desk: Desk) -> None:
    desk.world.misbehaviour.counting = True
    texts = [f"回答 {number}" for number in range(60)]
    await asyncio.gather(*(desk.bot.send_message(desk.group, text) for text in texts))
    assert desk.said() == texts
    assert desk.answers(429) == 0
    assert desk.time.now() >= 180, "sixty at nineteen a minute"


async def test_a_refusal_for_a_time_holds_up_that_chat_and_no_other(desk: Desk) -> None:
    other = desk.world.add_group("隔壁班").id
    desk.world.misbehaviour.too_many(30, chat_id=desk.group)
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


async def test_an_answer_that_gets_lost_is_found_in_a_supergroup_and_not_sent_again(desk: Desk) -> None:
    post = desk.world.says("小安", "塔可夫斯基是誰？")
    desk.world.misbehaviour.lost_answers = 1
    sent = await desk.bot.send_message(desk.group, "導演", reply_to_message_id=post.id)
    assert desk.said() == ["導演"]
    assert sent.message_id == desk.world.posts(by_bot=True)[0].id
    assert len(desk.calls("sendMessage")) == 1


async def test_the_search_passes_over_what_others_wrote_meanwhile(desk: Desk) -> None:
    first = desk.world.says("小安", "塔可夫斯基是誰？")
    for text in ("我也想知道", "有人知道嗎"):
        desk.world.says("小安", text)
    desk.world.misbehaviour.lost_answers = 1
    sent = await desk.bot.send_message(desk.group, "導演", reply_to_message_id=first.id)
    assert desk.said() == ["導演"]
    assert sent.message_id == first.id + 3
    assert [post.text for post in desk.world.posts()][1:3] == ["我也想知道", "有人知道嗎"]


LATE = 25  # messages of others that Telegram has and we have not been brought, as after an outage


async def test_a_lost_post_is_found_behind_much_that_we_hear_of_only_later(desk: Desk) -> None:
    asked = desk.world.says("小安", "塔可夫斯基是誰？")
    desk.outbox.heard = {desk.group: asked.id}
    for number in range(LATE):
        desk.world.says("小安", f"第 {number} 句")
    desk.world.misbehaviour.lost_answers = 1
    sent = await desk.bot.send_message(desk.group, "導演", reply_to_message_id=asked.id)
    assert (desk.said(), sent.message_id) == (["導演"], asked.id + LATE + 1)


async def test_a_post_that_was_not_looked_for_far_enough_is_not_taken_for_another(tmp_path: Path) -> None:
    """Killed over one post and the answer to the next lost, with updates late: each keeps its own words."""
    world = a_world()
    world.says("小安", "問題")
    async with posting(tmp_path, world) as desk:
        await killed_while_sending(tmp_path, desk, arrived=False, in_turn=True)
    for number in range(LATE):
        world.says("小安", f"第 {number} 句")
    first = world.place(world.group, world.bot, "溫度")  # it did arrive
    async with posting(tmp_path, world) as desk:
        desk.outbox.heard = {desk.group: first.id - 5}
        desk.world.misbehaviour.lost_answers = 1
        await desk.bot.send_message(desk.group, "另一句")  # somebody else is answered first
        assert desk.said() == ["溫度", "另一句"]


async def test_what_others_are_known_to_have_said_is_passed_over_however_much_it_is(desk: Desk) -> None:
    asked = desk.world.says("小安", "塔可夫斯基是誰？")
    desk.outbox.heard = {desk.group: asked.id}
    hears(desk, [desk.world.says("小安", f"第 {number} 句") for number in range(TRIES + 20)])
    desk.world.misbehaviour.lost_answers = 1
    sent = await desk.bot.send_message(desk.group, "導演", reply_to_message_id=asked.id)
    assert (desk.said(), sent.message_id) == (["導演"], asked.id + TRIES + 21)
    assert len(desk.calls("editMessageText")) == 1


async def test_the_search_does_not_end_before_what_is_known_to_be_there(desk: Desk) -> None:
    asked = desk.world.says("小安", "塔可夫斯基是誰？")
    for _ in range(GAP):
        desk.world.deletes("小安", desk.world.says("小安", "說錯了"))
    hears(desk, [desk.world.says("小安", "我也想知道")])
    desk.outbox.heard = {desk.group: asked.id}
    desk.world.misbehaviour.lost_answers = 1
    await desk.bot.send_message(desk.group, "導演", reply_to_message_id=asked.id)
    assert desk.said() == ["導演"]


def hears(desk: Desk, posts: list[Post]) -> None:
    """Let what others wrote be logged in a round."""
    seminar = desk.store.seminar(desk.group, pack="ai-film", language="zh-Hant")
    person = desk.store.person(100, "小安")
    opened = desk.store.open_round(
        seminar.id, prompt_slug="", prompt_text="題", opened_by=person.id, at=START
    )
    for post in posts:
        desk.store.log_remark(
            round_id=opened.id,
            person_id=person.id,
            chat_id=desk.group,
            message_id=post.id,
            at=START,
            text=post.text,
        )


async def test_the_search_never_touches_an_earlier_message_of_ours(desk: Desk) -> None:
    old = desk.world.says("小安", "第一題")
    await desk.bot.send_message(desk.group, "早先的回答", reply_to_message_id=old.id)
    desk.out_for(1)
    await desk.bot.send_message(desk.group, "新的回答", reply_to_message_id=old.id)
    assert desk.said() == ["早先的回答", "新的回答"]


async def test_in_a_private_chat_a_lost_answer_is_sent_again(desk: Desk) -> None:
    student = desk.world.person("小安")
    desk.world.starts_bot(student)
    desk.world.misbehaviour.lost_answers = 1
    await desk.bot.send_message(student.id, "你好")
    assert desk.said(student.id) == ["你好", "你好"]


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
    desk.store.seminar(group.id, pack="ai-film", language="zh-Hant")
    moved = desk.world.migrates(group)
    await desk.bot.send_message(group.id, "搬家了嗎")
    assert desk.said(moved.id) == ["搬家了嗎"]
    assert desk.store.find_seminar(moved.id) is not None


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
    """Done, its row is gone: killed then, a later search would take the message for one that is looked for."""
    sent = await desk.bot.send_message(desk.group, "導演")
    assert desk.store.newest_posted(desk.group) == sent.message_id  # nothing was awaited in between


async def test_what_is_posted_stands_in_the_store_before_it_is_sent(desk: Desk) -> None:
    seen: list[Any] = []
    desk.world.misbehaviour.outage = True

    def look() -> None:
        seen.extend(row["method"] for row in rows(desk))
        desk.world.misbehaviour.clear()

    desk.time.at[1.0] = look
    await desk.bot.send_message(desk.group, "先寫下")
    assert seen == ["sendMessage"]
    await asyncio.sleep(0)
    assert rows(desk) == [], "nothing stays of what was sent"


async def test_a_question_about_something_is_asked_again_but_not_for_ever(desk: Desk) -> None:
    desk.world.misbehaviour.outage = True
    with pytest.raises(NetworkError):
        await desk.bot.get_chat(desk.group)
    assert len(desk.calls("getChat")) == 3
    desk.world.misbehaviour.clear()
    desk.world.misbehaviour.too_many(4, method="getChat")
    assert (await desk.bot.get_chat(desk.group)).id == desk.group
    desk.world.misbehaviour.too_many(4, method="getChat", times=9)
    with pytest.raises(RetryAfter):
        await desk.bot.get_chat(desk.group)


def a_turn(desk: Desk, *, again: bool = False) -> Turn:
    row = desk.store.one("SELECT id FROM journal")
    if row is None:
        desk.store.run(
            "INSERT INTO journal (mark, kind, received_at) VALUES (x'00', 'message', '2026-03-02T01:00:00')"
        )
        return a_turn(desk)
    desk.outbox.heard = {desk.group: newest(desk)}
    return Turn(row["id"], again=again)


def newest(desk: Desk) -> int:
    return max((post.id for post in desk.world.posts()), default=0)


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
        desk.store.done(a_turn(desk).journal_id or 0)
        assert rows(desk) == []


async def killed_while_sending(folder: Path, desk: Desk, *, arrived: bool, in_turn: bool) -> None:
    """Leave the store as it is when the process dies between writing a post down and noting its result."""
    turn = a_turn(desk) if in_turn else None
    parameters = {"chat_id": str(desk.group), "text": "溫度", "parse_mode": "HTML"}
    newest = max((post.id for post in desk.world.posts()), default=0)
    desk.store.intend(
        journal_id=turn.journal_id if turn else None,
        step=f"sendMessage {desk.group} 1",
        chat_id=desk.group,
        method="sendMessage",
        parameters=parameters,
        after_id=newest,
    )
    if arrived:
        desk.world.place(desk.world.group, desk.world.bot, "溫度")
    desk.world.says("小安", "然後呢")
    assert (folder / "wendu.db").exists()


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
        desk.store.intend(
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
