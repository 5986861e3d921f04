"""csv: a zip of tables for spreadsheets. UTF-8 with a BOM, and no cell that would be taken for a formula."""

from typing import IO

from db.exports.column_descriptions import CSV, data_dictionary
from db.exports.job import Job
from db.exports.tables import SHEETS, Table
from db.exports.text_lines import CSV as CSV_LINES
from db.exports.text_lines import lines
from db.exports.zip_stream import BOM, entry, packed


def write(job: Job, file: IO[bytes]) -> None:
    """Write every table as a CSV of its own, and the data dictionary."""
    with packed(file) as archive:
        for table in SHEETS:
            with entry(archive, f"{table.name}.csv") as out:
                write_table(job, table, out)
        with entry(archive, "data-dictionary.md") as out:
            sections = [(f"{table.name}.csv", table) for table in SHEETS]
            out.write(data_dictionary(job, sections, notes=[CSV]))


def write_table(job: Job, table: Table, out: IO[str]) -> None:
    """Write one table with its header."""
    out.write(BOM + CSV_LINES.between.join(column.name for column in job.columns(table)) + CSV_LINES.end)
    out.writelines(lines(job, table, CSV_LINES))
