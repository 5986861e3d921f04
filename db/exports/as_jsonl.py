"""jsonl: everything, for programs: one JSON object a line, every version of every remark.

The first line says what the export is; each line's `type` says what it holds.
"""

import json
from typing import IO

from db.exports.column_descriptions import described
from db.exports.job import Job
from db.exports.tables import ALL, Table
from db.exports.text_lines import JSON, lines
from db.exports.zip_stream import text

_TYPES = {
    "rounds": "round",
    "versions": "remark",
    "questions": "question",
    "stances": "stance",
    "moves": "move",
}
_encode = json.JSONEncoder(ensure_ascii=False).encode


def write(job: Job, file: IO[bytes]) -> None:
    """Write the head, rounds, remarks, questions, stances and moves."""
    with text(file) as out:
        out.write(_encode({"type": "export"} | described(job, ALL)) + "\n")
        for table in ALL:
            write_table(job, table, out, _TYPES[table.name])


def write_table(job: Job, table: Table, out: IO[str], kind: str | None = None) -> None:
    """Write one table, an object a line, each with its `kind` first."""
    out.writelines(lines(job, table, JSON, "" if kind is None else f'"type": "{kind}", '))
