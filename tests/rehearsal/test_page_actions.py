"""What the page may ask for: what is let through, and what is refused as Telegram would."""

from base64 import b64encode
from typing import Any

import pytest

from bot.intake.message_text import kind_of
from bot.rehearsal.actions.table import ACTIONS
from bot.rehearsal.fake_telegram.chats import Post
from bot.rehearsal.fake_telegram.world import World
from tests.rehearsal.hosted import PNG

TEACHER, PUPIL, OTHER = "陳老師", "小安", "小敏"


def act(world: World, name: str, who: str, /, **raw: Any) -> Any:
    """Act as the page does; people are named by name."""
    raw = {"chat": world.group.id, **raw}
    if "whom" in raw:
        raw["whom"] = world.bot.id if raw["whom"] == "bot" else world.person(raw["whom"]).id
    return ACTIONS[name](world, {"person": world.person(who).id, **raw})


def status(world: World, who: str, chat: int | None = None) -> str:
    user = world.bot if who == "bot" else world.person(who).user
    return world.room(chat).membership(user).status


def said(world: World) -> Post:
    return world.says(PUPIL, "一")


def test_a_group_is_made_as_it_was_asked_for(world: World) -> None:
    ids = [world.person(name).id for name in (TEACHER, OTHER)]
    people = {"members": [*ids, "x"], "admins": ids[:1], "bot": "administrator"}
    chat = act(world, "new_group", PUPIL, title="新班", forum=True, **people)["chat"]
    room = world.room(chat)
    assert (room.title, room.type, room.is_forum) == ("新班", "supergroup", True)
    assert [status(world, who, chat) for who in (PUPIL, TEACHER, OTHER, "bot")] == [
        "creator",
        "administrator",
        "member",
        "administrator",
    ]


def test_a_basic_group_without_the_bot_has_no_topics_and_nobody_hides_there(world: World) -> None:
    chat = act(world, "new_group", PUPIL, title="小組", type="group", bot="none")["chat"]
    assert (world.room(chat).type, status(world, "bot", chat)) == ("group", "left")
    for name, more in (("forum", {"forum": True}), ("hide", {"anonymous": True})):
        with pytest.raises(PermissionError, match="upgrade first"):
            act(world, name, PUPIL, chat=chat, **more)
    new = act(world, "upgrade", PUPIL, chat=chat)["chat"]
    act(world, "forum", PUPIL, chat=new, forum=True)
    act(world, "hide", PUPIL, chat=new, anonymous=True)
    assert world.room(new).is_forum
    with pytest.raises(ValueError, match="no basic group"):
        act(world, "upgrade", PUPIL, chat=new)


def test_people_come_and_go(world: World) -> None:
    act(world, "leave", PUPIL)
    with pytest.raises(PermissionError, match="你不在這個群組"):
        act(world, "leave", PUPIL)
    act(world, "join", PUPIL)
    act(world, "remove_member", TEACHER, whom=PUPIL)
    assert status(world, PUPIL) == "kicked"
    act(world, "add_member", OTHER, whom=PUPIL)
    assert status(world, PUPIL) == "member"


def test_the_bot_comes_and_goes_and_its_rights_are_chosen_one_by_one(world: World) -> None:
    act(world, "promote", TEACHER, whom="bot", can_pin=False)
    bot = world.group.membership(world.bot)
    assert (bot.can_pin, bot.can_delete, bot.can_manage_topics) == (False, True, True)
    act(world, "demote", TEACHER, whom="bot")
    assert status(world, "bot") == "member"
    act(world, "remove_member", TEACHER, whom="bot")
    act(world, "add_member", PUPIL, whom="bot", admin=True)
    assert status(world, "bot") == "administrator"


def test_admins_make_and_unmake_admins_but_not_the_owner(world: World) -> None:
    act(world, "promote", TEACHER, whom=PUPIL)
    assert status(world, PUPIL) == "administrator"
    for name in ("promote", "demote", "remove_member"):
        with pytest.raises(PermissionError, match="擁有者"):
            act(world, name, PUPIL, whom=TEACHER)
    act(world, "demote", TEACHER, whom=PUPIL)
    assert status(world, PUPIL) == "member"


@pytest.mark.parametrize("name", ["promote", "demote", "remove_member", "hide", "upgrade", "forum"])
def test_who_is_no_admin_steers_nothing(world: World, name: str) -> None:
    with pytest.raises(PermissionError, match="只有管理員"):
        act(world, name, PUPIL, whom=OTHER)


def test_a_topic_belongs_to_who_opened_it_and_to_the_admins(world: World) -> None:
    world.becomes_forum()
    topic = act(world, "open_topic", PUPIL, name="第一題")["topic"]
    with pytest.raises(PermissionError, match="只有管理員"):
        act(world, "close_topic", OTHER, topic=topic)
    act(world, "close_topic", PUPIL, topic=topic)
    with pytest.raises(PermissionError, match="已經關閉"):
        act(world, "say", OTHER, topic=topic, text="一")
    act(world, "say", PUPIL, topic=topic, text="一")
    act(world, "close_topic", TEACHER, topic=topic, closed=False)
    act(world, "say", OTHER, topic=topic, text="二")
    act(world, "delete_topic", TEACHER, topic=topic)
    for name in ("say", "delete_topic", "close_topic"):
        with pytest.raises(LookupError, match="沒有這個主題"):
            act(world, name, TEACHER, topic=topic, text="三")


def test_who_is_not_here_opens_no_topic(world: World) -> None:
    world.becomes_forum()
    world.leaves(PUPIL)
    with pytest.raises(PermissionError):
        act(world, "open_topic", PUPIL, name="第一題")


def test_messages_are_reacted_to_pinned_forwarded_and_deleted(world: World) -> None:
    post = said(world)
    at = {"message_id": post.id}
    act(world, "react", OTHER, **at, emoji="👍")
    assert post.reactions[world.person(OTHER).id] == ("👍",)
    act(world, "react", OTHER, **at, emoji=None)
    assert post.reactions[world.person(OTHER).id] == ()
    act(world, "pin", TEACHER, **at, pinned=True)
    assert world.group.pinned == [post.id]
    sent = act(world, "pass_on", OTHER, **at, to=world.person(OTHER).id)["message_id"]
    assert world.private(OTHER).posts[sent].text == "一"
    act(world, "delete", TEACHER, **at)
    with pytest.raises(LookupError, match="已經不在"):
        act(world, "delete", TEACHER, **at)


def test_pictures_and_files_are_sent_with_their_captions(world: World) -> None:
    sent = {"name": "板書.png", "data": b64encode(PNG).decode(), "text": "板書"}
    photo = world.group.posts[act(world, "attach", PUPIL, **sent)["message_id"]]
    assert (photo.photo[0].width, photo.text) == (1, "板書")
    sent = {"name": "筆記.pdf", "data": b64encode(b"%PDF").decode()}
    file = world.group.posts[act(world, "attach", OTHER, **sent, reply_to=photo.id)["message_id"]]
    assert (file.document.file_name if file.document else "", file.reply_to) == ("筆記.pdf", photo)
    with pytest.raises(ValueError, match="base64"):
        act(world, "attach", PUPIL, name="x", data="%%%")


def test_ogg_is_sent_as_a_voice_message_and_webp_as_a_sticker_that_has_no_caption(world: World) -> None:
    sent = {"data": b64encode(b"OggS").decode(), "text": "聽聽看"}
    spoken = world.group.posts[act(world, "attach", PUPIL, name="錄音.OGG", **sent)["message_id"]]
    stuck = world.group.posts[act(world, "attach", PUPIL, name="笑.webp", **sent)["message_id"]]
    voice, sticker = spoken.message().to_dict(), stuck.message().to_dict()
    assert (voice["caption"], "voice" in voice) == ("聽聽看", True)
    assert sticker["sticker"]["emoji"] == "🙂"
    assert not {"caption", "text"} & set(sticker)
    assert [kind_of(one) for one in (voice, sticker)] == ["voice", "sticker"]


def test_the_bot_is_blocked_and_taken_back_in_private(world: World) -> None:
    world.starts_bot(PUPIL)
    act(world, "block", PUPIL, blocked=True)
    assert world.private(PUPIL).blocked
    act(world, "block", PUPIL, blocked=False)
    assert not world.private(PUPIL).blocked


@pytest.mark.parametrize("name", sorted(ACTIONS))
@pytest.mark.parametrize("junk", [None, "x", [], {}, True, -1])
def test_whatever_a_page_sends_is_refused_in_words(world: World, name: str, junk: Any) -> None:
    post = said(world)
    keys = ("chat", "topic", "title", "name", "text", "members", "admins", "whom", "emoji", "to", "options")
    raw = {"person": world.person(TEACHER).id, "message_id": post.id, **dict.fromkeys(keys, junk)}
    with pytest.raises((LookupError, PermissionError, ValueError)):
        ACTIONS[name](world, {**raw, "person": junk})
