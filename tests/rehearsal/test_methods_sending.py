"""Sending and editing, asked by PTB's own Bot: what Telegram takes and what it refuses.

`bot` is Any: nearly all that PTB answers may be None, and a test that finds None fails by itself.
"""

from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.rehearsal.fake_telegram.state import Clock
from bot.rehearsal.fake_telegram.world import World

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 8 + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")


def keyboard(data: str = "x", label: str = "甲", url: str | None = None) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data or None, url=url)]])


async def refused(awaitable: Awaitable[object]) -> str:
    """The words of the refusal, as PTB passes them on."""
    with pytest.raises(TelegramError) as caught:
        await awaitable
    return str(caught.value)


async def test_a_message_is_shown_as_telegram_would_show_it(world: World, bot: Any) -> None:
    sent = await bot.send_message(world.group.id, " <b>溫度</b> &lt;3 😀<i>斜</i>\n", parse_mode="HTML")
    assert sent.text == "溫度 <3 😀斜"
    assert sent.text_html == "<b>溫度</b> &lt;3 😀<i>斜</i>"
    assert sent.from_user.username == "WenduBot"
    assert world.posts()[-1].text == sent.text


async def test_entities_may_be_given_instead_of_markup(world: World, bot: Any) -> None:
    sent = await bot.send_message(world.group.id, "溫度", entities=[MessageEntity("bold", 0, 1)])
    assert sent.text_html == "<b>溫</b>度"


async def test_the_longest_text_passes_and_one_character_more_does_not(world: World, bot: Any) -> None:
    assert len((await bot.send_message(world.group.id, "😀" * 4096)).text) == 4096
    assert "Message is too long" in await refused(bot.send_message(world.group.id, "溫" * 4097))


async def test_markup_does_not_count_towards_the_length(world: World, bot: Any) -> None:
    sent = await bot.send_message(world.group.id, "<b>" + "溫" * 4096 + "</b>", parse_mode="HTML")
    assert len(sent.text) == 4096


@pytest.mark.parametrize("text", [" ", "\n", "<b> </b>", "&#32;"])
async def test_an_empty_text_is_refused(world: World, bot: Any, text: str) -> None:
    assert await refused(bot.send_message(world.group.id, text, parse_mode="HTML")) == "Message text is empty"


async def test_bad_markup_is_refused_with_its_place(world: World, bot: Any) -> None:
    words = await refused(bot.send_message(world.group.id, "溫 <b>度</i>", parse_mode="HTML"))
    assert words.startswith("Can't parse entities: unmatched end tag at byte offset 10")
    assert world.posts() == []


async def test_other_markups_than_html_are_not_known(world: World, bot: Any) -> None:
    assert (
        await refused(bot.send_message(world.group.id, "溫", parse_mode="MarkdownV2"))
        == "Unsupported parse_mode"
    )


async def test_a_reply_needs_its_target_unless_it_may_go_without(world: World, bot: Any) -> None:
    post = world.says("小安", "一")
    sent = await bot.send_message(world.group.id, "二", reply_to_message_id=post.id)
    assert sent.reply_to_message.text == "一"
    world.deletes("小安", post)
    reply = bot.send_message(world.group.id, "三", reply_to_message_id=post.id)
    assert await refused(reply) == "Message to be replied not found"
    lenient = ReplyParameters(post.id, allow_sending_without_reply=True)
    assert (await bot.send_message(world.group.id, "三", reply_parameters=lenient)).reply_to_message is None


async def test_a_topic_must_exist_and_the_general_one_has_no_id(world: World, bot: Any) -> None:
    forum = world.add_group("論壇", forum=True)
    world.joins("陳老師", chat=forum)
    topic = world.opens_topic("陳老師", "第一題", chat=forum)
    sent = await bot.send_message(forum.id, "一", message_thread_id=topic.id)
    assert (sent.is_topic_message, sent.message_thread_id) == (True, topic.id)
    for wrong in (1, 99):
        words = await refused(bot.send_message(forum.id, "一", message_thread_id=wrong))
        assert words == "Message thread not found"


async def test_data_of_a_button_has_at_most_64_bytes(world: World, bot: Any) -> None:
    await bot.send_message(world.group.id, "一", reply_markup=keyboard("溫" * 21 + "x"))
    words = await refused(bot.send_message(world.group.id, "一", reply_markup=keyboard("溫" * 22)))
    assert words == "Button_data_invalid"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (
            keyboard(""),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (keyboard("", url="nowhere"), "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
        (
            keyboard("", url="http://localhost/x"),
            "inline keyboard button URL 'http://localhost/x' is invalid",
        ),
        (InlineKeyboardMarkup([list(keyboard().inline_keyboard[0]) * 101]), "reply markup is too long"),
    ],
)
async def test_keyboards_that_telegram_would_not_take_are_refused(
    world: World, bot: Any, markup: InlineKeyboardMarkup, words: str
) -> None:
    refusal = await refused(bot.send_message(world.group.id, "一", reply_markup=markup))
    assert words.lower() in refusal.lower()


async def test_who_never_started_the_bot_cannot_be_written_to(world: World, bot: Any) -> None:
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(world.person("小安").id, "一")
    world.starts_bot("小安")
    assert (await bot.send_message(world.person("小安").id, "一")).chat.type == "private"


async def test_who_blocked_the_bot_cannot_be_written_to(world: World, bot: Any) -> None:
    world.starts_bot("小安")
    world.blocks_bot("小安")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(world.person("小安").id, "一")


async def test_a_stranger_is_no_chat_at_all(bot: Any) -> None:
    assert await refused(bot.send_message(99, "一")) == "Chat not found"
    assert await refused(bot.send_message("", "一")) == "Chat_id is empty"


async def test_a_bot_that_was_thrown_out_cannot_write(world: World, bot: Any) -> None:
    world.removes_bot("陳老師")
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(world.group.id, "一")


async def test_a_group_that_moved_says_where_to(world: World, bot: Any) -> None:
    group = world.add_group("小班", kind="group")
    new = world.migrates(group)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group.id, "一")
    assert caught.value.new_chat_id == new.id


async def test_a_document_comes_back_byte_for_byte(world: World, bot: Any) -> None:
    data = bytes(range(256)) + b"\r\n--boundary\r\n\r\n"
    sent = await bot.send_document(
        world.group.id, data, filename='匯出 "甲"\\乙.zip', caption="<b>檔</b>", parse_mode="HTML"
    )
    assert sent.document.file_name == '匯出 "甲"\\乙.zip'
    assert (sent.caption, sent.caption_html) == ("檔", "<b>檔</b>")
    file = await sent.document.get_file()
    assert bytes(await file.download_as_bytearray()) == data
    again = await bot.send_document(world.group.id, sent.document.file_id)
    assert again.document.file_unique_id == sent.document.file_unique_id


async def test_documents_that_telegram_would_not_take_are_refused(world: World, bot: Any) -> None:
    chat = world.group.id
    assert "file must be non-empty" in (await refused(bot.send_document(chat, b"", filename="x"))).lower()
    assert "Wrong file identifier" in await refused(bot.send_document(chat, "no-such-file"))
    assert "Message caption is too long" in await refused(bot.send_document(chat, b"x", caption="溫" * 1025))


async def test_a_document_above_50_megabytes_is_too_large(world: World, bot: Any) -> None:
    with pytest.raises(TelegramError, match="Request Entity Too Large"):
        await bot.send_document(world.group.id, bytes(50 * 1024 * 1024 + 1), filename="x")


async def test_a_picture_must_be_one(world: World, bot: Any) -> None:
    sent = await bot.send_photo(world.group.id, PNG)
    assert (sent.photo[-1].width, sent.photo[-1].height) == (640, 480)
    assert "image_process_failed" in (await refused(bot.send_photo(world.group.id, b"no picture"))).lower()
    assert "mismatch" in await refused(bot.send_document(world.group.id, sent.photo[-1].file_id))


async def test_an_edit_is_a_new_version_and_drops_the_keyboard(world: World, bot: Any) -> None:
    sent = await bot.send_message(world.group.id, "一", reply_markup=keyboard())
    edited = await sent.edit_text("壹")
    assert (edited.text, edited.reply_markup) == ("壹", None)
    assert [version.text for version in world.posts()[-1].versions] == ["一", "壹"]


async def test_an_edit_that_changes_nothing_is_refused(world: World, bot: Any) -> None:
    sent = await bot.send_message(world.group.id, "<b>一</b>", parse_mode="HTML", reply_markup=keyboard())
    same = sent.edit_text("<b>一</b>", parse_mode="HTML", reply_markup=keyboard())
    assert "Message is not modified: specified new message content" in await refused(same)
    assert "Message is not modified" in await refused(sent.edit_reply_markup(keyboard()))
    await sent.edit_text("一", reply_markup=keyboard())
    await sent.edit_reply_markup(keyboard("y"))
    await sent.edit_reply_markup(None)
    assert world.posts()[-1].keyboard is None


async def test_only_the_bots_own_messages_can_be_edited(world: World, bot: Any) -> None:
    post = world.says("小安", "一")
    chat = world.group.id
    assert await refused(bot.edit_message_text("二", chat, post.id)) == "Message can't be edited"
    assert await refused(bot.edit_message_text("二", chat, 99)) == "Message to edit not found"


async def test_texts_and_captions_are_edited_each_in_its_own_way(world: World, bot: Any) -> None:
    text, document = (
        await bot.send_message(world.group.id, "一"),
        await bot.send_document(world.group.id, b"x"),
    )
    assert (await document.edit_caption("說明")).caption == "說明"
    assert await refused(document.edit_text("二")) == "There is no text in the message to edit"
    assert await refused(text.edit_caption("二")) == "There is no caption in the message to edit"


async def test_an_empty_or_too_long_edit_is_refused_like_a_message(world: World, bot: Any) -> None:
    sent = await bot.send_message(world.group.id, "一")
    assert await refused(sent.edit_text(" ")) == "Message text is empty"
    assert await refused(sent.edit_text("溫" * 4097)) == "Message is too long"


async def test_the_bot_deletes_its_own_for_two_days_and_others_only_as_an_admin(
    world: World, bot: Any
) -> None:
    world.demotes_bot("陳老師")
    mine, old = await bot.send_message(world.group.id, "一"), await bot.send_message(world.group.id, "二")
    assert await mine.delete()
    assert await refused(mine.delete()) == "Message to delete not found"
    post = world.says("小安", "三")
    assert await refused(bot.delete_message(world.group.id, post.id)) == "Message can't be deleted"
    assert isinstance(world.clock, Clock)
    world.clock.forward(timedelta(hours=48))
    assert await refused(old.delete()) == "Message can't be deleted"
    world.promotes_bot("陳老師")
    assert await bot.delete_messages(world.group.id, [old.message_id, post.id, 99])
    assert not [each for each in world.posts() if not each.is_service]


async def test_a_poll_is_anonymous_unless_it_says_otherwise(world: World, bot: Any) -> None:
    assert (await bot.send_poll(world.group.id, "好嗎", ["好", "不好"])).poll.is_anonymous
    sent = await bot.send_poll(world.group.id, "好嗎", ["好", "不好"], is_anonymous=False)
    world.votes("小安", world.posts()[-1], 1)
    closed = await bot.stop_poll(world.group.id, sent.message_id)
    assert (closed.is_closed, closed.options[1].voter_count, closed.total_voter_count) == (True, 1, 1)
    assert await refused(bot.stop_poll(world.group.id, sent.message_id)) == "Poll has already been closed"
    with pytest.raises(PermissionError):
        world.votes("小敏", world.posts()[-1], 0)


@pytest.mark.parametrize(
    ("question", "options", "words"),
    [
        ("", ["好"], "Poll question must be non-empty"),
        ("問" * 301, ["好"], "Poll question length must not exceed 300"),
        ("問", [], "Poll must have at least 1 option"),
        ("問", ["好"] * 13, "Poll can't have more than 12 options"),
        ("問", ["好", " "], "Poll options must be non-empty"),
        ("問", ["好", "長" * 101], "Poll options length must not exceed 100"),
    ],
)
async def test_polls_that_telegram_would_not_take_are_refused(
    world: World, bot: Any, question: str, options: list[str], words: str
) -> None:
    assert await refused(bot.send_poll(world.group.id, question, options)) == words


async def test_only_a_poll_of_the_bot_can_be_stopped(world: World, bot: Any) -> None:
    sent = await bot.send_message(world.group.id, "一")
    assert await refused(bot.stop_poll(world.group.id, sent.message_id)) == "Poll can't be stopped"


async def test_a_message_that_is_not_there_cannot_be_named(world: World, bot: Any) -> None:
    with pytest.raises(BadRequest, match="Message identifier is not specified"):
        await bot.edit_message_text("一", world.group.id)
