"""The world: what people do, and the updates that Telegram would send for it, each read back by PTB."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import MessageEntityType

from bot.rehearsal.clock import Clock
from bot.rehearsal.files import picture_size
from bot.rehearsal.polls import Ballot
from bot.rehearsal.posts import Post
from bot.rehearsal.world import Change, World

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def delivered(world: World) -> list[Any]:  # Updates: Any, for every test knows which part it wants
    """All that waits, after a round trip through PTB that must lose nothing."""
    updates = []
    for raw in world.updates.take():
        update = Update.de_json(raw, None)
        assert update.to_dict() == without_empty(raw)
        updates.append(update)
    return updates


def without_empty(part: Any) -> Any:
    """PTB writes no empty lists; Telegram, and the rehearsal, do."""
    if isinstance(part, dict):
        return {key: without_empty(value) for key, value in part.items() if value != []}
    return [without_empty(value) for value in part] if isinstance(part, list) else part


def only(world: World) -> Any:
    (update,) = delivered(world)
    return update


def message(world: World) -> Any:
    return only(world).message


def moves(world: World, by: timedelta) -> None:
    assert isinstance(world.clock, Clock)
    world.clock.forward(by)


def bot_says(world: World, text: str, **more: Any) -> Post:
    return world.place(world.group, world.bot, text, **more)


def test_what_somebody_says_reaches_the_bot_with_its_entities(world: World) -> None:
    world.says("小安", "/ask@WenduBot 溫度在哪裡？ @xiaoan #人文 http://a.tw/x。")
    said = message(world)
    assert said.from_user.first_name == "小安"
    assert said.chat.type == "supergroup"
    assert said.date == NINE
    assert [(entity.type, said.parse_entity(entity)) for entity in said.entities] == [
        (MessageEntityType.BOT_COMMAND, "/ask@WenduBot"),
        (MessageEntityType.MENTION, "@xiaoan"),
        (MessageEntityType.HASHTAG, "#人文"),
        (MessageEntityType.URL, "http://a.tw/x"),
    ]


def test_a_mention_glued_to_chinese_words_is_none_as_in_telegram(world: World) -> None:
    world.says("小安", "請問@WenduBot")
    assert message(world).entities == ()


def test_entities_are_counted_in_utf_16_units(world: World) -> None:
    world.says("小安", "😀 @WenduBot")
    assert world.posts()[-1].entities[0].offset == 3


def test_update_ids_rise_and_message_ids_count_within_the_supergroup(world: World) -> None:
    other = world.add_group("別班")
    world.add_person("阿哲", joins=other)
    world.says("小安", "一")
    world.says("阿哲", "二", chat=other)
    world.says("小安", "三")
    updates = delivered(world)
    first = updates[0].update_id
    assert [update.update_id for update in updates] == [first, first + 1, first + 2]
    assert [update.message.message_id for update in updates] == [1, 1, 2]


def test_private_chats_share_one_count_of_messages(world: World) -> None:
    one, two = world.starts_bot("小安"), world.starts_bot("小敏")
    assert (one.id, two.id) == (1, 2)


def test_ids_of_people_and_groups_are_too_big_for_32_bits(world: World) -> None:
    assert world.person("小安").id > 2**32
    assert world.group.id < -(2**31)


def test_a_reply_shows_what_it_replies_to_but_not_what_that_replied_to(world: World) -> None:
    first = world.says("小安", "一")
    second = world.replies("小敏", first, "二")
    world.replies("小安", second, "三")
    third = delivered(world)[-1].message
    assert third.reply_to_message.text == "二"
    assert third.reply_to_message.reply_to_message is None


def test_a_reply_in_a_plain_supergroup_has_a_thread_id_but_is_no_topic_message(world: World) -> None:
    first = world.says("小安", "一")
    second = world.replies("小敏", first, "二")
    world.replies("小安", second, "三")
    replies = [update.message for update in delivered(world)[1:]]
    assert [reply.message_thread_id for reply in replies] == [first.id, first.id]
    assert not any(reply.is_topic_message for reply in replies)


def test_an_edit_keeps_the_id_and_carries_its_date(world: World) -> None:
    post = world.says("小安", "一")
    moves(world, timedelta(minutes=1))
    world.edits("小安", post, "壹")
    edited = delivered(world)[1].edited_message
    assert (edited.message_id, edited.text) == (post.id, "壹")
    assert edited.edit_date - edited.date == timedelta(minutes=1)
    assert [version.text for version in post.versions] == ["一", "壹"]


def test_nobody_edits_the_words_of_others(world: World) -> None:
    post = world.says("小安", "一")
    with pytest.raises(PermissionError):
        world.edits("小敏", post, "壹")


def test_the_bot_never_learns_of_a_deletion(world: World) -> None:
    post = world.says("小安", "一")
    world.updates.take()
    world.deletes("小安", post)
    assert delivered(world) == []
    assert world.posts() == []


def test_only_authors_and_admins_delete(world: World) -> None:
    post = world.says("小安", "一")
    with pytest.raises(PermissionError):
        world.deletes("小敏", post)
    world.deletes("陳老師", post)
    assert world.group.post(post.id) is None


def test_a_press_carries_the_data_and_the_message(world: World) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("同意", callback_data="s:5")]])
    card = bot_says(world, "你怎麼看？", keyboard=keyboard)
    world.presses("小安", card, "同意")
    query = only(world).callback_query
    assert (query.data, query.from_user.first_name, query.message.text) == ("s:5", "小安", "你怎麼看？")


def test_there_is_no_pressing_of_a_button_that_is_not_there(world: World) -> None:
    with pytest.raises(LookupError, match="同意"):
        world.presses("小安", bot_says(world, "你怎麼看？"), "同意")


def test_a_tampered_client_may_send_any_data(world: World) -> None:
    world.presses("小安", bot_says(world, "你怎麼看？"), "close:1", forged=True)
    assert only(world).callback_query.data == "close:1"


def test_a_deep_link_starts_the_private_chat_with_its_payload(world: World) -> None:
    link = InlineKeyboardButton("私訊", url="https://t.me/WenduBot?start=export-7")
    world.presses("小安", bot_says(world, "在這裡拿", keyboard=InlineKeyboardMarkup([[link]])), "私訊")
    started = message(world)
    assert (started.chat.type, started.text) == ("private", "/start export-7")
    assert started.chat.id == world.person("小安").id


def test_an_anonymous_admin_speaks_as_the_group(world: World) -> None:
    world.says("陳老師", "請開始", anonymous=True)
    said = message(world)
    assert said.from_user.username == "GroupAnonymousBot"
    assert said.sender_chat.id == world.group.id


def test_a_student_cannot_speak_as_the_group(world: World) -> None:
    with pytest.raises(PermissionError):
        world.says("小安", "請開始", anonymous=True)


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


def test_nobody_speaks_in_somebody_elses_private_chat(world: World) -> None:
    with pytest.raises(PermissionError):
        world.says("小安", "哈囉", chat=world.private("小敏"))


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


def test_reactions_and_members_are_told_only_to_an_admin_who_asked(world: World) -> None:
    post = world.says("小安", "一")
    world.updates.take()
    world.reacts("小敏", post, "👍")
    world.promotes("陳老師", "小安")
    assert delivered(world) == []
    world.updates.allow(["message", "message_reaction", "chat_member"])
    world.reacts("小敏", post)
    world.demotes("陳老師", "小安")
    reaction, member = delivered(world)
    assert reaction.message_reaction.old_reaction[0].emoji == "👍"
    assert reaction.message_reaction.new_reaction == ()
    assert member.chat_member.new_chat_member.status == "member"
    world.demotes_bot("陳老師")
    world.updates.take()
    world.reacts("小敏", post, "❤")
    assert delivered(world) == []


def test_votes_are_told_by_name_unless_the_poll_is_anonymous(world: World) -> None:
    for anonymous in (False, True):
        ballot = Ballot(f"p{anonymous}", "好嗎", ("好", "不好"), is_anonymous=anonymous)
        world.ballots[ballot.id] = ballot
        post = world.place(world.group, world.bot, extra={"poll": ballot.poll()})
        world.votes("小安", post, 1)
        told = delivered(world)
        assert told[0].poll.options[1].voter_count == 1
        assert len(told) == (1 if anonymous else 2)
    world.votes("小安", post)


def test_a_vote_taken_back_is_told_with_empty_lists(world: World) -> None:
    ballot = world.ballots["p"] = Ballot("p", "好嗎", ("好", "不好"), is_anonymous=False)
    post = world.place(world.group, world.bot, extra={"poll": ballot.poll()})
    world.votes("小安", post, 0)
    world.votes("小安", post)
    answer = delivered(world)[-1].poll_answer
    assert (answer.user.first_name, answer.option_ids, answer.option_persistent_ids) == ("小安", (), ())


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


def test_pictures_and_files_arrive_with_captions(world: World) -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 8 + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")
    world.sends_photo("小安", png, "板書 #一")
    world.sends_document("小敏", "筆記.pdf", b"%PDF")
    photo, document = (update.message for update in delivered(world))
    assert (photo.photo[-1].width, photo.photo[-1].height) == (640, 480)
    assert (photo.text, photo.caption, photo.caption_entities[0].type) == (None, "板書 #一", "hashtag")
    assert (document.document.file_name, document.document.mime_type) == ("筆記.pdf", "application/pdf")
    assert document.caption is None


def test_updates_older_than_a_day_are_gone(world: World) -> None:
    world.says("小安", "昨天")
    moves(world, timedelta(hours=23))
    world.says("小安", "今天")
    moves(world, timedelta(hours=2))
    assert only(world).message.text == "今天"


def test_update_ids_may_start_again_lower(world: World) -> None:
    world.says("小安", "一")
    world.updates.restart_ids(5)
    world.says("小安", "二")
    first, second = delivered(world)
    assert second.update_id == 5 < first.update_id


def test_listeners_are_told_of_changes_until_they_stop(world: World) -> None:
    heard: list[Change] = []
    stop = world.listen(heard.append)
    post = world.says("小安", "一")
    world.edits("小安", post, "壹")
    world.deletes("小安", post)
    stop()
    world.says("小安", "二")
    assert [change.kind for change in heard] == ["message", "edited", "deleted"]
    assert heard[1].data["message"]["rehearsal"]["versions"][0]["text"] == "一"


def test_people_are_found_by_name_and_user_name_and_id(world: World) -> None:
    person = world.person("小安")
    assert world.person("xiaoan") is person
    assert world.person(person.id) is person
    with pytest.raises(LookupError, match="誰"):
        world.person("誰")


def test_each_person_has_a_colour_of_telegrams(world: World) -> None:
    assert len({person.colour for person in world.people.values()}) == 3


def test_who_is_not_in_a_chat_can_press_nothing_there(world: World) -> None:
    card = bot_says(world, "你怎麼看？")
    world.leaves("小安")
    with pytest.raises(PermissionError):
        world.presses("小安", card, "x", forged=True)
    with pytest.raises(PermissionError):
        world.reacts("小安", card, "👍")


def test_nothing_happens_to_a_message_that_was_deleted(world: World) -> None:
    card = bot_says(world, "你怎麼看？")
    world.remove(card)
    with pytest.raises(PermissionError):
        world.presses("小安", card, "x", forged=True)


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


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (b"GIF89a" + (3).to_bytes(2, "little") + (4).to_bytes(2, "little"), (3, 4)),
        (b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\0\x04\0\x03\x03", (3, 4)),
        (b"\xff\xd8\xff\xe0", None),
        (b"PK", None),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_head(data: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(data) == size
