"""One raw update of every kind that Telegram sends, and of kinds that it may send one day."""

from typing import Any

from tests.intake.messages import BOT, GROUP, STUDENT, Raw, commands, presses, says, update

CHAT: dict[str, Any] = {"id": GROUP, "type": "supergroup", "title": "人文研討"}
CHANNEL = {"id": -1009999999999, "type": "channel", "title": "公告"}
PRIVATE = {"id": STUDENT["id"], "type": "private", "first_name": "小安"}
DATE = 1_772_452_800


def member(status: str, user: dict[str, Any]) -> dict[str, Any]:
    rights: dict[str, dict[str, Any]] = {
        "administrator": dict.fromkeys(
            (
                "can_be_edited",
                "is_anonymous",
                "can_manage_chat",
                "can_delete_messages",
                "can_manage_video_chats",
                "can_restrict_members",
                "can_promote_members",
                "can_change_info",
                "can_invite_users",
                "can_post_stories",
                "can_edit_stories",
                "can_delete_stories",
            ),
            False,
        ),
        "kicked": {"until_date": 0},
    }
    return {"status": status, "user": user, **rights.get(status, {})}


def changed(kind: str, before: str, after: str, user: dict[str, Any], number: int) -> Raw:
    inner = {"chat": CHAT, "from": STUDENT, "date": DATE + number}
    states = {"old_chat_member": member(before, user), "new_chat_member": member(after, user)}
    return {"update_id": 7000 + number, kind: {**inner, **states}}


def of_kind(kind: str, number: int, **inner: Any) -> Raw:
    return {"update_id": 8000 + number, kind: inner}


POLL = {
    "id": "5",
    "question": "有溫度嗎",
    "options": [{"text": "有", "voter_count": 1, "persistent_id": "a"}],
    "total_voter_count": 1,
    "is_closed": True,
    "is_anonymous": False,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": True,
    "members_only": False,
}
SIZE = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
FORUM: dict[str, Any] = {
    "chat": {**CHAT, "is_forum": True},
    "message_thread_id": 40,
    "is_topic_message": True,
}
RICH = {"blocks": [{"type": "paragraph", "text": ["溫度", {"type": "bold", "text": "很重要"}]}]}


def all_kinds() -> dict[str, Raw]:
    """Return the updates by what they are."""
    text, photo = says(1), update(3, photo=[SIZE], caption="圖說", media_group_id="9")
    return {
        "text": text,
        "edit": update(1, kind="edited_message", text="改了", edit_date=DATE + 99),
        "edit of an edit": update(1, kind="edited_message", text="又改了", edit_date=DATE + 100),
        "album, first": photo,
        "album, second": update(4, photo=[SIZE], media_group_id="9"),
        "in a topic": says(5, "主題裡", **FORUM),
        "topic opened": update(6, forum_topic_created={"name": "第一題", "icon_color": 7322096}, **FORUM),
        "topic closed": update(7, forum_topic_closed={}, **FORUM),
        "anonymous admin": says(8, "我是老師", sender_chat=CHAT, **{"from": ANONYMOUS}),
        "channel, forwarded by itself": says(9, "公告", sender_chat=CHANNEL, is_automatic_forward=True),
        "rich": update(10, rich_message=RICH),
        "sticker": update(11, sticker={**SIZE, "type": "regular", "is_animated": False, "is_video": False}),
        "poll in the group": update(12, poll=POLL),
        "somebody left": update(13, left_chat_member=STUDENT),
        "somebody came": update(14, new_chat_members=[STUDENT]),
        "moved": update(15, chat={**CHAT, "id": -77, "type": "group"}, migrate_to_chat_id=GROUP - 5),
        "command": commands(16, "/ask 塔可夫斯基是誰？"),
        "steering": commands(17, "/discuss 有溫度嗎？"),
        "private": says(18, "你好", chat=PRIVATE),
        "press": presses(19, "stance:1:5"),
        "made-up press": presses(20, "close:99999999999999999999:;DROP TABLE remarks"),
        "poll stopped": of_kind("poll", 21, **POLL),
        "vote": of_kind(
            "poll_answer", 22, poll_id="5", user=STUDENT, option_ids=[0], option_persistent_ids=[]
        ),
        "reaction": of_kind(
            "message_reaction",
            23,
            chat=CHAT,
            message_id=1,
            user=STUDENT,
            date=DATE,
            old_reaction=[],
            new_reaction=[{"type": "emoji", "emoji": "👍"}],
        ),
        "bot added": changed("my_chat_member", "left", "member", BOT, 24),
        "bot promoted": changed("my_chat_member", "member", "administrator", BOT, 25),
        "bot demoted": changed("my_chat_member", "administrator", "member", BOT, 26),
        "bot kicked": changed("my_chat_member", "member", "kicked", BOT, 27),
        "member left": changed("chat_member", "member", "left", STUDENT, 28),
        "inline": of_kind("inline_query", 29, id="1", query="溫度", offset="", **{"from": STUDENT}),
        "inline chosen": of_kind("chosen_inline_result", 30, result_id="1", query="溫", **{"from": STUDENT}),
        "channel's post": update(31, kind="channel_post", text="公告", chat=CHANNEL),
        "join request": of_kind(
            "chat_join_request", 32, chat=CHAT, user_chat_id=101, date=DATE, **{"from": STUDENT}
        ),
        "a kind of one day": of_kind("hologram", 33, chat=CHAT, **{"from": STUDENT}),
        "nothing": {"update_id": 9999},
    }
