from pathlib import Path

from bot.rehearsal.fake_telegram.chats import Post
from bot.sending.delivery_check import GAP, TRIES
from db.discussion.remarks import NewRemark
from tests.sending.desk import START, Desk, a_world, killed_while_sending, posting


async def test_an_answer_that_gets_lost_is_found_in_a_supergroup_and_not_sent_again(desk: Desk) -> None:
    post = desk.world.says("小安", "塔可夫斯基是誰？")
    desk.world.faults.lost_answers = 1
    sent = await desk.bot.send_message(desk.group, "導演", reply_to_message_id=post.id)
    assert desk.said() == ["導演"]
    assert sent.message_id == desk.world.posts(by_bot=True)[0].id
    assert len(desk.calls("sendMessage")) == 1


async def test_the_search_passes_over_what_others_wrote_meanwhile(desk: Desk) -> None:
    first = desk.world.says("小安", "塔可夫斯基是誰？")
    for text in ("我也想知道", "有人知道嗎"):
        desk.world.says("小安", text)
    desk.world.faults.lost_answers = 1
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
    desk.world.faults.lost_answers = 1
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
        desk.world.faults.lost_answers = 1
        await desk.bot.send_message(desk.group, "另一句")  # somebody else is answered first
        assert desk.said() == ["溫度", "另一句"]


async def test_what_others_are_known_to_have_said_is_passed_over_however_much_it_is(desk: Desk) -> None:
    asked = desk.world.says("小安", "塔可夫斯基是誰？")
    desk.outbox.heard = {desk.group: asked.id}
    hears(desk, [desk.world.says("小安", f"第 {number} 句") for number in range(TRIES + 20)])
    desk.world.faults.lost_answers = 1
    sent = await desk.bot.send_message(desk.group, "導演", reply_to_message_id=asked.id)
    assert (desk.said(), sent.message_id) == (["導演"], asked.id + TRIES + 21)
    assert len(desk.calls("editMessageText")) == 1


async def test_the_search_does_not_end_before_what_is_known_to_be_there(desk: Desk) -> None:
    asked = desk.world.says("小安", "塔可夫斯基是誰？")
    for _ in range(GAP):
        desk.world.deletes("小安", desk.world.says("小安", "說錯了"))
    hears(desk, [desk.world.says("小安", "我也想知道")])
    desk.outbox.heard = {desk.group: asked.id}
    desk.world.faults.lost_answers = 1
    await desk.bot.send_message(desk.group, "導演", reply_to_message_id=asked.id)
    assert desk.said() == ["導演"]


def hears(desk: Desk, posts: list[Post]) -> None:
    """Let what others wrote be logged in a round."""
    seminar = desk.store.seminars.bind(desk.group, pack="ai-film", language="zh-Hant")
    person = desk.store.people.meet(100, "小安")
    opened = desk.store.rounds.open(
        seminar.id, prompt_slug="", prompt_text="題", opened_by=person.id, at=START
    )
    for post in posts:
        desk.store.remarks.log(
            NewRemark(
                round_id=opened.id,
                person_id=person.id,
                chat_id=desk.group,
                message_id=post.id,
                sent_at=START,
                text=post.text,
            )
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
    desk.world.faults.lost_answers = 1
    await desk.bot.send_message(student.id, "你好")
    assert desk.said(student.id) == ["你好", "你好"]
