"""A class to be exported, and exports of it in any format, for the tests of formats."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from db.exports.export import DEFAULT, FORMATS, Filters, Job, reading, write_export
from db.exports.job import Evidence
from tests.db.classroom import Classroom
from tests.db.conftest import NOON

NOBODYS = ("葉清秋", "yeqingqiu", "amy lin", "101", "102")  # what an export under aliases must not hold


def hold(classroom: Classroom) -> Classroom:
    """Hold two rounds: one closed, with replies, an edit, stances, a question and a move; one open."""
    one, two = classroom.student(1, "葉清秋", "yeqingqiu"), classroom.student(2, "Amy Lin")
    first = classroom.opens("葉清秋問：AI 能否承載溫度？")
    draft = classroom.says(one, "=1+1 其實是公式")
    classroom.says(two, "我同意葉清秋，@yeqingqiu 說得對", reply_to_message_id=draft.message_id)
    classroom.says(one, "另一件事：大理石")
    classroom.says(two, "再回第一則", reply_to_message_id=draft.message_id)
    classroom.says(one, "回再回", reply_to_message_id=draft.message_id + 1)
    classroom.edits(draft, "# 我改了：amy lin 說服了我\n<b>真的</b>")
    classroom.says(two, "", kind="photo")
    store = classroom.store
    store.stances.set(first.id, one.id, "before", 2, NOON, "Amy Lin 不同意")
    store.stances.set(first.id, one.id, "after", 4, NOON)
    store.stances.set(first.id, two.id, "before", 5, NOON)
    classroom.asks(two, "葉清秋提到的大理石是什麼？")
    store.run(
        "INSERT INTO moves (round_id, kind, remark_id, text, state, since, due_at)"
        " SELECT round_id, 'press', id, '為什麼？', 'posted', sent_at, sent_at FROM remarks"
        " WHERE message_id = 2"
    )
    classroom.closes(first)
    classroom.now = NOON + timedelta(days=1)
    classroom.opens("第二題")
    classroom.says(two, "第二輪")
    return classroom


def write(
    classroom: Classroom,
    name: str,
    folder: Path,
    *,
    names: bool = False,
    evidence: Evidence | None = None,
    **filters: Any,
) -> Path:
    """Export the classroom's seminar in that format and return the file."""
    path = folder / f"out{FORMATS[name].suffix}"
    job = Job(classroom.store, classroom.seminar.id, Filters(**filters), names=names, evidence=evidence)
    with reading(job) as ready, path.open("wb") as file:
        write_export(ready, name, file)
    return path


def unpacked(path: Path) -> dict[str, bytes]:
    """Return the files in a zip."""
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def table(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def everything(path: Path) -> str:
    """Return all text in an export, casefolded."""
    contents = unpacked(path).values() if path.suffix != ".jsonl" and _is_zip(path) else [path.read_bytes()]
    return "\n".join(content.decode("utf-8", "replace") for content in contents).casefold()


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def export_zip(path: Path, job: Job) -> Path:
    """Write the job as the usual zip at `path` and return it."""
    with reading(job) as ready, path.open("wb") as file:
        write_export(ready, DEFAULT, file)
    return path
