"""xlsx: a spreadsheet: a sheet a table with frozen headers and filters, and a chart of the stances."""

from typing import IO, Any

from bot.seminar.records import STEPS
from db.exports.column_descriptions import ALIASED, ALWAYS, NAMED
from db.exports.job import Job
from db.exports.labels import step_called
from db.exports.tables import SHEETS, STANCES, Column, Table
from db.exports.xml_text import RULE, xml_text

MOST_ROWS = 1_048_575  # of a sheet, beside the header; what is more goes on in another one
LONGEST = 32_767  # characters of a cell
CUT = f"超過 {LONGEST} 字的儲存格以 … 結尾。 / Cells longer than {LONGEST} characters end in …"
OPTIONS = {
    "constant_memory": True,  # rows go to disk as they are written
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTHS = {"text": 80, "reason": 40, "prompt_text": 60, "sent_at": 25, "snippets": 30}
_CHART = "stance_chart"
_COLOURS = ("#b2182b", "#ef8a62", "#d9d9d9", "#67a9cf", "#2166ac")
_MOMENTS = ("before", "after")


def write(job: Job, file: IO[bytes]) -> None:
    """Write the tables, the chart and the data dictionary."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415  the other formats do without

    with Workbook(file, OPTIONS) as book:
        bold = book.add_format({"bold": True, "bg_color": "#f2e6d8"})
        for table in SHEETS:
            _write_table(job, book, table, bold)
        _write_chart(job, book, bold)
        _write_dictionary(job, book, bold)


def _write_table(job: Job, book: Any, table: Table, bold: Any) -> None:
    columns = job.columns(table)
    sheet, at, sheets = _sheet(book, table.name, columns, bold), 0, 1
    for row in job.rows(table, xml_text):
        if at == MOST_ROWS:
            _filtered(sheet, at, columns)
            sheets += 1
            sheet, at = _sheet(book, f"{table.name} {sheets}", columns, bold), 0
        at += 1
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(at, place, _fitting(value))
            elif value is not None:
                sheet.write_number(at, place, value)
    _filtered(sheet, at, columns)


def _sheet(book: Any, name: str, columns: list[Column], bold: Any) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _WIDTHS.get(column.name, 14))
        sheet.write_string(0, place, column.name, bold)
    return sheet


def _filtered(sheet: Any, rows: int, columns: list[Column]) -> None:
    sheet.autofilter(0, 0, rows, len(columns) - 1)


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _write_chart(job: Job, book: Any, bold: Any) -> None:
    """Write how many took which stance before and after each round, and draw it as shares."""
    sheet = book.add_worksheet(_CHART)
    sheet.freeze_panes(1, 1)
    steps = [step_called(step, job.language) for step in STEPS]
    for place, label in enumerate((job.say("transcript.round_column"), *steps)):
        sheet.write_string(0, place, label, bold)
        sheet.set_column(place, place, 14)
    counted: dict[tuple[int, str], list[int]] = {}
    for row in job.dicts(STANCES):
        for moment in _MOMENTS:
            counted.setdefault((row["round"], moment), [0] * len(STEPS))
        counted[row["round"], row["moment"]][row["step"] - 1] += 1
    for at, ((number, moment), counts) in enumerate(counted.items(), 1):
        sheet.write_string(at, 0, job.say(f"transcript.moment_{moment}", number=number))
        for place, count in enumerate(counts, 1):
            sheet.write_number(at, place, count)
    if counted:
        sheet.insert_chart(1, len(STEPS) + 2, _chart(job, book, len(counted)))


def _chart(job: Job, book: Any, rows: int) -> Any:
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for place, colour in enumerate(_COLOURS, 1):
        chart.add_series(
            {
                "name": [_CHART, 0, place],
                "categories": [_CHART, 1, 0, rows, 0],
                "values": [_CHART, 1, place, rows, place],
                "fill": {"color": colour},
            }
        )
    chart.set_title({"name": job.say("transcript.chart")})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 720, "height": 120 + 40 * rows})
    return chart


def _write_dictionary(job: Job, book: Any, bold: Any) -> None:
    sheet = book.add_worksheet("data-dictionary")
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 2, 90)
    about, told = job.about(), job.told
    lines: list[tuple[str, str, str]] = [
        ("Wendu", about["version"], about["made_at"]),
        (told("研討 / seminar"), "", about["seminar"]),
        *(
            (told("篩選 / filter"), key, str(value))
            for key, value in about["filters"].items()
            if value is not None
        ),
        *((told("說明 / note"), "", told(note)) for note in _notes(job)),
    ]
    for table in SHEETS:
        lines.append((table.name, "", told(table.meaning)))
        lines += [(table.name, column.name, told(column.meaning)) for column in job.columns(table)]
    for at, line in enumerate(lines):
        for place, text in enumerate(line):
            sheet.write_string(at, place, xml_text(text), bold if not place else None)


def _notes(job: Job) -> tuple[str, ...]:
    return (NAMED if job.names else ALIASED, *ALWAYS, RULE, CUT)
