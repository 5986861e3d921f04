"""What an import brings passes the rules that hold live: see db/updates/admission.py and triage.py."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.imports.found import NoRemark
from db.store import Store
from tests.db.classroom import GROUP, Classroom
from tests.db.imports.held_elsewhere import (
    bring,
    brought,
    command,
    load,
    log,
    message,
    numbers,
    result,
    says,
    service,
)

BUTTONS = [[{"type": "callback", "text": "好", "data": "x"}]]


def test_a_bot_that_answers_commands_is_left_out_with_all_its_posts(store: Store, tmp_path: Path) -> None:
    asked = command(2, "小雲", "/ask", " 片名是什麼？")
    quick = {"date_unixtime": asked["date_unixtime"]}
    merged = brought(
        store,
        tmp_path,
        says(1, "老師", "開始吧"),
        asked,
        says(3, "暖暖", "片名是……", reply_to_message_id=2, **quick),
        says(4, "阿明", "謝謝"),
        says(5, "暖暖", "💬 第 1 輪討論"),
        says(6, "阿明", "我覺得有", reply_to_message_id=5),
        says(7, "小雲", "那導演呢？", reply_to_message_id=3),
    )
    assert numbers(store) == [1, 4, 6], "a reply to the card is a remark, one to an answer a question"
    assert merged.aside == {NoRemark.BOT: 2, NoRemark.COMMAND: 1, NoRemark.QUESTION: 1}


@pytest.mark.parametrize(
    "posts",
    [
        [says(2, "群管", "請讀規則", inline_bot_buttons=BUTTONS)],
        [command(2, "老師", "/warn@TidyHelper_bot", " 阿明"), says(3, "Tidy", "1/3")],
        [
            service(2, "join_group_by_link"),
            says(3, "管家", "歡迎"),
            service(4, "invite_members"),
            says(5, "管家", "歡迎"),
        ],
        [says(2, "QuizBot", "第一題")],
        [says(2, "點名機器人", "三人未到")],
    ],
)
def test_other_bots_are_known_by_what_they_do(
    store: Store, tmp_path: Path, posts: list[dict[str, Any]]
) -> None:
    said = [says(1, "小雲", "早"), *posts, says(9, "阿明", "早安")]
    assert (brought(store, tmp_path, *said).added, numbers(store)) == (2, [1, 9])


@pytest.mark.parametrize("name", ["Rose", "Talbot", "小機器", "Abbott"])
def test_people_with_names_like_bots_are_people(store: Store, tmp_path: Path, name: str) -> None:
    said = [
        says(1, "小雲", "早"),
        says(2, name, "早"),
        says(3, name, "我先說"),
        command(4, "老師", "/discuss"),
    ]
    assert brought(store, tmp_path, *said).added == 3


def test_who_is_a_bot_can_be_said_and_is_told(store: Store, tmp_path: Path) -> None:
    said = result(says(1, "QuizBot", "我是真人"), says(2, "鬧鐘", "時間到"), says(3, "小雲", "好"))
    found = load(store, tmp_path, said, bots=frozenset({"鬧鐘"}), people=frozenset({"QuizBot"}))
    assert bring(store, found).added == 2
    assert "鬧鐘" in str(found.notes)
    assert numbers(store) == [1, 3]


def test_where_our_name_is_known_to_name_another_bot_is_no_question(store: Store, tmp_path: Path) -> None:
    named = [[{"type": "mention", "text": f"@{name}_bot"}, " 好用嗎？"] for name in ("warm", "other")]
    said = [
        command(1, "小雲", "/ask@Warm_bot", " 誰？"),
        says(2, "小雲", named[0]),
        says(3, "小雲", named[1]),
    ]
    assert brought(store, tmp_path, *said).added == 1
    assert numbers(store) == [3]


def test_a_post_that_we_know_to_have_made_tells_who_we_are(classroom: Classroom, tmp_path: Path) -> None:
    store, opened = classroom.store, classroom.opens()
    store.bot_messages.note(opened.id, "card", GROUP, 70, classroom.now)
    said = result(
        says(70, "溫溫", "題目"), says(71, "溫溫", "總結"), says(72, "小雲", "有", reply_to_message_id=70)
    )
    assert bring(store, load(store, tmp_path, said), classroom.seminar.id).added == 1
    assert numbers(store) == [72]


@pytest.mark.parametrize(
    "aside",
    [
        command(2, "小雲", "/close"),
        command(2, "小雲", "/ask@other_bot", " 誰？"),
        says(2, "小雲", "/topics"),
        says(2, "小雲", [{"type": "mention", "text": "@warm_bot"}, " 第三段在說什麼？"]),
        {**command(2, "小雲", "/ask", " 這張圖是什麼？"), "photo": "photos/1.jpg"},
        says(2, "公告", "停課", from_id="channel77", forwarded_from="公告"),
    ],
)
def test_commands_questions_and_posts_of_a_linked_channel_are_no_remarks(
    store: Store, tmp_path: Path, aside: dict[str, Any]
) -> None:
    merged = brought(store, tmp_path, message(1), aside, message(3))
    assert (merged.added, sum(merged.aside.values()), numbers(store)) == (2, 1, [1, 3])


@pytest.mark.parametrize(
    "remark",
    [
        says(2, "小雲", "一個 / 斜線"),
        says(2, "小雲", ["看 ", {"type": "bot_command", "text": "/help"}]),
        says(2, "小雲", [{"type": "mention", "text": "@yun"}, " 你說呢"]),
        says(2, "公告", "我是頻道", from_id="channel77"),
        says(2, "小雲", "", via_bot="@gif", media_type="animation"),
    ],
)
def test_what_only_looks_like_that_is_a_remark(store: Store, tmp_path: Path, remark: dict[str, Any]) -> None:
    assert brought(store, tmp_path, message(1), remark, message(3)).added == 3


def test_a_forward_of_somebody_who_said_no_is_not_logged(store: Store, tmp_path: Path) -> None:
    seminar = store.seminars.bind(-1001234567890, pack="ai-film", language="zh-Hant")
    for number, name in ((900, "方同學"), (901, "簡同學")):
        store.people.set_consent(seminar.id, store.people.meet(number, name).id, "no")
    merged = brought(
        store,
        tmp_path,
        message(1, forwarded_from="方同學"),
        message(2, forwarded_from="換過名字", forwarded_from_id="user901"),
        message(3, forwarded_from="陌生人"),
        message(4, forwarded_from=None),
    )
    assert (merged.added, merged.withheld, numbers(store)) == (2, 2, [3, 4])


def test_of_a_name_in_the_file_it_is_known_whose_words_are_passed_on(store: Store, tmp_path: Path) -> None:
    seminar = store.seminars.bind(-1001234567890, pack="ai-film", language="zh-Hant")
    refuser = store.people.meet(sum(map(ord, "小雲")), "以前的名字")
    store.people.set_consent(seminar.id, refuser.id, "no")
    merged = brought(
        store, tmp_path, says(1, "小雲", "不要記"), message(2, forwarded_from="小雲"), message(3)
    )
    assert (merged.withheld, numbers(store)) == (2, [3])


def test_a_reply_into_another_chat_is_none_here(store: Store, tmp_path: Path) -> None:
    brought(
        store,
        tmp_path,
        message(1),
        message(2, reply_to_message_id=1, reply_to_peer_id="channel555"),
        message(3, reply_to_message_id=1, reply_to_peer_id="user7"),
        message(4, reply_to_message_id=1, reply_to_peer_id="channel1234567890"),
        message(5, reply_to_message_id=1),
    )
    assert [row[3] for row in log(store)] == [None, None, None, 1, 1]


PICTURE = {"photo": "photos/1.jpg", "date_unixtime": "1770019999"}


def test_an_album_is_one_contribution(store: Store, tmp_path: Path) -> None:
    album = [says(number, "小雲", "三張圖" if number == 11 else "", **PICTURE) for number in (10, 11, 12)]
    merged = brought(store, tmp_path, *album, says(13, "阿明", "好看", reply_to_message_id=12))
    assert [row[:1] + row[2:] for row in log(store)] == [(13, "好看", 10), (10, "三張圖", None)]
    assert merged.aside == {NoRemark.ALBUM: 2}
    assert brought(store, tmp_path, *album).known == 1


@pytest.mark.parametrize(
    "second",
    [
        says(11, "阿明", "", **PICTURE),
        says(12, "小雲", "", **PICTURE),
        says(11, "小雲", "", **(PICTURE | {"date_unixtime": "1770020010"})),
        says(11, "小雲", "", reply_to_message_id=1, **PICTURE),
        says(11, "小雲", "一句話", date_unixtime=PICTURE["date_unixtime"]),
    ],
)
def test_pictures_that_only_follow_each_other_are_several(
    store: Store, tmp_path: Path, second: dict[str, Any]
) -> None:
    assert brought(store, tmp_path, says(10, "小雲", "", **PICTURE), second).added == 2


WHO = st.sampled_from(["小雲", "阿明", "老師"])
SPOKEN = st.tuples(WHO, st.sampled_from(["有", "沒有", "/ask 誰", "/close", "@warm_bot 為什麼"]))


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SPOKEN, min_size=1, max_size=12), st.integers(1, 12))
def test_no_command_ever_gets_in(tmp_path: Path, spoken: list[tuple[str, str]], refused: int) -> None:
    for path in tmp_path.glob("*.db*"):
        path.unlink()
    store = Store.open(tmp_path / "gate.db", key=bytes(32))
    seminar = store.seminars.bind(-1001234567890, pack="ai-film", language="zh-Hant")
    who = spoken[refused % len(spoken)][0]
    store.people.set_consent(seminar.id, store.people.meet(sum(map(ord, who)), who).id, "no")
    merged = brought(
        store, tmp_path, *(says(number, name, text) for number, (name, text) in enumerate(spoken, 1))
    )
    wanted = [
        number for number, (name, text) in enumerate(spoken, 1) if name != who and not text.startswith("/")
    ]
    assert numbers(store) == wanted
    assert merged.added == len(wanted)
    store.close()
