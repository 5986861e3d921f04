import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.imports import found as limits
from db.imports.found import Discussion, Message, NoRemark, Problem, Unreadable
from db.imports.import_file import read_telegram
from db.imports.merge import problems_shown
from db.store import Store
from tests.db.classroom import Classroom
from tests.db.conftest import KEY, NOON
from tests.db.imports.held_elsewhere import (
    CHAT,
    HELD,
    TAIPEI,
    bring,
    exported,
    load,
    log,
    message,
    result,
)


def said(found: Discussion) -> list[Any]:
    """Return the messages that are in it."""
    return [each.draft for each in found.records(TAIPEI) if isinstance(each, Message)]


def problems(found: Discussion) -> list[Problem]:
    return [each for each in found.records(TAIPEI) if isinstance(each, Problem)]


@pytest.fixture
def seminar(store: Store) -> int:
    return store.seminars.bind(CHAT, title="讀書會", pack="ai-film", language="zh-Hant").id


def test_a_discussion_becomes_a_closed_round_of_its_own(store: Store, seminar: int, tmp_path: Path) -> None:
    found = load(store, tmp_path, result(message(1), message(2, reply_to_message_id=1), message(3)))
    merged = bring(store, found)
    assert (merged.round_numbers, merged.added, merged.known, merged.problems) == ((1,), 3, 0, [])
    (made,) = store.rounds.of(seminar)
    assert (made.prompt_text, made.opened_at, made.closed_at) == (
        "讀書會",
        HELD + timedelta(minutes=1),
        HELD + timedelta(minutes=3),
    )
    assert store.all("SELECT * FROM lines") == [], "the class gets no card and no summary for it"
    assert log(store) == [(1, 1, "有溫度", None), (2, 1, "有溫度", 1), (3, 1, "有溫度", None)]
    assert len({remark.alias for remark in store.remarks.of(made.id)}) == 3


def test_again_nothing_is_doubled_and_what_is_new_joins_the_same_round(
    store: Store, seminar: int, tmp_path: Path
) -> None:
    bring(store, load(store, tmp_path, result(message(1), message(2))))
    again = bring(store, load(store, tmp_path, result(message(1), message(2), message(3))))
    assert (again.added, again.known, again.round_numbers) == (1, 2, (1,))
    third = bring(store, load(store, tmp_path, result(message(1), message(2), message(3))))
    assert (third.added, third.known, third.round_numbers) == (0, 3, ())
    assert [row[0] for row in log(store)] == [1, 2, 3]
    assert len(store.rounds.of(seminar)) == 1


def test_what_the_bot_has_logged_itself_is_left_as_it_is(classroom: Classroom, tmp_path: Path) -> None:
    opened = classroom.opens()
    draft = classroom.says(classroom.student(1), "聽到的")
    other = message(
        draft.message_id, "檔案裡的", date_unixtime=str(int(draft.sent_at.timestamp())), from_id="user101"
    )
    found = load(classroom.store, tmp_path, result(other, message(50)))
    merged = bring(classroom.store, found, classroom.seminar.id, round_id=opened.id)
    assert (merged.added, merged.known) == (1, 1)
    assert sorted(row[2] for row in log(classroom.store)) == ["有溫度", "聽到的"]


def test_mixed_text_service_messages_and_media_are_understood(store: Store, tmp_path: Path) -> None:
    mixed = ["看", {"type": "link", "text": "example.org"}, "：", {"type": "bold", "text": "好"}]
    poll = {"question": "哪個？", "answers": [{"text": "甲"}, {"text": "乙"}]}
    found = load(
        store,
        tmp_path,
        result(
            message(1, mixed),
            {"id": 2, "type": "service", "action": "pin_message", "date_unixtime": "1"},
            {"id": 3, "type": "unsupported"},
            message(4, "圖說", photo="photos/1.jpg"),
            message(5, "", media_type="sticker", sticker_emoji="😀", file="x"),
            message(6, "", media_type="voice_message", file="x"),
            message(7, "", poll=poll),
        ),
    )
    assert list(found.records(TAIPEI)).count(NoRemark.NOTICE) == 2
    assert [(one.kind, one.text) for one in said(found)] == [
        ("text", "看example.org：好"),
        ("photo", "圖說"),
        ("sticker", "😀"),
        ("voice", ""),
        ("poll", "哪個？\n• 甲\n• 乙"),
    ]


def test_the_invalid_escapes_of_telegram_desktop_are_mended(store: Store, tmp_path: Path) -> None:
    raw = json.dumps(result(message(1, "@@"), message(2, "##"), message(3, "$$")))
    raw = raw.replace("@@", r"一\x0B二\u2028").replace("##", r"C:\\x0B 不是").replace("$$", r"半\ud83d")
    found = load(store, tmp_path, raw)
    assert [one.text for one in said(found)] == ["一\x0b二\u2028", r"C:\x0B 不是", "半\ufffd"]


def test_bad_records_are_listed_and_the_rest_is_imported(store: Store, tmp_path: Path) -> None:
    bad: list[Any] = [
        7,
        {"id": 9, "type": "poem"},
        message(10, date_unixtime="soon"),
        message(11, date_unixtime="9" * 18),
        message(12, text={"no": "text"}),
        message(14, "長" * (limits.LONGEST + 1)),
        message(1) | {"id": True},
        message(1) | {"id": 2**70},
        message(16, reply_to_message_id="x"),
        {key: value for key, value in message(17, date="x").items() if key != "date_unixtime"},
    ]
    found = load(store, tmp_path, result(message(1), *bad, message(2)))
    assert [one.message_id for one in said(found)] == [1, 2]
    assert len(problems(found)) == len(bad)
    merged = bring(store, found)
    assert (merged.added, len(merged.problems)) == (2, len(bad))
    lines = problems_shown(merged, most=3)
    assert lines[0].startswith("第 2 則")
    assert lines[-1] == f"… 另有 {len(bad) - 3} 則 / and {len(bad) - 3} more"


def test_a_file_that_breaks_off_gives_what_came_before(store: Store, tmp_path: Path) -> None:
    raw = json.dumps(result(message(1), message(2), message(3)))
    found = load(store, tmp_path, raw[: raw.index('"id": 3') + 4])
    assert [one.message_id for one in said(found)] == [1, 2]
    assert "第 2 則之後" in problems(found)[0].where


def test_a_number_that_another_remark_has_is_a_problem_not_a_replacement(
    store: Store, tmp_path: Path
) -> None:
    bring(store, load(store, tmp_path, result(message(1))))
    merged = bring(store, load(store, tmp_path, result(message(1, date_unixtime="1000"), message(2))))
    assert (merged.added, merged.known) == (1, 0)
    assert [problem.where for problem in merged.problems] == ["id 1"]


@pytest.mark.parametrize(
    "content",
    ["", "[]", "null", "[" * 100_000, '{"a":' * 100_000, '{"messages":[' + "[" * 100_000, "\x00", '{"id":1}'],
)
def test_what_is_no_export_is_refused(store: Store, tmp_path: Path, content: str) -> None:
    with pytest.raises(Unreadable):
        load(store, tmp_path, content)


def test_a_file_larger_than_any_discussion_is_not_even_opened(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    with path.open("wb") as file:
        file.truncate(limits.LARGEST + 1)  # sparse: it takes no room
    with pytest.raises(Unreadable, match="超過上限"):
        read_telegram(store, path)
    with pytest.raises(Unreadable, match="讀不到"):
        read_telegram(store, tmp_path / "none.json")


def test_whoever_said_no_is_not_imported(store: Store, seminar: int, tmp_path: Path) -> None:
    refuser = store.people.meet(101, "學生1")
    store.people.set_consent(seminar, refuser.id, "no")
    merged = bring(store, load(store, tmp_path, result(message(1), message(2))))
    assert (merged.added, merged.withheld) == (1, 1)
    assert [row[0] for row in log(store)] == [2]


def test_under_the_explicit_rule_only_who_said_yes_is_imported(
    store: Store, seminar: int, tmp_path: Path
) -> None:
    store.seminars.configure(seminar, consent_rule="explicit")
    store.people.set_consent(seminar, store.people.meet(102, "學生2").id, "yes")
    merged = bring(store, load(store, tmp_path, result(message(1), message(2))))
    assert (merged.added, merged.withheld) == (1, 1)


def test_it_is_said_what_the_next_purge_would_take(store: Store, tmp_path: Path) -> None:
    old = message(1, date_unixtime="1000000000")
    merged = bring(store, load(store, tmp_path, result(old, message(2))))
    assert merged.expiring == 1


def test_people_without_a_number_stay_apart_by_name(store: Store, seminar: int, tmp_path: Path) -> None:
    nameless = [message(number, **{"from": who, "from_id": None}) for number, who in enumerate("甲乙甲", 1)]
    bring(store, load(store, tmp_path, result(*nameless)))
    names = [remark.alias for remark in store.remarks.of(store.rounds.of(seminar)[0].id)]
    assert names[0] == names[2] != names[1]


def test_an_alias_that_comes_along_is_spelled_as_the_seminar_is_and_nobody_elses(
    store: Store, seminar: int, tmp_path: Path
) -> None:
    store.seminars.configure(seminar, language="zh-Hans")
    store.run("INSERT INTO aliases VALUES (?, ?, '山羊')", (seminar, store.people.meet(55, "學生55").id))
    ours = [
        message(number, **{"from": alias, "from_id": f"user{2**52 + number}"})
        for number, alias in enumerate(("青鳥", "山羊"), 1)
    ]
    bring(store, load(store, tmp_path, result(*ours, wendu={"names": False})))
    first, second = [remark.alias for remark in store.remarks.of(store.rounds.of(seminar)[0].id)]
    assert first == "青鸟"
    assert second not in {"青鸟", "青鳥", "山羊"}


def test_a_discussion_without_a_title_is_named_in_the_seminars_language(
    store: Store, seminar: int, tmp_path: Path
) -> None:
    store.seminars.configure(seminar, language="en")
    bring(store, load(store, tmp_path, result(message(1), name="")))
    store.seminars.configure(seminar, language="zh-Hant")
    bring(store, load(store, tmp_path, result(message(1), message(2), name="")))
    assert [held.prompt_text for held in store.rounds.of(seminar)] == ["Imported discussion"]


def test_chats_that_speak_have_the_numbers_that_the_bot_api_gives_them(store: Store, tmp_path: Path) -> None:
    found = load(
        store,
        tmp_path,
        result(
            message(1, from_id="channel1234567890"), message(2, from_id="chat55"), id=55, type="private_group"
        ),
    )
    assert [one.telegram_id for one in said(found)] == [-1001234567890, -55]
    assert found.chat_id == -55


TEXTS = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["\ud83d", "😀" * 2048, "=1+1", "\u202eabc", "\0", "a\x0bb\r\nc", "🏳️‍🌈", "• 一\n• 二"]
)
KINDS = st.sampled_from(["text", "photo", "voice", "video", "document", "sticker", "dice", "rich"])


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(TEXTS, KINDS), min_size=1, max_size=6), st.booleans())
def test_export_import_export_gives_the_same_remarks(
    tmp_path: Path,
    said: list[tuple[str, str]],
    names: bool,  # noqa: FBT001  drawn
) -> None:
    for path in tmp_path.glob("*.db*"):
        path.unlink()
    one = Store.open(tmp_path / "one.db", key=KEY, clock=lambda: NOON)
    held = Classroom(one, NOON)
    held.opens()
    first = held.says(held.student(1, "葉清秋"), "第一句")
    held.edits(first, "改過的第一句，葉清秋說")
    for number, (text, kind) in enumerate(said):
        stored = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")
        held.says(held.student(number % 3), stored, kind=kind, reply_to_message_id=first.message_id)
    before = exported(one, held.seminar.id, tmp_path / "a.json", names=names)
    one.close()

    two = Store.open(tmp_path / "two.db", key=bytes(32), clock=lambda: NOON)
    there = two.seminars.bind(CHAT, title="人文研討", pack="ai-film", language="zh-Hant").id
    found = read_telegram(two, tmp_path / "a.json")
    assert problems(found) == []
    assert bring(two, found, there).added == len(said) + 1
    after = exported(two, there, tmp_path / "b.json", names=names)
    two.close()
    assert after["messages"] == before["messages"]
    assert (after["id"], after["type"], after["name"]) == (before["id"], before["type"], before["name"])
