"""Any text comes back from every format unchanged, or as that format's documentation says."""

import csv
import io
import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl  # type: ignore[import-untyped]  # it ships no types
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]  # likewise

from db.exports.export import FORMATS
from db.exports.spreadsheet_cells import safe_text
from db.exports.xml_text import xml_text
from db.imports.found import cleaned
from db.store import Store
from tests.db.classroom import Classroom
from tests.db.conftest import KEY, NOON
from tests.db.exports.exported import everything, unpacked, write

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u3000+", "\ufeff@", "\u200b-")
TEXTS = (
    st.text(st.characters(), max_size=80)
    | st.builds(lambda sign, rest: sign + rest, st.sampled_from(SIGNS), st.text(max_size=20))
    | st.sampled_from(
        [
            "😀" * 4096,
            "字" * 4096,
            "\ud83d 半個",
            "\0",
            "\u202e反向\u202c \u2066x\u2069",
            "a\x0b\x1f\x7fb\r\nc\rd\u2028e\x85f",
            "🏳️‍🌈👩‍👩‍👧‍👦",
            '"引號", 逗號\n換行',
            "_x0041_ &amp; <b>]]></b> --> %s {0} \\x0B",
            "\ufffe\uffff",
            "",
        ]
    )
)
MANY = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
said = given(st.lists(TEXTS, min_size=1, max_size=8))


def held(folder: Path, texts: list[str]) -> tuple[Classroom, list[str]]:
    """Log the texts as the intake would clean them, by one person in one round; return them as logged."""
    for old in folder.glob("t.db*"):
        old.unlink()
    classroom = Classroom(Store.open(folder / "t.db", key=KEY, clock=lambda: NOON), NOON)
    classroom.opens()
    logged = [cleaned(text) for text in texts]
    for text in logged:
        classroom.says(classroom.student(1, "葉清秋Q"), text)
    return classroom, logged


def test_a_text_that_came_in_before_all_were_cleaned_keeps_nothing_from_being_exported(
    tmp_path: Path,
) -> None:
    classroom, _ = held(tmp_path, ["有溫度"])
    classroom.says(classroom.student(2, "林小安"), "NUL\0 葉清秋Q 說")
    for name in FORMATS:
        assert "葉清秋Q" not in everything(write(classroom, name, tmp_path))
    classroom.store.close()


@MANY
@said
def test_json_formats_and_databases_carry_them_unchanged(tmp_path: Path, texts: list[str]) -> None:
    classroom, logged = held(tmp_path, texts)
    lines = write(classroom, "jsonl", tmp_path).read_text("utf-8").split("\n")
    remarks = [one for line in lines if line if (one := json.loads(line))["type"] == "remark"]
    assert [one["text"] for one in remarks] == logged
    messages = json.loads(write(classroom, "telegram", tmp_path).read_text("utf-8"))["messages"]
    assert [one["text"] for one in messages] == logged
    statements = json.loads(unpacked(write(classroom, "xapi", tmp_path))["statements.json"])
    assert [one["result"]["response"] for one in statements if "result" in one] == logged
    (tmp_path / "copy.db").write_bytes(unpacked(write(classroom, "sqlite", tmp_path))["wendu.db"])
    with closing(sqlite3.connect(tmp_path / "copy.db")) as made:
        assert [row[0] for row in made.execute("SELECT text FROM versions")] == logged
    classroom.store.close()


@MANY
@said
def test_csv_carries_them_with_an_apostrophe_before_formulas(tmp_path: Path, texts: list[str]) -> None:
    classroom, logged = held(tmp_path, texts)
    for name in ("csv", "bundle"):
        content = unpacked(write(classroom, name, tmp_path))["remarks.csv"].decode("utf-8-sig")
        csv.field_size_limit(1_000_000)
        found = [row["text"] for row in csv.DictReader(io.StringIO(content, newline=""))]
        assert found == [safe_text(text) for text in logged]
        assert not [text for text in found if re.match(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]|[\t\r\n]", text)]
    classroom.store.close()


@MANY
@said
def test_xlsx_carries_them_but_for_control_characters_and_has_no_formula(
    tmp_path: Path, texts: list[str]
) -> None:
    classroom, logged = held(tmp_path, texts)
    sheet = openpyxl.load_workbook(write(classroom, "xlsx", tmp_path))["remarks"]
    cells = [row[-1] for row in sheet.iter_rows(min_row=2)]
    assert [unescape(cell.value or "") for cell in cells] == [xml_text(text) for text in logged]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}, "n: an empty cell"
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    classroom.store.close()


@MANY
@said
def test_qdpx_carries_them_but_for_control_characters(tmp_path: Path, texts: list[str]) -> None:
    classroom, logged = held(tmp_path, texts)
    files = unpacked(write(classroom, "qdpx", tmp_path))
    (source,) = ET.fromstring(files["project.qde"]).iter("{urn:QDA-XML:project:1.0}TextSource")
    words = files[f"sources/{source.get('guid')}.txt"].decode("utf-8")
    found = [
        words[int(one.get("startPosition", "")) : int(one.get("endPosition", ""))]
        for one in source.iter("{urn:QDA-XML:project:1.0}PlainTextSelection")
    ]
    assert found == [xml_text(text) or "[text]" for text in logged]
    assert "\r" not in words, "every program counts the same characters"
    classroom.store.close()


@MANY
@said
def test_md_carries_every_line_quoted(tmp_path: Path, texts: list[str]) -> None:
    classroom, logged = held(tmp_path, texts)
    content = write(classroom, "md", tmp_path).read_text("utf-8")
    shown = content.replace("&lt;", "<").replace("&amp;", "&").replace("\\", "")
    for text in logged:
        for line in text.splitlines():
            assert f"> {line.replace(chr(92), '')}".rstrip() in shown
    classroom.store.close()


@MANY
@given(st.lists(TEXTS | st.text("\\[]()!`*_~<>&|#-+=.1 \tahttps:/x\n", max_size=40), min_size=1, max_size=8))
def test_md_shows_what_was_said_and_nothing_in_it_comes_alive(tmp_path: Path, texts: list[str]) -> None:
    lively = ["[請按我](https://evil.example) ![](https://evil.example/pixel.png)", "1. 一", "- *二*", *texts]
    assert alive(tmp_path, lively) == alive(tmp_path, ["有溫度"])


def alive(folder: Path, texts: list[str]) -> Counter[str]:
    """Count what Markdown makes of the page, but for paragraphs, quotations and line breaks."""
    classroom, _ = held(folder, texts)
    page = write(classroom, "md", folder).read_text("utf-8")
    classroom.store.close()
    tokens = MarkdownIt("commonmark").enable("table").parse(page)
    kinds = Counter(each.type for token in tokens for each in (token, *(token.children or ())))
    quiet = r"paragraph_|blockquote_|inline|text|softbreak|hardbreak|html_block|code_block|strong_"
    return Counter({kind: count for kind, count in kinds.items() if not re.match(quiet, kind)})
