from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.intake.triage import sort_update
from db.updates.records import Incoming, RemarkDraft
from tests.intake.every_kind import all_kinds
from tests.intake.messages import BOT, BOT_ID, BOT_NAME, GROUP, STUDENT, Raw, commands, presses, says, update


def by(sender: dict[str, Any]) -> dict[str, Any]:
    return {"from": sender}  # a keyword that Python keeps for itself


def sort(raw: Any) -> Incoming:
    return sort_update(raw, BOT_ID, BOT_NAME)


def test_what_a_student_says_in_a_group_is_a_draft_and_needs_no_handler() -> None:
    sorted_ = sort(says(5, "有溫度"))
    assert not sorted_.needs_handler
    assert not sorted_.steers
    assert sorted_.lane == GROUP
    assert sorted_.remark == RemarkDraft(
        chat_id=GROUP,
        message_id=5,
        thread_id=0,
        telegram_id=101,
        name="小安 林",
        username="xiaoan",
        sent_at=datetime.fromtimestamp(1_772_452_805, UTC),
        text="有溫度",
        flat=True,
    )


MENTION = {"type": "mention", "offset": 3, "length": 10}
PRIVATE = {"id": 101, "type": "private", "first_name": "小安"}


@pytest.mark.parametrize(
    ("raw", "handler", "remark"),
    [
        pytest.param(commands(1, "/ask 大理石"), True, False, id="a command"),
        pytest.param(commands(1, "/ask@Wendu_Bot 大理石"), True, False, id="a command with our name"),
        pytest.param(commands(1, "/ask@other_bot"), False, False, id="another bot's command"),
        pytest.param(says(1, "/ 這不是指令"), False, True, id="a slash that is no command"),
        pytest.param(
            says(1, "🙂 @Wendu_Bot 你好", entities=[MENTION]), True, False, id="a mention, after an emoji"
        ),
        pytest.param(
            says(1, "🙂 @otherr_bt 你好", entities=[MENTION]), False, True, id="a mention of another"
        ),
        pytest.param(
            says(1, "為什麼？", reply_to_message={"from": BOT, "message_id": 9}), True, True, id="a reply"
        ),
        pytest.param(
            update(1, sticker={"emoji": "👍"}, reply_to_message={"from": BOT, "message_id": 9}),
            False,
            True,
            id="a sticker in reply",
        ),
        pytest.param(
            says(1, reply_to_message={"from": BOT, "message_id": 9, "forum_topic_created": {}}),
            False,
            True,
            id="anything in a topic that we opened",
        ),
        pytest.param(says(1, chat=PRIVATE), True, False, id="words in private"),
        pytest.param(update(1, photo=[{}], chat=PRIVATE), True, False, id="a picture in private"),
        pytest.param(says(1, **by({**BOT, "id": 5})), False, False, id="another bot"),
        pytest.param(commands(1, "/ask", **by({**BOT, "id": 5})), False, False, id="another bot's order"),
        pytest.param(
            says(1, is_automatic_forward=True, sender_chat={"id": -5}), False, False, id="a channel post"
        ),
        pytest.param(
            commands(1, "/ask 溫度", is_automatic_forward=True, sender_chat={"id": -5}),
            False,
            False,
            id="a channel post that begins like a command",
        ),
        pytest.param(update(1, new_chat_members=[STUDENT]), True, False, id="somebody comes"),
        pytest.param(update(1, left_chat_member=STUDENT), True, False, id="somebody leaves"),
        pytest.param(update(1, pinned_message={}), False, False, id="something is pinned"),
        pytest.param(update(1, photo=[{}], caption="@wendu_bot"), False, True, id="a caption"),
        pytest.param(says(1, edit_date=1_772_459_999), False, True, id="an old edit that comes as a message"),
        pytest.param(
            update(1, kind="edited_message", text="改", edit_date=1_772_459_999), False, True, id="an edit"
        ),
        pytest.param(
            update(1, kind="edited_message", text="改", edit_date=1, chat=PRIVATE),
            True,
            False,
            id="a private edit",
        ),
        pytest.param(update(1, kind="channel_post", text="公告"), False, False, id="a channel's post"),
        pytest.param({"update_id": 1, "some_new_kind": {"id": 5}}, False, False, id="a kind of tomorrow"),
        pytest.param(presses(1), True, False, id="a pressed button"),
        pytest.param(
            {"update_id": 1, "inline_query": {"id": "7", "from": STUDENT}}, True, False, id="inline"
        ),
    ],
)
def test_who_takes_what(raw: Raw, *, handler: bool, remark: bool) -> None:
    sorted_ = sort(raw)
    assert (sorted_.needs_handler, sorted_.remark is not None, sorted_.fault) == (handler, remark, "")


def test_only_commands_and_buttons_may_open_or_close_a_round() -> None:
    steering = [commands(1, "/close"), presses(1)]
    others = [says(1), says(2, reply_to_message={"from": BOT, "message_id": 9}), update(3, photo=[{}])]
    assert [sort(raw).steers for raw in (*steering, *others)] == [True, True, False, False, False]


def test_an_anonymous_admin_is_the_group_and_a_channel_is_itself() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    group = {"id": GROUP, "type": "supergroup", "title": "人文研討"}
    draft = sort(says(1, sender_chat=group, **by(anonymous))).remark
    assert draft is not None
    assert (draft.telegram_id, draft.name, draft.username) == (GROUP, "人文研討", "")
    channel = {"id": -1005, "type": "channel", "title": "電影社", "username": "films"}
    draft = sort(says(1, sender_chat=channel, **by({**BOT, "id": 136817688}))).remark
    assert draft is not None
    assert (draft.telegram_id, draft.name, draft.username) == (-1005, "電影社", "films")


def test_a_topic_counts_only_when_the_message_is_said_to_be_of_a_topic() -> None:
    """In a plain supergroup replies carry a thread id too; and the general topic carries none."""
    in_topic, in_thread = says(1, message_thread_id=7, is_topic_message=True), says(1, message_thread_id=7)
    drafts = [sort(raw).remark for raw in (in_topic, in_thread)]
    assert [draft.thread_id for draft in drafts if draft] == [7, 0]


def test_the_notice_that_opened_a_topic_is_not_what_people_answer() -> None:
    notice = {"message_id": 7, "from": STUDENT, "forum_topic_created": {"name": "x"}}
    answer = {"message_id": 8, "from": STUDENT, "text": "有"}
    drafts = [sort(says(9, reply_to_message=reply)).remark for reply in (notice, answer)]
    assert [draft.reply_to_message_id for draft in drafts if draft] == [None, 8]


def test_a_group_that_moves_is_noticed_from_both_sides() -> None:
    chat = {"id": -500, "type": "group"}
    leaving = sort(update(1, chat=chat, migrate_to_chat_id=GROUP))
    arriving = sort(update(1, migrate_from_chat_id=-500))
    assert leaving.migration == arriving.migration == (-500, GROUP)


def test_the_same_message_is_the_same_under_any_update_id() -> None:
    assert sort(says(5)).identity == sort({**says(5), "update_id": 1}).identity
    assert sort(says(5)).identity != sort(says(6)).identity
    assert sort(presses(5)).identity == sort({**presses(5), "update_id": 1}).identity


def test_two_edits_within_one_second_are_two() -> None:
    edits = [
        update(5, kind="edited_message", text=text, edit_date=1_772_459_999, update_id=number)
        for number, text in enumerate(("一", "二"))
    ]
    assert len({sort(raw).identity for raw in edits}) == 2


def test_an_identity_tells_no_words() -> None:
    raws = [says(5, "祕密"), update(5, kind="edited_message", text="祕密", edit_date=1), presses(5, "祕密")]
    assert all("祕密" not in str(sort(raw).identity) for raw in raws)


def test_an_update_as_deep_as_json_allows_is_a_fault_and_never_an_error() -> None:
    deep: Any = []
    for _ in range(5000):
        deep = [deep]
    assert sort(deep).fault
    assert sort({"update_id": 5, "message": deep}).fault


def test_what_no_handler_takes_never_waits_with_anybodys_words_or_name() -> None:
    taken = {name for name, raw in all_kinds().items() if "message" not in raw and sort(raw).needs_handler}
    assert taken == {
        "press",
        "made-up press",
        "inline",
        "bot added",
        "bot promoted",
        "bot demoted",
        "bot kicked",
    }


def test_a_forwarded_message_says_whose_words_it_passes_on() -> None:
    by = [
        {"type": "user", "date": 1, "sender_user": {"id": 7, "is_bot": False, "first_name": "阿哲"}},
        {"type": "user", "date": 1, "sender_user": {"id": 7, "is_bot": True, "first_name": "溫度"}},
        {"type": "hidden_user", "date": 1, "sender_user_name": "阿哲"},
        "nobody",
    ]
    drafts = [sort(says(5, "轉貼", forward_origin=origin)).remark for origin in by]
    assert [draft and draft.words_of for draft in drafts] == [7, None, None, None]


def test_votes_and_reactions_queue_with_their_chat_or_person() -> None:
    vote = {"update_id": 1, "poll_answer": {"poll_id": "1", "user": STUDENT, "option_ids": [1]}}
    reaction = {"update_id": 1, "message_reaction": {"chat": {"id": GROUP}, "message_id": 5, "date": 1}}
    assert (sort(vote).lane, sort(reaction).lane, sort(presses(1)).lane) == (101, GROUP, GROUP)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        5,
        "update",
        [],
        {},
        {"update_id": 5},
        {"update_id": 5, "message": None},
        {"update_id": 5, "message": []},
        {"update_id": 5, "message": {}},
        {"update_id": 5, "message": {"message_id": "7", "chat": {"id": GROUP}, "date": 1}},
        {"update_id": 5, "message": {"message_id": 7, "chat": {"id": 2**64}, "date": 1}},
        {"update_id": 5, "message": {"message_id": 7, "chat": GROUP, "date": 1}},
        says(1, date=10**17),
        {**says(1), "message": {**says(1)["message"], "from": None}},
        {"update_id": 5, "祕密 words": {"x": 1}},
    ],
)
def test_garbage_is_a_fault_or_nothing_and_never_an_error(raw: object) -> None:
    sorted_ = sort(raw)
    assert not sorted_.needs_handler
    assert sorted_.remark is None


names = st.sampled_from([*says(1)["message"], "entities", "reply_to_message", "sender_chat", "edit_date"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # busy machines
@given(
    st.dictionaries(names, values, max_size=4),
    st.sampled_from(["message", "edited_message", "callback_query"]),
)
def test_any_change_to_a_message_is_sorted_without_an_error(changes: dict[str, Any], kind: str) -> None:
    raw = {"update_id": 1, kind: {**says(1)["message"], **changes}}
    sorted_ = sort(raw)
    assert isinstance(sorted_, Incoming)


@pytest.mark.parametrize("text", ["/ask 誰？", "/ask@wendu_bot 誰？", "/topics", "/help"])
def test_what_cannot_open_or_close_a_round_holds_nothing_up(text: str) -> None:
    assert not sort_update(commands(7, text), BOT_ID, BOT_NAME).steers
    assert not sort_update(presses(7, "stance:1:5"), BOT_ID, BOT_NAME).steers


@pytest.mark.parametrize("text", ["/discuss", "/close", "/privacy", "/asking", "/nobody_knows"])
def test_whatever_else_is_a_command_or_a_button_may(text: str) -> None:
    assert sort_update(commands(7, text), BOT_ID, BOT_NAME).steers
    assert all(sort_update(presses(7, data), BOT_ID, BOT_NAME).steers for data in ("close:1", "log:no", ""))
