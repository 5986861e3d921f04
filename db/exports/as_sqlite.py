"""sqlite: a database of its own, with aliases only, for datasette, sqlite-utils and pandas.

It is filled row by row from what the other formats get, never copied: nothing that is not exported is in it.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from db.core.scratch import scratch
from db.exports.column_descriptions import data_dictionary, described
from db.exports.job import Job
from db.exports.tables import ALL, Table
from db.exports.zip_stream import entry, packed

NAME = "wendu"
VIEWS = {
    "remarks": "SELECT * FROM versions AS v WHERE version = (SELECT max(version) FROM versions AS w"
    " WHERE w.chat_id = v.chat_id AND w.message_id = v.message_id)",
    "replies": "SELECT r.round, r.alias AS who, a.alias AS to_whom, count(*) AS times FROM remarks AS r"
    " JOIN remarks AS a ON a.chat_id = r.chat_id AND a.message_id = r.reply_to_message_id GROUP BY 1, 2, 3",
    "participation": "SELECT round, alias, count(*) AS remarks, sum(length(text)) AS characters,"
    " min(sent_at) AS first, max(sent_at) AS last FROM remarks GROUP BY 1, 2",
    "stance_changes": "SELECT b.round, b.alias, b.step AS before, a.step AS after, a.step - b.step AS change"
    " FROM stances AS b JOIN stances AS a ON a.round = b.round AND a.alias = b.alias"
    " AND b.moment = 'before' AND a.moment = 'after'",
}
VIEW_MEANINGS = {
    "remarks": "發言，只有最後的版本 / remarks in their latest version",
    "replies": "誰回覆誰，幾次 / who answers whom, and how often",
    "participation": "每輪每人說了多少 / how much each said in each round",
    "stance_changes": "討論前後都表態者的變化 / how stances moved, of who took one before and after",
}
_NUMBERS = frozenset(
    [
        "round",
        "round_id",
        "message_id",
        "reply_to_message_id",
        "chat_id",
        "version",
        "answered",
        "helped",
        "step",
        "stance_on",
        "move_id",
        "question_id",
        "trigger_message_id",
    ]
)


def write(job: Job, file: IO[bytes]) -> None:
    """Write a zip of the database, metadata.json for datasette, and the data dictionary."""
    with scratch() as folder, packed(file) as archive:
        path = folder / f"{NAME}.db"
        _fill(job, path)
        with path.open("rb") as made, archive.open(path.name, "w", force_zip64=True) as out:
            shutil.copyfileobj(made, out, 1 << 20)
        with entry(archive, "metadata.json") as text:
            json.dump(_metadata(job), text, ensure_ascii=False, indent=2)
        with entry(archive, "data-dictionary.md") as text:
            views = list(VIEW_MEANINGS.items())
            text.write(data_dictionary(job, [(table.name, table) for table in ALL], files=views))


def _fill(job: Job, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode = OFF")  # a file of our own: half of it is thrown away
        made.execute("PRAGMA synchronous = OFF")
        made.execute("BEGIN")
        for table in ALL:
            names = [column.name for column in job.columns(table)]
            columns = ", ".join(f"{name} {_kind(name)}" for name in names)
            made.execute(f"CREATE TABLE {table.name} ({columns})")
            marks = ", ".join("?" * len(names))
            made.executemany(f"INSERT INTO {table.name} VALUES ({marks})", job.rows(table))  # noqa: S608  our own words
        made.execute("CREATE INDEX versions_by_message ON versions (chat_id, message_id, version)")
        made.execute("CREATE INDEX versions_by_round ON versions (round)")
        for name, sql in VIEWS.items():
            made.execute(f"CREATE VIEW {name} AS {sql}")
        made.execute("CREATE TABLE about (key TEXT, value TEXT)")
        told = ((key, json.dumps(value, ensure_ascii=False)) for key, value in job.about().items())
        made.executemany("INSERT INTO about VALUES (?, ?)", told)
        made.execute("COMMIT")


def _kind(name: str) -> str:
    if name == "score":
        return "REAL"
    return "INTEGER" if name in _NUMBERS else "TEXT"


def _metadata(job: Job) -> dict[str, Any]:
    """Return what datasette shows beside the tables: what they and their columns mean."""
    about = described(job, ALL)
    tables: dict[str, Any] = {table.name: _described(job, table) for table in ALL}
    tables |= {name: {"description": job.told(meaning)} for name, meaning in VIEW_MEANINGS.items()}
    return {
        "title": job.say("transcript.database", title=about["seminar"]),
        "description": f"{about['people']} Wendu {about['version']}, {about['made_at']}",
        "databases": {NAME: {"tables": tables}},
        "plugins": {},
        "wendu": {"filters": about["filters"], "notes": about["notes"]},
    }


def _described(job: Job, table: Table) -> dict[str, Any]:
    columns = {column.name: job.told(column.meaning) for column in job.columns(table)}
    return {"description": job.told(table.meaning), "columns": columns}
