"""Topics and threads of replies: what belongs to which, and who may write where."""

from typing import Any

import pytest
from telegram.error import BadRequest

from bot.rehearsal.fake_telegram.chats import Topic
from bot.rehearsal.fake_telegram.world import World
from tests.rehearsal.delivered import delivered


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
