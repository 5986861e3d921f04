"""Who belongs to a chat: coming, going, steering, privacy mode, moves to a supergroup."""

from typing import Any

import pytest
from telegram.error import BadRequest

from bot.rehearsal.fake_telegram.chats import Topic
from bot.rehearsal.fake_telegram.world import World
from tests.rehearsal.delivered import bot_says, delivered, message, only


def test_who_left_cannot_speak_and_who_joins_can(world: World) -> None:
    world.leaves("小安")
    with pytest.raises(PermissionError):
        world.says("小安", "一")
    world.joins("小安")
    world.says("小安", "二")
    left, joined, said = (update.message for update in delivered(world))
    assert left.left_chat_member.first_name == "小安"
    assert joined.new_chat_members[0].first_name == "小安"
    assert said.text == "二"


def test_with_privacy_mode_the_bot_hears_only_what_is_meant_for_it() -> None:
    world = World(privacy_mode=True, bot_is_admin=False)
    world.add_person("小安")
    card = bot_says(world, "你怎麼看？")
    for text in ("閒聊", "/ask 一", "/ask@OtherBot 二", "嗨 @WenduBot", "嗨 @xiaoan"):
        world.says("小安", text)
    world.replies("小安", card, "我同意")
    texts = [update.message.text for update in delivered(world)]
    assert texts == ["/ask 一", "嗨 @WenduBot", "我同意"]


def test_privacy_mode_turned_off_takes_hold_once_the_bot_is_added_again() -> None:
    world = World(privacy_mode=True, bot_is_admin=False)
    world.add_person("陳老師", admin=True)
    world.privacy_mode = False
    world.says("陳老師", "聽見嗎")
    assert delivered(world) == []
    world.removes_bot("陳老師")
    world.adds_bot("陳老師")
    world.updates.take()
    world.says("陳老師", "聽見嗎")
    assert only(world).message.text == "聽見嗎"


def test_an_admin_bot_hears_everything_whatever_privacy_mode_says() -> None:
    world = World(privacy_mode=True)
    world.add_person("小安")
    world.says("小安", "閒聊")
    assert only(world).message.text == "閒聊"


def test_promoting_the_bot_is_told_to_it(world: World) -> None:
    world.demotes_bot("陳老師")
    world.promotes_bot("陳老師")
    first, second = (update.my_chat_member for update in delivered(world))
    assert (first.old_chat_member.status, first.new_chat_member.status) == ("administrator", "member")
    assert second.new_chat_member.can_pin_messages


def test_blocking_the_bot_is_told_to_it(world: World) -> None:
    world.starts_bot("小安")
    world.updates.take()
    world.blocks_bot("小安")
    assert only(world).my_chat_member.new_chat_member.status == "kicked"


def test_a_linked_channel_posts_as_an_automatic_forward(world: World) -> None:
    world.posts_from_channel("本週的題目")
    said = message(world)
    assert said.is_automatic_forward
    assert said.sender_chat.type == "channel"
    assert said.from_user.id == 777000


def test_a_group_that_becomes_a_supergroup_gets_a_new_id() -> None:
    world = World()
    world.add_person("陳老師", admin=True)
    group = world.add_group("小班", kind="group")
    new = world.migrates(group, by="陳老師")
    old_note, new_note = (update.message for update in delivered(world))
    assert (old_note.chat.id, old_note.migrate_to_chat_id) == (group.id, new.id)
    assert (new_note.chat.id, new_note.migrate_from_chat_id) == (new.id, group.id)


def test_who_is_not_in_a_chat_can_press_nothing_there(world: World) -> None:
    card = bot_says(world, "你怎麼看？")
    world.leaves("小安")
    with pytest.raises(PermissionError):
        world.presses("小安", card, "x", forged=True)
    with pytest.raises(PermissionError):
        world.reacts("小安", card, "👍")


def test_a_group_is_founded_without_the_bot_which_learns_of_it_once_it_is_added(world: World) -> None:
    forum = world.founds("小安", "新班", forum=True, members=["小敏"])
    assert {user: member.status for user, member in forum.members.items()} == {
        world.person("小安").id: "creator",
        world.person("小敏").id: "member",
    }
    world.says("小敏", "有人嗎", chat=forum)
    assert delivered(world) == []
    world.adds_bot("小安", chat=forum, admin=True)
    added, note = delivered(world)
    assert added.my_chat_member.new_chat_member.status == "administrator"
    assert added.my_chat_member.chat.is_forum
    assert note.message.new_chat_members[0].id == world.bot.id


def test_an_admin_brings_people_in_and_throws_them_out(world: World) -> None:
    world.removes("陳老師", "小安")
    with pytest.raises(PermissionError):
        world.says("小安", "一")
    world.adds("陳老師", "小安")
    world.says("小安", "二")
    out, back, said = (update.message for update in delivered(world))
    assert (out.from_user.first_name, out.left_chat_member.first_name) == ("陳老師", "小安")
    assert (back.from_user.first_name, back.new_chat_members[0].first_name) == ("陳老師", "小安")
    assert said.text == "二"


def test_an_admin_who_hides_shows_as_the_group_in_all_but_pressing(world: World) -> None:
    card = bot_says(world, "你怎麼看？")
    world.hides("陳老師")
    world.becomes_forum()
    world.says("陳老師", "請開始")
    topic = world.opens_topic("陳老師", "第一題")
    world.presses("陳老師", card, "s:5", forged=True)
    said, opened, pressed = delivered(world)
    for each in (said.message, opened.message):
        assert (each.from_user.id, each.sender_chat.id) == (1087968824, world.group.id)
    assert (opened.message.message_thread_id, topic.by) == (topic.id, world.person("陳老師").id)
    assert pressed.callback_query.from_user.first_name == "陳老師"
    world.hides("陳老師", anonymous=False)
    world.says("陳老師", "是我")
    assert delivered(world)[-1].message.from_user.first_name == "陳老師"


def test_who_is_no_admin_any_more_hides_no_longer(world: World) -> None:
    world.promotes("陳老師", "小安", anonymous=True)
    world.demotes("陳老師", "小安")
    world.says("小安", "一")
    assert only(world).message.from_user.first_name == "小安"


def test_a_bot_that_is_thrown_out_leaves_a_note_that_it_does_not_hear(world: World) -> None:
    world.removes_bot("陳老師")
    assert only(world).my_chat_member.new_chat_member.status == "kicked"
    assert world.posts()[-1].extra["left_chat_member"] == world.bot


def test_a_reply_in_a_plain_supergroup_has_a_thread_id_but_is_no_topic_message(world: World) -> None:
    first = world.says("小安", "一")
    second = world.replies("小敏", first, "二")
    world.replies("小安", second, "三")
    replies = [update.message for update in delivered(world)[1:]]
    assert [reply.message_thread_id for reply in replies] == [first.id, first.id]
    assert not any(reply.is_topic_message for reply in replies)


def test_a_message_in_a_topic_replies_to_the_note_that_opened_it() -> None:
    world = World()
    world.add_person("陳老師", admin=True)
    forum = world.add_group("論壇", forum=True)
    world.joins("陳老師", chat=forum)
    topic = world.opens_topic("陳老師", "第一題", chat=forum)
    world.says("陳老師", "開始", chat=forum, thread=topic.id)
    world.says("陳老師", "總區", chat=forum)
    _, created, inside, general = (update.message for update in delivered(world))
    assert created.forum_topic_created.name == "第一題"
    assert (inside.is_topic_message, inside.message_thread_id) == (True, topic.id)
    assert inside.reply_to_message.message_id == created.message_id
    assert (general.is_topic_message, general.message_thread_id) == (None, None)


def test_a_reply_within_a_topic_stays_in_it(world: World) -> None:
    world.becomes_forum()
    topic = world.opens_topic("陳老師", "第一題")
    first = world.says("小安", "一", thread=topic.id)
    second = world.replies("小敏", first, "二")
    assert (second.thread_id, second.in_topic, second.reply_to) == (topic.id, True, first)
    world.closes_topic("陳老師", topic)
    assert delivered(world)[-1].message.forum_topic_closed is not None
    assert topic.closed


def test_a_plain_group_has_no_topics(world: World) -> None:
    with pytest.raises(PermissionError):
        world.opens_topic("陳老師", "第一題")


def test_a_reply_in_the_general_topic_has_a_thread_id_but_is_no_topic_message(world: World) -> None:
    world.becomes_forum()
    first = world.says("小安", "一")
    world.replies("小敏", first, "二")
    reply = delivered(world)[-1].message
    assert (reply.message_thread_id, reply.is_topic_message) == (first.id, None)


@pytest.fixture
def topic(world: World) -> Topic:
    world.becomes_forum()
    return world.opens_topic("陳老師", "第一題")


async def test_the_bot_reaches_the_general_topic_without_a_thread_id_only(
    world: World, bot: Any, topic: Topic
) -> None:
    first = world.says("小安", "一")
    reply = world.replies("小敏", first, "二")
    assert not (await bot.send_message(world.group.id, "三")).is_topic_message
    for thread in (1, reply.thread_id):
        with pytest.raises(BadRequest, match="thread not found"):
            await bot.send_message(world.group.id, "三", message_thread_id=thread)
    answer = await bot.send_message(world.group.id, "三", reply_to_message_id=reply.id)
    assert (answer.message_thread_id, answer.is_topic_message) == (first.id, None)
    inside = await bot.send_message(world.group.id, "三", message_thread_id=topic.id)
    assert (inside.message_thread_id, inside.is_topic_message) == (topic.id, True)


async def test_being_busy_is_shown_in_the_general_topic_by_its_id(
    world: World, bot: Any, topic: Topic
) -> None:
    for thread in (1, topic.id):
        assert await bot.send_chat_action(world.group.id, "typing", message_thread_id=thread)
    with pytest.raises(BadRequest, match="thread not found"):
        await bot.send_chat_action(world.group.id, "typing", message_thread_id=77)


async def test_into_a_closed_topic_only_those_write_who_manage_topics(
    world: World, bot: Any, topic: Topic
) -> None:
    world.closes_topic("陳老師", topic)
    with pytest.raises(PermissionError):
        world.says("小安", "一", thread=topic.id)
    world.says("陳老師", "一", thread=topic.id)
    await bot.send_message(world.group.id, "一", message_thread_id=topic.id)
    world.promotes_bot("陳老師", can_manage_topics=False)
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(world.group.id, "一", message_thread_id=topic.id)
    world.closes_topic("陳老師", topic, closed=False)
    assert world.posts()[-1].extra["forum_topic_reopened"]
    world.says("小安", "二", thread=topic.id)


async def test_a_deleted_topic_takes_its_messages_along_and_the_bot_is_not_told(
    world: World, bot: Any, topic: Topic
) -> None:
    world.says("小安", "一", thread=topic.id)
    kept = world.says("小安", "二")
    world.updates.take()
    world.deletes_topic(topic)
    assert delivered(world) == []
    assert world.posts() == [kept]
    with pytest.raises(BadRequest, match="thread not found"):
        await bot.send_message(world.group.id, "三", message_thread_id=topic.id)


async def test_a_pin_in_a_topic_leaves_its_note_there(world: World, bot: Any, topic: Topic) -> None:
    sent = await bot.send_message(world.group.id, "一", message_thread_id=topic.id)
    await sent.pin()
    assert (world.posts()[-1].thread_id, world.posts()[-1].in_topic) == (topic.id, True)
