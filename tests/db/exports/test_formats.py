"""What holds for every format: aliases, filters, a dictionary, streaming."""

import io
import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import IO, Any, cast

import openpyxl  # type: ignore[import-untyped]  # it ships no types
import pytest

from bot.cli.export import FormatChoice
from db.discussion.remarks import NewRemark
from db.exports.export import DEFAULT, FORMATS, Job, appears, reading, total, write_export
from tests.db.classroom import Classroom
from tests.db.conftest import NOON
from tests.db.exports.exported import NOBODYS, everything, hold, table, unpacked, write


@pytest.fixture
def held(classroom: Classroom) -> Classroom:
    return hold(classroom)


every_format = pytest.mark.parametrize("name", FORMATS)


@every_format
def test_by_default_nobody_is_named_anywhere(held: Classroom, tmp_path: Path, name: str) -> None:
    text = everything(write(held, name, tmp_path))
    if name in {"sqlite", "qdpx"}:  # bytes and ids may hold any digits
        assert not [who for who in NOBODYS[:3] if who in text]
    else:
        assert not [who for who in NOBODYS if f"user{who}" in text or (who in text and not who.isdigit())]
    alias = held.store.aliases.of(held.seminar.id, held.student(1, "葉清秋", "yeqingqiu").id)
    assert alias in text


@every_format
def test_with_names_they_are_there_and_it_says_so(held: Classroom, tmp_path: Path, name: str) -> None:
    if not FORMATS[name].can_name:
        with pytest.raises(ValueError, match="never carries names"):
            write(held, name, tmp_path, names=True)
        return
    text = everything(write(held, name, tmp_path, names=True))
    assert "葉清秋" in text
    assert "含真實姓名" in text


@every_format
def test_each_says_its_version_its_filters_and_what_is_in_it(
    held: Classroom, tmp_path: Path, name: str
) -> None:
    second = held.store.rounds.of(held.seminar.id)[1]
    text = everything(write(held, name, tmp_path, round_id=second.id, since=NOON))
    assert "wendu" in text
    assert "2026-03-02t12:00:00+00:00" in text
    assert "化名" in text
    assert "第二輪" in text
    assert "大理石" not in text, "the other round's"


@every_format
def test_a_person_and_a_time_can_be_chosen(held: Classroom, tmp_path: Path, name: str) -> None:
    alias = held.store.aliases.of(held.seminar.id, held.student(2, "Amy Lin").id)
    text = everything(write(held, name, tmp_path, person=alias))
    assert "再回第一則" in text
    assert "另一件事" not in text
    text = everything(write(held, name, tmp_path, until=NOON + timedelta(seconds=4)))
    assert "另一件事" in text
    assert "再回第一則" not in text


@every_format
def test_it_can_be_written_to_a_pipe(held: Classroom, name: str) -> None:
    pipe = Pipe()
    seen: list[int] = []
    with reading(Job(held.store, held.seminar.id, progress=seen.append)) as job:
        write_export(job, name, cast("IO[bytes]", pipe))
        assert sum(seen) > 0
        assert total(job, name) > 0
    assert pipe.written > 500


class Pipe(io.RawIOBase):
    """Takes bytes and cannot go back."""

    written = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.written += len(bytes(data))
        return len(bytes(data))


def test_a_seminar_where_nothing_was_said_exports_too(classroom: Classroom, tmp_path: Path) -> None:
    for name in FORMATS:
        assert write(classroom, name, tmp_path).stat().st_size > 0


def test_the_command_knows_every_format() -> None:
    assert list(FORMATS) == list(FormatChoice().choices)
    assert DEFAULT == "bundle"


def test_a_masked_person_cannot_be_found_by_their_alias(held: Classroom, tmp_path: Path) -> None:
    """Filtering by alias must not lift the mask: who speaks under one is found by the mask alone."""
    two = held.student(2, "Amy Lin")
    second = held.store.rounds.of(held.seminar.id)[1]
    mask = held.store.masks.of(second.id, two.id)
    held.store.remarks.log(
        NewRemark(
            round_id=second.id,
            person_id=two.id,
            chat_id=held.seminar.chat_id,
            message_id=500,
            sent_at=NOON,
            text="戴著面具說",
            via="relay",
        )
    )
    alias = held.store.aliases.of(held.seminar.id, two.id)
    for name in FORMATS:
        assert "戴著面具說" not in everything(write(held, name, tmp_path, person=alias)), name
        assert "戴著面具說" in everything(write(held, name, tmp_path, person=mask)), name
    with reading(Job(held.store, held.seminar.id)) as job:
        assert [appears(job, who) for who in (alias, mask, "沒有人")] == [True, True, False]


def test_csv_has_a_table_for_everything(held: Classroom, tmp_path: Path) -> None:
    files = unpacked(write(held, "csv", tmp_path))
    assert list(files) == [
        "rounds.csv",
        "remarks.csv",
        "questions.csv",
        "stances.csv",
        "moves.csv",
        "data-dictionary.md",
    ]
    assert [len(table(files[name])) for name in list(files)[:-1]] == [2, 7, 1, 3, 1]
    assert table(files["rounds.csv"])[0]["prompt_text"].endswith("問：AI 能否承載溫度？")
    assert table(files["moves.csv"])[0]["trigger_message_id"] == "2"


def test_jsonl_has_every_version_and_every_kind_of_line(held: Classroom, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in write(held, "jsonl", tmp_path).read_text("utf-8").splitlines()]
    head, *rest = lines
    assert head["type"] == "export"
    assert set(head["dictionary"]) == {"rounds", "versions", "questions", "stances", "moves"}
    counts = {kind: sum(line["type"] == kind for line in rest) for kind in ("round", "remark", "stance")}
    assert counts == {"round": 2, "remark": 8, "stance": 3}
    versions = [line["text"] for line in rest if line.get("message_id") == 1 and line["type"] == "remark"]
    assert versions[0] == "=1+1 其實是公式", "as it was said"
    assert len(versions) == 2


def test_md_indents_each_reply_below_what_it_answers(held: Classroom, tmp_path: Path) -> None:
    lines = write(held, "md", tmp_path).read_text("utf-8").splitlines()
    quoted = [
        line
        for line in lines
        if line.lstrip("> ")[:4] in {"\\# 我", "我同意山", "另一件事", "再回第一", "回再回"}
        or "我同意" in line
    ]
    starts = [(line.count("> "), line.replace("> ", "")[:3]) for line in quoted]
    assert starts == [(1, "\\# "), (2, "我同意"), (3, "回再回"), (2, "再回第"), (1, "另一件")]


def test_md_loses_nobody_in_circles_of_replies(classroom: Classroom, tmp_path: Path) -> None:
    classroom.opens()
    for number, reply in ((1, 2), (2, 1), (3, 3), (4, 99)):
        classroom.says(classroom.student(1), f"第{number}句", reply_to_message_id=reply)
    text = write(classroom, "md", tmp_path).read_text("utf-8")
    assert [text.count(f"第{number}句") for number in range(1, 5)] == [1, 1, 1, 1]


def test_sqlite_opens_with_views_and_metadata_and_holds_nothing_else(held: Classroom, tmp_path: Path) -> None:
    files = unpacked(write(held, "sqlite", tmp_path))
    assert list(files) == ["wendu.db", "metadata.json", "data-dictionary.md"]
    path = tmp_path / "wendu-copy.db"
    path.write_bytes(files["wendu.db"])
    with closing(sqlite3.connect(path)) as made:
        assert made.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        names = {
            row[0] for row in made.execute("SELECT name FROM sqlite_master WHERE type IN ('table','view')")
        }
        assert names == {
            *("rounds", "versions", "questions", "stances", "moves", "about"),
            *("remarks", "replies", "participation", "stance_changes"),
        }
        assert made.execute("SELECT count(*) FROM remarks").fetchone() == (7,)
        assert made.execute("SELECT change FROM stance_changes").fetchall() == [(2,)]
        assert made.execute("SELECT sum(times) FROM replies").fetchone() == (3,)
        tables = json.loads(files["metadata.json"])["databases"]["wendu"]["tables"]
        assert set(tables) | {"about"} == names
        for table_name in ("rounds", "versions", "questions", "stances", "moves"):
            columns = [row[1] for row in made.execute(f"PRAGMA table_info({table_name})")]
            assert list(tables[table_name]["columns"]) == columns


def test_xlsx_is_read_again_with_frozen_headers_filters_and_no_formula(
    held: Classroom, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(write(held, "xlsx", tmp_path))
    assert book.sheetnames == [
        *("rounds", "remarks", "questions", "stances", "moves", "stance_chart", "data-dictionary")
    ]
    sheet = book["remarks"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:J8"
    texts = [row[-1].value for row in sheet.iter_rows(min_row=2)]
    assert texts[2] == "另一件事：大理石"
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)
    counts = [[cell.value for cell in row] for row in book["stance_chart"].iter_rows(min_row=2)]
    assert counts == [["1 前 / before", 0, 1, 0, 0, 1], ["1 後 / after", 0, 0, 0, 1, 0]]
    assert len(book["stance_chart"]._charts) == 1
