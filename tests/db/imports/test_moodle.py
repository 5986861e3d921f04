from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.imports.found import Unreadable
from db.imports.html_text import plain_text
from db.imports.import_file import read_moodle
from db.store import Store
from tests.db.imports.held_elsewhere import CREATED, bring, brought_table, post, saved_table, table


@pytest.fixture
def seminar(store: Store) -> int:
    return store.seminars.bind(-5, title="讀書會", pack="ai-film", language="zh-Hant").id


def words(store: Store, seminar: int) -> list[list[str]]:
    """Return what was said, round by round."""
    return [[one.text for one in store.remarks.of(held.id)] for held in store.rounds.of(seminar)]


def test_posts_become_a_round_with_replies_and_edits(store: Store, seminar: int, tmp_path: Path) -> None:
    edited = post(2, modified=CREATED + 99)
    merged = brought_table(store, tmp_path, seminar, post(1), edited, post(3))
    assert (merged.added, merged.round_numbers, merged.problems) == (3, (1,), [])
    (made,) = store.rounds.of(seminar)
    assert made.prompt_text == "溫度"
    remarks = store.remarks.of(made.id)
    assert [(one.text, one.reply_to_message_id) for one in remarks] == [
        ("溫度\n\n第1則", None),
        ("第2則", 1),
        ("第3則", 1),
    ]
    assert remarks[0].sent_at == datetime.fromtimestamp(CREATED + 1, UTC)
    assert remarks[0].alias == remarks[2].alias != remarks[1].alias


def test_again_nothing_is_doubled(store: Store, seminar: int, tmp_path: Path) -> None:
    brought_table(store, tmp_path, seminar, post(1), post(2))
    again = brought_table(store, tmp_path, seminar, post(1), post(2), post(3))
    assert (again.added, again.known, again.round_numbers) == (1, 2, (1,))


def test_each_discussion_is_a_round_called_by_its_first_subject(
    store: Store, seminar: int, tmp_path: Path
) -> None:
    merged = brought_table(
        store,
        tmp_path,
        seminar,
        post(1, subject="第一週：光"),
        post(2, discussion=7, parent=0, subject="第二週：影"),
        post(3, subject="Re: 第一週：光"),
        post(4, discussion=7, parent=2),
        post(5, discussion=9, parent=30, subject="回覆：第三週：聲"),
    )
    assert merged.round_numbers == (1, 2, 3)
    titles = [held.prompt_text for held in store.rounds.of(seminar)]
    assert titles == ["第一週：光", "第二週：影", "第三週：聲"]
    assert [len(said) for said in words(store, seminar)] == [2, 2, 1]
    again = brought_table(store, tmp_path, seminar, post(1), post(6, discussion=7, parent=2))
    assert (again.added, len(store.rounds.of(seminar))) == (1, 4), "another title: another round"


def test_discussions_of_one_subject_stay_apart(store: Store, seminar: int, tmp_path: Path) -> None:
    brought_table(store, tmp_path, seminar, post(1), post(2, discussion=2, parent=0, subject="溫度"))
    assert [len(said) for said in words(store, seminar)] == [1, 1]


def test_deleted_posts_and_private_replies_stay_out(store: Store, seminar: int, tmp_path: Path) -> None:
    merged = brought_table(store, tmp_path, seminar, post(1), post(2, deleted=1), post(3, privatereplyto=10))
    assert (merged.added, sum(merged.aside.values())) == (1, 2)


def test_bad_rows_are_listed_and_the_rest_is_imported(store: Store, seminar: int, tmp_path: Path) -> None:
    bad = [
        post(2, created="2026年3月1日"),
        post(3, id="x"),
        post(4, message="長" * 70_000),
        post(5, parent="-"),
    ]
    merged = brought_table(store, tmp_path, seminar, post(1), *bad, post(6))
    assert (merged.added, merged.unread) == (2, 4)
    lines = [f"第 {line} 行 / line {line}" for line in range(3, 7)]
    assert [problem.where for problem in merged.problems] == lines
    assert "human-readable" in merged.problems[0].why


def test_a_short_row_is_listed(store: Store, seminar: int, tmp_path: Path) -> None:
    path = saved_table(tmp_path, post(1))
    path.write_text(path.read_text("utf-8") + "7,1\r\n", encoding="utf-8")
    assert bring(store, read_moodle(store, path, seminar), seminar).unread == 1


@pytest.mark.parametrize("eaten", ["1.77E+09", "1,77003E+09", "1E9", "########"])
def test_numbers_that_a_spreadsheet_has_eaten_are_named(
    store: Store, seminar: int, tmp_path: Path, eaten: str
) -> None:
    rows = [post(1, userid=eaten), post(2, created=eaten), post(3, id=eaten)]
    merged = brought_table(store, tmp_path, seminar, *rows)
    assert (merged.added, merged.unread) == (0, 3)
    assert all("試算表" in problem.why and eaten in problem.why for problem in merged.problems)


def test_another_csv_is_refused(store: Store, seminar: int, tmp_path: Path) -> None:
    for text in ("", "a,b\r\n1,2\r\n", "\x00"):
        (tmp_path / "other.csv").write_text(text)
        with pytest.raises(Unreadable, match="userfullname"):
            read_moodle(store, tmp_path / "other.csv", seminar)


@pytest.mark.parametrize(
    ("content", "format_"),
    [
        (b"PK\x03\x04....xl/workbook.xml", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><table>", "HTML"),
        (b'[[{"id": 1}]]', "JSON"),
        (b"\xd0\xcf\x11\xe0old", "Excel"),
    ],
)
def test_the_other_formats_of_moodle_are_named_with_the_one_to_choose(
    store: Store, seminar: int, tmp_path: Path, content: bytes, format_: str
) -> None:
    (tmp_path / "forum").write_bytes(content)
    with pytest.raises(Unreadable, match=f"{format_}.*csv"):
        read_moodle(store, tmp_path / "forum", seminar)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp950"])
def test_every_separator_and_encoding_of_a_spreadsheet_gives_the_same(
    store: Store, seminar: int, tmp_path: Path, encoding: str, separator: str
) -> None:
    rows = [post(1, subject="電影，還是；機器？"), post(2, message="<p>攝影機\t後面；有人</p>")]
    brought_table(store, tmp_path, seminar, *rows, encoding=encoding, separator=separator)
    assert words(store, seminar) == [["電影，還是；機器？\n\n第1則", "攝影機 後面；有人"]]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp950", "好"),
        ("cp950", "陳老師請大家先讀第三段，再寫一百字。"),
        ("gb18030", "老师请大家先读第三段，然后写一百字。"),
        ("shift_jis", "私はそう思いません。カメラを動かすのは人の手です。"),
        ("cp1252", "Température : l'élève a écrit que l'œuvre est née d'un geste."),
    ],
)
def test_what_is_not_utf8_is_read_as_it_was_written(
    store: Store, seminar: int, tmp_path: Path, encoding: str, text: str
) -> None:
    plain = dict.fromkeys(("userfullname", "subject"), "Lin")
    found = read_moodle(
        store, saved_table(tmp_path, post(1, message=text, **plain), encoding=encoding), seminar
    )
    bring(store, found, seminar)
    assert words(store, seminar) == [[f"Lin\n\n{text}"]]
    assert any(encoding in note for note in found.notes), "it is said how the file was read"


def test_bytes_of_no_encoding_are_refused_and_never_replaced(
    store: Store, seminar: int, tmp_path: Path
) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(
        table(post(1, message="前面都對" * 2000)).encode() + "最後一列".encode("cp950") + b"\xff\xff"
    )
    with pytest.raises(Unreadable, match="UTF-8"):
        bring(store, read_moodle(store, path, seminar), seminar)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>一 &amp; 二</p>\n<p>三<br>四</p>", "一 & 二\n\n三\n四"),
        ('<img alt="圖說" src="x"><script>alert(1)</script>', "[圖說]"),
        ("<ul><li>甲</li><li>乙</li></ul>", "甲\n乙"),
        ("沒有標記\n  的文字", "沒有標記\n  的文字"),
        ("3 < 4", "3 < 4"),
        ("<p>未關閉", "未關閉"),
        ("<div>一行</div><div>又一行</div>", "一行\n又一行"),
        ("一段<br><br>又一段", "一段\n\n又一段"),
        ("<table><tr><th>年</th><th>片</th></tr><tr><td>1</td><td>二</td></tr></table>", "年 | 片\n1 | 二"),
        ("<p>若 a<b 且 c>d，則 <code>f(x<y)</code></p>", "若 a<b 且 c>d，則 f(x<y)"),
        ("<o:p>Word</o:p> 貼上的", "Word 貼上的"),
    ],
)
def test_html_becomes_what_it_says(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_line_breaks_count_where_moodle_makes_them_count() -> None:
    written = "自己按的\n\n換行，2 < 3 與 <b>粗體</b>"
    assert plain_text(written, breaks_count=True) == "自己按的\n\n換行，2 < 3 與 粗體"
    assert plain_text(written) == "自己按的 換行，2 < 3 與 粗體"


@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="<>&\r", exclude_categories=["Cc", "Zs", "Zl", "Zp"])
    )
)
def test_no_word_is_lost_between_tags(text: str) -> None:
    assert plain_text(f"<div><p>{text}</p></div>").strip("| ") == text.strip("| ")
