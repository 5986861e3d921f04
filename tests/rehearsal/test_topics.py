"""Topics and threads of replies: what belongs to which, and who may write where."""

import pytest

from bot.rehearsal.world import World
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
