"""What people say and press, and the updates that Telegram would send for it, each read back by PTB."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.constants import MessageEntityType

from bot.rehearsal.bot_api.parameters import Parameters
from bot.rehearsal.bot_api.server import carry_out
from bot.rehearsal.fake_telegram.attachments import Ballot
from bot.rehearsal.fake_telegram.world import World
from tests.rehearsal.delivered import bot_says, delivered, message, moves, only

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


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


def test_a_reply_shows_what_it_replies_to_but_not_what_that_replied_to(world: World) -> None:
    first = world.says("小安", "一")
    second = world.replies("小敏", first, "二")
    world.replies("小安", second, "三")
    third = delivered(world)[-1].message
    assert third.reply_to_message.text == "二"
    assert third.reply_to_message.reply_to_message is None


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


def test_nobody_speaks_in_somebody_elses_private_chat(world: World) -> None:
    with pytest.raises(PermissionError):
        world.says("小安", "哈囉", chat=world.private("小敏"))


def test_pictures_and_files_arrive_with_captions(world: World) -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 8 + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")
    world.sends_photo("小安", png, "板書 #一")
    world.sends_document("小敏", "筆記.pdf", b"%PDF")
    photo, document = (update.message for update in delivered(world))
    assert (photo.photo[-1].width, photo.photo[-1].height) == (640, 480)
    assert (photo.text, photo.caption, photo.caption_entities[0].type) == (None, "板書 #一", "hashtag")
    assert (document.document.file_name, document.document.mime_type) == ("筆記.pdf", "application/pdf")
    assert document.caption is None


def test_nothing_happens_to_a_message_that_was_deleted(world: World) -> None:
    card = bot_says(world, "你怎麼看？")
    world.remove(card)
    with pytest.raises(PermissionError):
        world.presses("小安", card, "x", forged=True)


def test_a_forwarded_message_says_where_it_is_from_and_keeps_its_marks_but_no_buttons(world: World) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("同意", callback_data="s:5")]])
    bold = (MessageEntity("bold", 0, 2),)
    card = bot_says(world, "你怎麼看？", entities=bold, keyboard=keyboard)
    post = world.forwards("小安", card, chat=world.private("小安"))
    said = message(world)
    assert (said.text, said.entities, said.reply_markup) == ("你怎麼看？", bold, None)
    assert (said.from_user.first_name, said.forward_origin.sender_user.id) == ("小安", world.bot.id)
    again = world.forwards("小安", post)
    assert again.extra["forward_origin"].sender_user.id == world.bot.id


def test_forwarding_does_not_give_an_anonymous_admin_away(world: World) -> None:
    world.hides("陳老師")
    post = world.says("陳老師", "請開始")
    world.updates.take()
    world.forwards("小安", post)
    assert message(world).forward_origin.sender_chat.id == world.group.id


def test_admins_pin_and_others_do_not(world: World) -> None:
    post = world.says("小安", "一")
    world.updates.take()
    with pytest.raises(PermissionError):
        world.pins("小安", post)
    world.pins("陳老師", post)
    assert message(world).pinned_message.text == "一"
    world.pins("陳老師", post, pinned=False)
    assert world.group.pinned == []


def test_a_reply_to_what_was_deleted_shows_nothing_of_it(world: World) -> None:
    first = world.says("小安", "一")
    second = world.replies("小敏", first, "二")
    world.deletes("小安", first)
    assert second.message().reply_to_message is None
    assert second.as_dict()["rehearsal"]["reply_to"] == first.id


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


def test_an_admin_who_hides_reacts_and_votes_as_the_group(world: World) -> None:
    ballot = world.ballots["p"] = Ballot("p", "好嗎", ("好", "不好"), is_anonymous=False)
    post = world.place(world.group, world.bot, extra={"poll": ballot.poll()})
    world.updates.allow(["message_reaction", "poll_answer"])
    world.hides("陳老師")
    world.reacts("陳老師", post, "👍")
    world.votes("陳老師", post, 0)
    reaction, answer = delivered(world)
    assert reaction.message_reaction.user is None
    assert reaction.message_reaction.actor_chat.id == world.group.id
    assert answer.poll_answer.voter_chat.id == world.group.id


def test_there_are_only_the_reactions_that_telegram_has(world: World) -> None:
    post = world.says("小安", "一")
    with pytest.raises(ValueError, match="🌡"):
        world.reacts("小敏", post, "🌡")
    assert post.reactions == {}


def article(number: str = "1", **more: Any) -> dict[str, Any]:
    content = {"message_text": "<b>字</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": number, "title": "題", "input_message_content": content, **more}


async def answers(world: World, results: Any, **more: Any) -> dict[str, Any]:
    typing = world.types_inline(world.add_person("小安"), "字")
    given = {"inline_query_id": typing.id, "results": results, **more}
    return await carry_out(world, "answerinlinequery", Parameters(given))


async def test_an_answer_is_shown_with_what_would_be_posted() -> None:
    world = World()
    assert (await answers(world, [article()], is_personal=True))["ok"]
    (typing,) = world.typed_queries.values()
    assert (typing.offered[0].text, typing.is_personal, typing.cache_time) == ("字", True, 300)


async def test_a_query_is_answered_once() -> None:
    world = World()
    await answers(world, [])
    (typing,) = world.typed_queries.values()
    again = await carry_out(
        world, "answerinlinequery", Parameters({"inline_query_id": typing.id, "results": []})
    )
    assert "query is too old" in again["description"]


@pytest.mark.parametrize(
    ("results", "complaint"),
    [
        ([article(str(number)) for number in range(51)], "RESULTS_TOO_MUCH"),
        ([article(), article()], "RESULT_ID_DUPLICATE"),
        ([article("")], "RESULT_ID_INVALID"),
        ([article("字" * 22)], "RESULT_ID_INVALID"),
        ([article(title="")], "ARTICLE_TITLE_EMPTY"),
        ([article(input_message_content=None)], "MESSAGE_TEXT_EMPTY"),
        ([article(input_message_content={"message_text": ""})], "message text is empty"),
        ([article(type="photo")], "RESULT_TYPE_INVALID"),
        ("no list", "can't parse"),
    ],
)
async def test_what_telegram_would_not_take_is_refused(results: Any, complaint: str) -> None:
    answer = await answers(World(), results)
    assert answer["error_code"] == 400
    assert complaint in answer["description"]


async def test_what_was_not_offered_cannot_be_chosen() -> None:
    world = World()
    await answers(world, [article()])
    (typing,) = world.typed_queries.values()
    with pytest.raises(LookupError):
        world.chooses("小安", typing, "別的")
