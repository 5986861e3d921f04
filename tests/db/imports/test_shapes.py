"""What people really have: accounts, folders, zips, old exports, other formats, forums."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.imports.found import Unreadable
from db.imports.import_file import is_moodle, read_telegram
from db.imports.json_stream import members
from db.store import Store
from tests.db.imports.held_elsewhere import (
    account,
    bring,
    brought,
    load,
    log,
    message,
    numbers,
    post,
    result,
    saved,
    saved_table,
    says,
    service,
)

PRIVATE = result(message(1, "私下說的"), type="personal_chat", id=55, name="小雲")
OTHER = result(message(8), id=777, name="另一班")


@pytest.mark.parametrize("left", [False, True])
def test_a_whole_account_with_one_group_is_imported(store: Store, tmp_path: Path, left: bool) -> None:  # noqa: FBT001  drawn
    group = result(message(1), message(2))
    whole = account(PRIVATE, left=[group]) if left else account(PRIVATE, group)
    assert bring(store, load(store, tmp_path, whole)).added == 2
    assert [row[2] for row in log(store)] == ["有溫度", "有溫度"]


@pytest.mark.parametrize("chosen", ["另一班", "777"])
def test_of_several_groups_one_is_chosen_by_name_or_number(store: Store, tmp_path: Path, chosen: str) -> None:
    whole = account(result(message(1)), PRIVATE, OTHER)
    with pytest.raises(Unreadable, match="--chat") as refused:
        load(store, tmp_path, whole)
    assert "讀書會" in str(refused.value)
    assert "小雲" not in str(refused.value), "private chats are nobody's business"
    assert bring(store, load(store, tmp_path, whole, chat=chosen)).added == 1
    assert numbers(store) == [8]


@pytest.mark.parametrize("chat", ["沒有這個", "小雲", "55"])
def test_a_chat_that_is_no_group_of_the_account_is_not_imported(
    store: Store, tmp_path: Path, chat: str
) -> None:
    with pytest.raises(Unreadable, match="--chat"):
        load(store, tmp_path, account(result(message(1)), PRIVATE), chat=chat)


@pytest.mark.parametrize(
    "kind", ["personal_chat", "bot_chat", "saved_messages", "private_channel", "public_channel", "replies"]
)
def test_what_is_no_group_is_refused(store: Store, tmp_path: Path, kind: str) -> None:
    with pytest.raises(Unreadable, match=kind):
        load(store, tmp_path, result(message(1), type=kind))


@pytest.mark.parametrize("name", ["result.json", "ChatExport_2026-02-02/result.json"])
def test_the_folder_or_the_zip_of_an_export_is_read(store: Store, tmp_path: Path, name: str) -> None:
    inside = saved(tmp_path, result(message(1), message(2)), "file").read_text("utf-8")
    folder = tmp_path / "out"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text(inside, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "out.zip", "w") as archive:
        archive.writestr(name, inside)
        archive.writestr("photos/1.jpg", b"\xff\xd8")
    assert bring(store, read_telegram(store, tmp_path / "out.zip")).added == 2
    assert bring(store, read_telegram(store, folder)).known == 2


HTML = "<!DOCTYPE html>\n<html><head><title>Exported Data</title></head></html>"


def test_an_export_as_html_says_what_to_choose(store: Store, tmp_path: Path) -> None:
    page = saved(tmp_path, HTML, "messages.html")
    with zipfile.ZipFile(tmp_path / "page.zip", "w") as archive:
        archive.write(page, "ChatExport/messages2.html")
    marked = saved(tmp_path, "\ufeff" + HTML, "marked.html")
    for path in (page, marked, tmp_path, tmp_path / "page.zip"):
        with pytest.raises(Unreadable, match="JSON"):
            read_telegram(store, path)


@pytest.mark.parametrize("entries", [[], ["a/result.json", "b/result.json"], ["photo.jpg"]])
def test_a_zip_without_one_export_is_refused(store: Store, tmp_path: Path, entries: list[str]) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name in entries:
            archive.writestr(name, "{}")
    with pytest.raises(Unreadable, match=r"result\.json"):
        read_telegram(store, tmp_path / "x.zip")


def test_a_damaged_zip_is_refused_in_a_sentence(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("result.json", json.dumps(result(*map(message, range(1, 500)))))
    whole = bytearray(path.read_bytes())
    whole[60:90] = bytes(30)
    path.write_bytes(whole)
    with pytest.raises(Unreadable, match="cannot"):
        bring(store, read_telegram(store, path))


@pytest.mark.parametrize(
    "message_",
    [
        {"id": 3, "type": "message", "file": "", "date": 1770019200, "text": "一則"},
        {"id": 4, "type": "message", "file": "a.jpg", "date": 1770019200},
        {"id": 5, "type": "message", "raw": {}, "date": 1, "text": ""},
    ],
)
def test_tdl_is_called_by_its_name(store: Store, tmp_path: Path, message_: dict[str, Any]) -> None:
    with pytest.raises(Unreadable, match="tdl"):
        load(store, tmp_path, {"id": 1234567890, "messages": [message_]})


@pytest.mark.parametrize(
    ("zone_free", "seconds"), [("2019-05-30T16:01:00", 1559203260), ("2012-01-01T00:00:00", 1325347200)]
)
def test_times_without_a_zone_are_read_in_the_seminars_and_it_is_said(
    store: Store, tmp_path: Path, zone_free: str, seconds: int
) -> None:
    old = message(1, date=zone_free, edited="1970-01-01T08:00:00", from_id=7)
    del old["date_unixtime"]
    found = load(store, tmp_path, result(old))
    assert found.local
    assert bring(store, found).added == 1
    (sent,) = store.one("SELECT CAST(strftime('%s', sent_at) AS INTEGER) FROM remarks")
    assert sent == seconds
    assert not load(store, tmp_path, result(message(1), {"id": 2, "type": "unsupported"})).local


def test_made_up_ids_stay_the_same_person(store: Store, tmp_path: Path) -> None:
    ids = ["userA123", "userB456", "userA123", "S01"]
    said = [message(number, **{"from": "匿名", "from_id": who}) for number, who in enumerate(ids, 1)]
    assert brought(store, tmp_path, *said).added == 4
    (held,) = store.rounds.of(1)
    aliases = [remark.alias for remark in store.remarks.of(held.id)]
    assert aliases[0] == aliases[2]
    assert len(set(aliases)) == 3


TOPICS = [
    service(10, "topic_created", title="第一週"),
    service(11, "topic_created", title="第二週"),
    says(12, "小雲", "光", reply_to_message_id=10),
    says(13, "阿明", "影", reply_to_message_id=11),
    says(14, "阿明", "同意", reply_to_message_id=12),
    says(15, "小雲", "大家好"),
    says(16, "小雲", "再說", reply_to_message_id=14),
]


def test_a_topic_is_a_round_and_its_notice_is_answered_by_nobody(store: Store, tmp_path: Path) -> None:
    assert bring(store, load(store, tmp_path, result(*TOPICS))).round_numbers == (1, 2, 3)
    said = {
        held.prompt_text: [(one.message_id, one.reply_to_message_id) for one in store.remarks.of(held.id)]
        for held in store.rounds.of(1)
    }
    assert said == {
        "第一週": [(12, None), (14, 12), (16, 14)],
        "第二週": [(13, None)],
        "讀書會": [(15, None)],
    }


def test_topics_become_one_round_where_that_is_wanted(store: Store, tmp_path: Path) -> None:
    found = load(store, tmp_path, result(*TOPICS), one_round=True)
    assert bring(store, found).round_numbers == (1,)
    assert [row[3] for row in log(store)] == [None, None, 12, None, 14]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"rich_message": {"blocks": [{"type": "paragraph", "text": "長文"}]}}, "長文"),
        (
            {"text_entities": [{"type": "plain", "text": "只有"}, {"type": "bold", "text": "這裡"}]},
            "只有這裡",
        ),
        ({"text": [], "text_entities": [{"type": "plain", "text": "也是"}]}, "也是"),
        ({"game_title": "跳棋", "game_description": "兩人玩", "text": ""}, "跳棋\n兩人玩"),
        (
            {"invoice_information": {"title": "票", "description": "一張", "amount": 1}, "text": ""},
            "票\n一張",
        ),
        ({"todo_list": {"title": "作業", "answers": [{"text": "讀", "id": 1}]}, "text": ""}, "作業\n• 讀"),
        ({"todo_list": {"title": [{"text": "作"}, "業"], "answers": []}, "text": ""}, "作業"),
        ({"poll": {"question": "哪個？", "answers": [{"text": "甲"}]}, "text": ""}, "哪個？\n• 甲"),
        ({"place_name": "戲院", "location_information": {}, "text": ""}, "戲院"),
    ],
)
def test_words_are_kept_wherever_they_stand(
    store: Store, tmp_path: Path, content: dict[str, Any], words: str
) -> None:
    bare = {key: value for key, value in message(1).items() if not key.startswith("text")}
    brought(store, tmp_path, bare | content)
    assert [row[2] for row in log(store)] == [words]


@pytest.mark.parametrize(
    "content", [{}, {"giveaway_information": {"quantity": 1}}, {"story": "x"}, {"text": []}]
)
def test_what_says_nothing_that_we_know_is_listed(
    store: Store, tmp_path: Path, content: dict[str, Any]
) -> None:
    merged = brought(store, tmp_path, message(1), message(2, "") | content)
    assert (merged.added, merged.unread) == (1, 1)
    assert all(key in merged.problems[0].why for key in content if key != "text")


def test_a_table_of_moodle_is_known_without_being_told(tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "cp950"):
        assert is_moodle(saved_table(tmp_path, post(1), encoding=encoding))
    assert not is_moodle(saved(tmp_path, result(message(1))))
    assert not is_moodle(tmp_path)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.text()
        | st.sampled_from(["\\x0b", "\ud83d", "a\x0bb", "\u2028"]),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=12,
    ),
    st.integers(1, 40),
)
def test_however_the_file_is_cut_into_pieces_the_same_is_read(value: Any, size: int) -> None:
    text = json.dumps({"id": 12345, "messages": [value, [value], 7], "n": 67890})
    pieces = [text[place : place + size] for place in range(0, len(text), size)]
    assert (
        list(members(pieces))
        == list(members([text]))
        == [
            (0, "id", 12345),
            (0, "messages", value),
            (0, "messages", [value]),
            (0, "messages", 7),
            (0, "n", 67890),
        ]
    )
