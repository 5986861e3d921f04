"""bundle: what /export sends by itself: tables, the discussion to read, and what each column means."""

from typing import IO

from db.exports import as_csv, as_jsonl
from db.exports.column_descriptions import CSV, READABLE, data_dictionary
from db.exports.job import Job
from db.exports.tables import BUNDLED, VERSIONS
from db.exports.transcript import transcript
from db.exports.zip_stream import entry, packed


def write(job: Job, file: IO[bytes]) -> None:
    """Write remarks.csv, remarks.jsonl, questions.csv, stances.csv, discussion.md, data-dictionary.md."""
    with packed(file) as archive:
        for table in BUNDLED:
            with entry(archive, table.file) as out:
                one = as_jsonl.write_table if table is VERSIONS else as_csv.write_table
                one(job, table, out)
        with entry(archive, READABLE[0]) as out:
            out.writelines(line + "\n" for line in transcript(job))
        with entry(archive, "data-dictionary.md") as out:
            sections = [(table.file, table) for table in BUNDLED]
            out.write(data_dictionary(job, sections, notes=[CSV], files=[READABLE]))
