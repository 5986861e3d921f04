"""An export is in its seminar's language, whichever format it has."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.text.folding import to_simplified
from db.exports.export import FORMATS, Job, reading, write_export
from db.exports.labels import KINDS, kind_called, told
from tests.db.classroom import Classroom
from tests.db.conftest import NOON
from tests.db.exports.exported import everything, write

HAN = re.compile(r"[\u3400-\u9fff]+")
FONTS = re.compile(r"<a:font [^>]*>")  # of all scripts, which every .xlsx names


def hold(classroom: Classroom, language: str) -> Classroom:
    """Hold a round in which people only write English, and leave another one open."""
    classroom.store.seminars.configure(classroom.seminar.id, language=language)
    classroom.store.run("UPDATE seminars SET title = 'Film'")
    one, two = classroom.student(1, "Annabel"), classroom.student(2, "Bertrand")
    first = classroom.opens("Can AI carry warmth?")
    draft = classroom.says(one, "Bertrand knows")
    classroom.says(two, "I do not", reply_to_message_id=draft.message_id)
    classroom.edits(draft, "Bertrand may know")
    for kind in KINDS:
        classroom.says(two, "", kind=kind)
    classroom.store.stances.set(first.id, one.id, "before", 2, NOON, "Bertrand differs")
    classroom.store.stances.set(first.id, one.id, "after", 4, NOON)
    classroom.asks(two, "Who is Annabel?")
    classroom.closes(first)
    classroom.now = NOON + timedelta(days=1)
    classroom.opens("And now?")
    return classroom


@pytest.mark.parametrize("name", FORMATS)
def test_an_english_export_has_no_chinese_but_peoples_own(
    classroom: Classroom, tmp_path: Path, name: str
) -> None:
    hold(classroom, "en")
    classroom.store.run("UPDATE seminars SET title = 'Film'")  # asking for the seminar names it again
    job = Job(classroom.store, 1)
    path = tmp_path / f"out{FORMATS[name].suffix}"
    with reading(job) as ready, path.open("wb") as file:
        write_export(ready, name, file)
    assert HAN.findall(FONTS.sub("", everything(path))) == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_simplified_export_is_simplified_throughout(
    classroom: Classroom, tmp_path: Path, name: str
) -> None:
    text = FONTS.sub("", everything(write(hold(classroom, "zh-Hans"), name, tmp_path)))
    text = text.replace("人文研討", "")  # the group's own title
    assert [run for run in HAN.findall(text) if to_simplified(run) != run] == []


def test_the_discussion_reads_as_english(classroom: Classroom, tmp_path: Path) -> None:
    text = write(hold(classroom, "en"), "md", tmp_path).read_text("utf-8")
    for said in (
        "## Round 1: Can AI carry warmth?",
        "people: 2, remarks: 15",
        "| Stance | Before | After |",
        "| 2 Disagree | 1 | 0 |",
        ", edited 1×",
        "voice message",
        "## About this file",
        "1 strongly disagrees … 5 strongly agrees",
    ):
        assert said in text, said
    assert "still open" in text


def test_the_readings_prompt_has_its_english_title_above_its_own_words(
    classroom: Classroom, tmp_path: Path
) -> None:
    hold(classroom, "en")
    classroom.store.run("UPDATE rounds SET prompt_slug = 'warm', prompt_text = '有溫度嗎' WHERE number = 1")
    path = tmp_path / "out.md"
    with reading(Job(classroom.store, 1, prompts={"warm": "Is it warm?"})) as job, path.open("wb") as file:
        write_export(job, "md", file)
    assert "## Round 1: Is it warm?\n\n有溫度嗎\n\n" in path.read_text("utf-8")


def test_what_is_written_in_both_languages_is_told_in_the_readers() -> None:
    both = "時間 / the time, and / or the day"
    assert told(both, "zh-Hant") == both
    assert told(both, "zh-Hans") == "时间 / the time, and / or the day"
    assert told(both, "en") == "the time, and / or the day"
    assert told("only one", "en") == "only one"


def test_a_kind_that_nobody_foresaw_keeps_its_name() -> None:
    assert kind_called("hologram", "en") == "hologram"
    assert kind_called("voice", "zh-Hans") == "语音"
