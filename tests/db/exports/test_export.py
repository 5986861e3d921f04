import csv
import io
import json
import re
import threading
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.exports.export import Filters, Job
from db.exports.spreadsheet_cells import safe_cell
from db.privacy.pseudonyms import masker
from tests.db.classroom import Classroom
from tests.db.conftest import NOON
from tests.db.exports.exported import export_zip


def contents(path: Path) -> dict[str, str]:
    with ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.fixture
def held(classroom: Classroom) -> Classroom:
    """A seminar with two rounds: one closed, with replies, an edit, stances and a question; one open."""
    one, two = classroom.student(1, "葉清秋", "yeqingqiu"), classroom.student(2, "Amy Lin")
    first = classroom.opens("葉清秋問：AI 能否承載溫度？")
    draft = classroom.says(one, "=1+1 其實是公式")
    classroom.says(two, "我同意葉清秋，@yeqingqiu 說得對", reply_to_message_id=draft.message_id)
    classroom.edits(draft, "# 我改了：amy lin 說服了我\n<b>真的</b>")
    classroom.says(two, "", kind="photo")
    classroom.store.stances.set(first.id, one.id, "before", 2, NOON, "Amy 不同意")
    classroom.store.stances.set(first.id, one.id, "after", 4, NOON)
    classroom.asks(two, "葉清秋提到的大理石是什麼？")
    classroom.closes(first)
    classroom.now = NOON + timedelta(days=1)
    classroom.opens("第二題")
    classroom.says(two, "第二輪")
    return classroom


def test_the_zip_holds_all_tables_the_discussion_and_what_they_mean(held: Classroom, tmp_path: Path) -> None:
    path = export_zip(tmp_path / "out.zip", Job(held.store, held.seminar.id))
    found = contents(path)
    assert list(found) == [
        "remarks.csv",
        "remarks.jsonl",
        "questions.csv",
        "stances.csv",
        "discussion.md",
        "data-dictionary.md",
    ]
    assert [row["round"] for row in table(found["remarks.csv"])] == ["1", "1", "1", "2"]
    assert [json.loads(line)["version"] for line in found["remarks.jsonl"].splitlines()] == [1, 2, 1, 1, 1]
    assert [row["snippets"] for row in table(found["questions.csv"])] == ['["marble"]']
    assert [(row["moment"], row["step"]) for row in table(found["stances.csv"])] == [
        ("after", "4"),
        ("before", "2"),
    ]
    assert all(text.startswith("\ufeff") for name, text in found.items() if name.endswith(".csv"))


def test_the_dictionary_tells_every_column_of_every_table(held: Classroom, tmp_path: Path) -> None:
    for names in (False, True):
        found = contents(export_zip(tmp_path / "out.zip", Job(held.store, held.seminar.id, names=names)))
        for file, text in found.items():
            columns = (
                next(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
                if file.endswith(".csv")
                else list(json.loads(text.splitlines()[0]))
                if file.endswith(".jsonl")
                else []
            )
            section = found["data-dictionary.md"].partition(f"## {file}")[2].partition("\n## ")[0]
            if columns:
                assert re.findall(r"^\| (\w+) \|", section, re.MULTILINE) == columns


def test_by_default_nobody_is_named_anywhere(held: Classroom, tmp_path: Path) -> None:
    found = contents(export_zip(tmp_path / "out.zip", Job(held.store, held.seminar.id)))
    for file, text in found.items():
        for name in ("葉清秋", "yeqingqiu", "amy", "101", "102"):
            assert name not in text.casefold(), f"{name} in {file}"
    one = held.store.aliases.of(held.seminar.id, held.student(1, "葉清秋", "yeqingqiu").id)
    assert f"我同意{one}，@{one} 說得對" in found["remarks.csv"]
    assert f"**{one}**" in found["discussion.md"]


def test_with_names_the_export_has_them_and_says_so(held: Classroom, tmp_path: Path) -> None:
    found = contents(export_zip(tmp_path / "out.zip", Job(held.store, held.seminar.id, names=True)))
    row = table(found["remarks.csv"])[1]
    assert (row["name"], row["text"]) == ("Amy Lin", "我同意葉清秋，@yeqingqiu 說得對")
    assert "真實姓名" in found["data-dictionary.md"]
    assert "**葉清秋**" in found["discussion.md"]


def test_one_round_can_be_exported_alone(held: Classroom, tmp_path: Path) -> None:
    second = held.store.rounds.of(held.seminar.id)[1]
    path = export_zip(tmp_path / "out.zip", Job(held.store, held.seminar.id, Filters(second.id)))
    found = contents(path)
    assert [row["text"] for row in table(found["remarks.csv"])] == ["第二輪"]
    assert table(found["stances.csv"]) == table(found["questions.csv"]) == []
    assert "第 2 輪 / round 2" in found["data-dictionary.md"]
    assert "第 1 輪" not in found["discussion.md"]


def test_a_round_of_another_seminar_is_refused(held: Classroom, tmp_path: Path) -> None:
    other = held.store.seminars.bind(-7, pack="ai-film", language="en")
    first = held.store.rounds.of(held.seminar.id)[0]
    with pytest.raises(LookupError):
        export_zip(tmp_path / "out.zip", Job(held.store, other.id, Filters(first.id)))
    with pytest.raises(LookupError):
        export_zip(tmp_path / "out.zip", Job(held.store, 99))
    assert not (tmp_path / "out.zip").exists()


def test_a_word_of_the_reading_is_nobodys_name_in_an_export(held: Classroom, tmp_path: Path) -> None:
    namesake = held.student(3, "大理石")
    held.says(namesake, "大理石是冷的")
    held.store.terms = frozenset({"大理石"})
    found = contents(export_zip(tmp_path / "out.zip", Job(held.store, held.seminar.id)))
    assert "> 大理石是冷的" in found["discussion.md"]


def test_the_discussion_is_read_in_order_with_replies_edits_and_local_time(
    held: Classroom, tmp_path: Path
) -> None:
    path = export_zip(
        tmp_path / "out.zip", Job(held.store, held.seminar.id, timezone=ZoneInfo("Asia/Taipei"))
    )
    lines = contents(path)["discussion.md"].splitlines()
    aliases = held.store.aliases.all(held.seminar.id)
    one, two = (
        aliases[held.store.people.meet(100 + n, name).id] for n, name in ((1, "葉清秋"), (2, "Amy Lin"))
    )
    assert lines[0] == "# 人文研討"
    assert f"**{one}** 20:00，編輯 1 次" in lines
    assert f"**{two}** 20:00，回覆 {one} 20:00" in lines
    assert f"**{two}** 20:00，圖片" in lines
    assert f"> \\# 我改了：{two} 說服了我" in lines, "what people write is no markup"
    assert "> &lt;b>真的&lt;/b>" in lines
    assert "| 2 反對 | 1 | 0 |" in lines, "steps are called as on the buttons"


def test_an_export_may_be_made_in_another_thread_while_the_class_goes_on(
    held: Classroom, tmp_path: Path
) -> None:
    made: list[Path] = []
    seminar_id = held.seminar.id
    thread = threading.Thread(
        target=lambda: made.append(export_zip(tmp_path / "out.zip", Job(held.store, seminar_id)))
    )
    thread.start()
    held.says(held.student(2, "Amy Lin"), "還在說")
    thread.join()
    assert made == [tmp_path / "out.zip"]


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
@pytest.mark.parametrize("before", ["", " ", "\u3000", "\t", "\n "])
def test_no_cell_is_a_formula(sign: str, before: str) -> None:
    assert safe_cell(f"{before}{sign}cmd|' /C calc'!A0") == f"'{before}{sign}cmd|' /C calc'!A0"


@pytest.mark.parametrize("first", ["\t", "\r", "\n"])
def test_no_cell_begins_with_a_tab_or_a_line_break(first: str) -> None:
    assert str(safe_cell(f"{first}文字")).startswith("'")


def test_numbers_stay_numbers_and_plain_words_stay_as_they_are() -> None:
    assert [safe_cell(value) for value in (-5, 0.5, None, "有溫度 = 好", "1-2")] == [
        -5,
        0.5,
        "",
        "有溫度 = 好",
        "1-2",
    ]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # busy machines
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_a_csv_as_it_was(text: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerow([safe_cell(text), "x"])
    (row,) = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert row[0] in {text, f"'{text}"}
    assert not row[0].lstrip().startswith(tuple("=+-@＝＋－＠"))


def test_names_are_replaced_as_wholes_and_the_longest_first() -> None:
    mask = masker(
        [("Ann", "ann", "山羊"), ("Anna Wu", "", "青鳥"), ("安", "", "白鷺"), ("小安", "an_a", "水獺")]
    )
    assert mask("ann 和 Anna、@an_a、@ANN 與 Annapolis、小安安") == (
        "山羊 和 青鳥、@水獺、@山羊 與 Annapolis、水獺安"
    )


def test_a_name_that_looks_like_a_pattern_is_taken_as_it_is() -> None:
    mask = masker([("(.*)", "", "山羊"), ("C++", "", "青鳥"), ("", "", "水獺")])
    assert mask("(.*) 與 C++ 與 C 與其他") == "山羊 與 青鳥 與 C 與其他"
    assert masker([])("沒有人") == "沒有人"
