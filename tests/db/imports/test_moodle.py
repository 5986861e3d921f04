import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.imports.import_file import Discussion, Unreadable, merge, read_moodle
from db.imports.moodle import plain_text
from db.store import Store

COLUMNS = """
    id discussion parent userid userfullname created modified mailed subject message messageformat
    messagetrust attachment totalscore mailnow deleted privatereplyto
    privatereplytofullname wordcount
    charcount
""".split()  # noqa: SIM905  read as Moodle writes them
CREATED = 1769990400


def post(number: int, **more: object) -> dict[str, object]:
    base: dict[str, object] = dict.fromkeys(COLUMNS, "0")
    return base | {
        "id": number,
        "discussion": 1,
        "parent": 0 if number == 1 else 1,
        "userid": 10 + number % 2,
        "userfullname": f"學生{number % 2}",
        "created": CREATED + number,
        "modified": CREATED + number,
        "subject": "溫度" if number == 1 else "Re: 溫度",
        "message": f"<p>第{number}則</p>",
        "messageformat": "1",
        **more,
    }


def saved(folder: Path, *posts: dict[str, object]) -> Path:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    writer.writerows(posts)
    path = folder / "discussion.csv"
    path.write_text("\ufeff" + file.getvalue(), encoding="utf-8")
    return path


@pytest.fixture
def seminar(store: Store) -> int:
    return store.seminars.bind(-5, title="讀書會", pack="ai-film", language="zh-Hant").id


def load(store: Store, seminar: int, folder: Path, *posts: dict[str, object]) -> Discussion:
    return read_moodle(store, saved(folder, *posts), seminar)


def test_posts_become_a_round_with_replies_and_edits(store: Store, seminar: int, tmp_path: Path) -> None:
    edited = post(2, modified=CREATED + 99)
    merged = merge(store, seminar, load(store, seminar, tmp_path, post(1), edited, post(3)))
    assert (merged.added, merged.round_number, merged.problems) == (3, 1, ())
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
    merge(store, seminar, load(store, seminar, tmp_path, post(1), post(2)))
    again = merge(store, seminar, load(store, seminar, tmp_path, post(1), post(2), post(3)))
    assert (again.added, again.known, again.round_number) == (1, 2, 1)


def test_deleted_posts_and_private_replies_stay_out(store: Store, seminar: int, tmp_path: Path) -> None:
    found = load(store, seminar, tmp_path, post(1), post(2, deleted=1), post(3, privatereplyto=10))
    assert ([one.message_id for one in found.messages], found.passed_over) == ([1], 2)


def test_bad_rows_are_listed_and_the_rest_is_imported(store: Store, seminar: int, tmp_path: Path) -> None:
    bad = [
        post(2, created="2026年3月1日"),
        post(3, id="x"),
        post(4, message="長" * 70_000),
        post(5, parent="-"),
    ]
    found = load(store, seminar, tmp_path, post(1), *bad, post(6))
    assert [one.message_id for one in found.messages] == [1, 6]
    assert [problem.where for problem in found.problems] == [
        f"第 {line} 行 / line {line}" for line in range(3, 7)
    ]
    assert "human-readable" in found.problems[0].why


def test_a_short_row_is_listed(store: Store, seminar: int, tmp_path: Path) -> None:
    path = saved(tmp_path, post(1))
    path.write_text(path.read_text("utf-8") + "7,1\r\n", encoding="utf-8")
    assert len(read_moodle(store, path, seminar).problems) == 1


def test_another_csv_is_refused(store: Store, seminar: int, tmp_path: Path) -> None:
    for text in ("", "a,b\r\n1,2\r\n", "\x00"):
        (tmp_path / "other.csv").write_text(text)
        with pytest.raises(Unreadable, match="userfullname"):
            read_moodle(store, tmp_path / "other.csv", seminar)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>一 &amp; 二</p>\n<p>三<br>四</p>", "一 & 二\n三\n四"),
        ('<img alt="圖說" src="x"><script>alert(1)</script>', "[圖說]"),
        ("<ul><li>甲</li><li>乙</li></ul>", "甲\n乙"),
        ("沒有標記\n  的文字", "沒有標記\n  的文字"),
        ("3 < 4", "3 < 4"),
        ("<p>未關閉", "未關閉"),
    ],
)
def test_html_becomes_what_it_says(html: str, text: str) -> None:
    assert plain_text(html) == text
