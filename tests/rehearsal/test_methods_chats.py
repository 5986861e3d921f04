"""Chats, updates, buttons, what the bot says of itself, asked by PTB's own Bot (Any: see sending)."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from telegram import BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import BadRequest, Conflict, TelegramError

from bot.rehearsal.fake_telegram.state import ButtonPress, Clock
from bot.rehearsal.fake_telegram.world import World


async def press(world: World) -> ButtonPress:
    card = world.place(world.group, world.bot, "你怎麼看？")
    pressing = world.presses("小安", card, "x", forged=True)
    assert isinstance(pressing, ButtonPress)
    return pressing


async def somebody_polls(world: World) -> None:
    while not world.updates.has_poller:  # noqa: ASYNC110 - turns of the loop, no time
        await asyncio.sleep(0)


async def test_the_bot_learns_who_it_is(world: World, bot: Any) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.can_read_all_group_messages) == (world.bot.id, "WenduBot", True)
    world.privacy_mode = True
    assert not (await bot.get_me()).can_read_all_group_messages


async def test_updates_wait_until_they_are_confirmed(world: World, bot: Any) -> None:
    world.says("小安", "一")
    world.says("小安", "二")
    first, second = await bot.get_updates()
    assert [update.update_id for update in await bot.get_updates(limit=1)] == [first.update_id]
    (kept,) = await bot.get_updates(offset=second.update_id)
    assert kept.message.text == "二"
    assert await bot.get_updates(offset=second.update_id + 1) == ()


async def test_a_negative_offset_keeps_only_the_last(world: World, bot: Any) -> None:
    for text in "一二三":
        world.says("小安", text)
    assert [update.message.text for update in await bot.get_updates(offset=-1)] == ["三"]


async def test_a_long_poll_ends_as_soon_as_something_happens(world: World, bot: Any) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=50))
    await somebody_polls(world)
    world.says("小安", "一")
    (update,) = await asyncio.wait_for(polling, 5)
    assert update.message.text == "一"


async def test_a_second_poller_ends_the_first(world: World, bot: Any) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await somebody_polls(world)
    assert await bot.get_updates(timeout=0) == ()
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await asyncio.wait_for(first, 5)


async def test_kinds_of_updates_are_remembered_once_asked_for(world: World, bot: Any) -> None:
    await bot.get_updates(allowed_updates=["message"])
    await press(world)
    world.says("小安", "一")
    (update,) = await bot.get_updates()
    assert update.message.text == "一"
    await bot.get_updates(offset=update.update_id + 1, allowed_updates=[])
    await press(world)
    assert (await bot.get_updates())[0].callback_query


async def test_there_is_never_a_webhook(world: World, bot: Any) -> None:
    world.says("小安", "一")
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("", 1)
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_a_press_is_answered_once_and_shown_to_who_pressed(world: World, bot: Any) -> None:
    pressing = await press(world)
    assert await bot.answer_callback_query(pressing.id, "收到", show_alert=True)
    assert (pressing.answered, pressing.toast, pressing.alert) == (True, "收到", True)
    with pytest.raises(
        BadRequest, match="Query is too old and response timeout expired or query id is invalid"
    ):
        await bot.answer_callback_query(pressing.id)


async def test_a_press_can_be_answered_for_two_and_a_half_minutes(world: World, bot: Any) -> None:
    pressing = await press(world)
    assert isinstance(world.clock, Clock)
    world.clock.forward(timedelta(seconds=151))
    with pytest.raises(BadRequest, match="too old"):
        await bot.answer_callback_query(pressing.id)


async def test_an_unknown_press_and_a_long_answer_are_refused(world: World, bot: Any) -> None:
    with pytest.raises(BadRequest, match="too old"):
        await bot.answer_callback_query("12")
    pressing = await press(world)
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(pressing.id, "長" * 201)
    assert await bot.answer_callback_query(pressing.id, "長" * 200)


async def test_a_chat_is_described(world: World, bot: Any) -> None:
    sent = await bot.send_message(world.group.id, "一")
    await sent.pin()
    chat = await bot.get_chat(world.group.id)
    assert (chat.title, chat.type, chat.pinned_message.text) == ("人文溫度讀書會", "supergroup", "一")
    world.starts_bot("小安")
    assert (await bot.get_chat(world.person("小安").id)).first_name == "小安"


async def test_admins_and_members_are_told_apart(world: World, bot: Any) -> None:
    admins = await bot.get_chat_administrators(world.group.id)
    assert [(admin.user.first_name, admin.status) for admin in admins] == [
        ("溫度", "administrator"),
        ("陳老師", "creator"),
    ]
    world.leaves("小敏")
    statuses = {}
    for name in ("陳老師", "小安", "小敏"):
        statuses[name] = (await bot.get_chat_member(world.group.id, world.person(name).id)).status
    assert statuses == {"陳老師": "creator", "小安": "member", "小敏": "left"}
    assert await bot.get_chat_member_count(world.group.id) == 3
    with pytest.raises(BadRequest, match="User not found"):
        await bot.get_chat_member(world.group.id, 99)


async def test_a_private_chat_has_no_admins(world: World, bot: Any) -> None:
    world.starts_bot("小安")
    with pytest.raises(BadRequest, match="no administrators in the private chat"):
        await bot.get_chat_administrators(world.person("小安").id)


async def test_pinning_needs_the_right_to_pin(world: World, bot: Any) -> None:
    sent = await bot.send_message(world.group.id, "一")
    assert await sent.pin()
    assert world.posts()[-1].extra["pinned_message"].text == "一"
    assert await sent.unpin()
    with pytest.raises(BadRequest, match="Message to unpin not found"):
        await sent.unpin()
    with pytest.raises(BadRequest, match="Message to pin not found"):
        await bot.pin_chat_message(world.group.id, 99)
    world.promotes_bot("陳老師", can_pin=False)
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages in the chat"):
        await sent.pin()


async def test_all_pins_are_taken_off_at_once(world: World, bot: Any) -> None:
    for text in "一二":
        await (await bot.send_message(world.group.id, text)).pin()
    assert await bot.unpin_all_chat_messages(world.group.id)
    assert world.group.pinned == []


async def test_the_bot_reacts_with_emoji_that_telegram_has(world: World, bot: Any) -> None:
    post = world.says("小安", "一")
    assert await bot.set_message_reaction(world.group.id, post.id, "👍")
    assert post.reactions[world.bot.id] == ("👍",)
    with pytest.raises(BadRequest, match="Reaction_invalid"):
        await bot.set_message_reaction(world.group.id, post.id, "🌡")


async def test_topics_are_opened_in_forums_by_admins(world: World, bot: Any) -> None:
    with pytest.raises(BadRequest, match="The chat is not a forum"):
        await bot.create_forum_topic(world.group.id, "第一題")
    world.becomes_forum()
    topic = await bot.create_forum_topic(world.group.id, "第一題")
    sent = await bot.send_message(world.group.id, "一", message_thread_id=topic.message_thread_id)
    assert sent.is_topic_message
    world.demotes_bot("陳老師")
    with pytest.raises(BadRequest, match="Not enough rights to create a topic"):
        await bot.create_forum_topic(world.group.id, "第二題")


async def test_a_bot_that_left_is_out(world: World, bot: Any) -> None:
    assert await bot.leave_chat(world.group.id)
    with pytest.raises(TelegramError, match="bot is not a member of the supergroup chat"):
        await bot.send_message(world.group.id, "一")


async def test_being_busy_is_shown_in_words_that_telegram_knows(world: World, bot: Any) -> None:
    assert await bot.send_chat_action(world.group.id, "typing")
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        await bot.send_chat_action(world.group.id, "thinking")


async def test_commands_are_kept_by_scope_and_language(bot: Any) -> None:
    await bot.set_my_commands([BotCommand("ask", "提問")])
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("help", "Help")], scope=private, language_code="en")
    assert [command.description for command in await bot.get_my_commands()] == ["提問"]
    assert [command.command for command in await bot.get_my_commands(private, "en")] == ["help"]
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([("Ask", "提問")], "bot_command_invalid"),
        ([("ask", "長" * 257)], "bot_command_description_invalid"),
        ([("ask", "提問")] * 101, "bot_commands_too_much"),
    ],
)
async def test_commands_that_telegram_would_not_take_are_refused(bot: Any, commands: Any, words: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await bot.set_my_commands(commands)


async def test_the_bots_description_is_kept_by_language(bot: Any) -> None:
    await bot.set_my_description("讀書會", language_code="zh")
    assert (await bot.get_my_description("zh")).description == "讀書會"
    assert (await bot.get_my_description()).description == ""


async def test_a_file_that_is_not_there_cannot_be_fetched(bot: Any) -> None:
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("x")
