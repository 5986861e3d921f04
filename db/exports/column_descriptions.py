"""The data dictionary that goes with every export: what was asked for, and what each column means."""

from collections.abc import Sequence
from typing import Any

from db.exports.job import Job
from db.exports.tables import Table

NAMED = (
    "**含真實姓名**：應要求附上 Telegram 姓名與使用者名稱，請妥善保管。"
    " / **Real names**: names and usernames were asked for; keep the files safe."
)
ALIASED = (
    "以化名匯出；文字裡出現的參與者姓名與 @使用者名稱也換成化名。"
    " / Aliases stand for people; participants' names and @usernames inside texts are replaced too."
)
ALWAYS = (
    "時間一律為 UTC，ISO 8601。 / All times are UTC, ISO 8601.",
    "不成對的代理字元與 NUL 在記錄時換成 U+FFFD。 / Lone surrogates and NUL were logged as U+FFFD.",
    "曾要求刪除資料者的發言不在其中。 / What people asked to have forgotten is not here.",
)
CSV = (
    "CSV 以 UTF-8（附 BOM）編碼；看似公式的儲存格前加了 `'`。"
    " / CSV is UTF-8 with a BOM; cells that look like formulas have a `'` in front."
)
READABLE = ("discussion.md", "可以直接閱讀的討論紀錄 / the discussion, to be read")
Section = tuple[str, Table]


def data_dictionary(
    job: Job, sections: Sequence[Section], *, notes: Sequence[str] = (), files: Sequence[tuple[str, str]] = ()
) -> str:
    """Return the dictionary as Markdown.

    `sections` are tables with the names they have in this export, `notes` what holds for this format only,
    `files` what else is in it.
    """
    about = job.about()
    told = job.told
    head = [
        f"# {told('資料字典 / Data dictionary')}",
        "",
        f"- {told('研討 / Seminar')}: {about['seminar'] or '–'}",
        f"- {told('範圍 / Rounds')}: {told(_rounds(about))}",
        *(f"- {told(label)}: {value}" for label, value in _filters(about)),
        f"- {told('匯出時間 / Made at')}: {about['made_at']}",
        f"- {told('版本 / Version')}: Wendu {about['version']}",
        f"- {told(NAMED if job.names else ALIASED)}",
        *(f"- {told(note)}" for note in (*ALWAYS, *notes)),
    ]
    lines = [line for name, table in sections for line in _table(job, name, table)]
    for name, meaning in files:
        lines += ["", f"## {name}", "", told(meaning)]
    return "\n".join([*head, *lines]) + "\n"


def described(job: Job, tables: Sequence[Table]) -> dict[str, Any]:
    """Return `about` with the dictionary in it, for formats that are JSON."""
    return job.about() | {
        "people": job.told(NAMED if job.names else ALIASED),
        "notes": list(map(job.told, ALWAYS)),
        "dictionary": {
            table.name: {
                "meaning": job.told(table.meaning),
                "columns": {column.name: job.told(column.meaning) for column in job.columns(table)},
            }
            for table in tables
        },
    }


def _rounds(about: dict[str, Any]) -> str:
    number = about["filters"]["round"]
    return "全部 / all" if number is None else f"第 {number} 輪 / round {number}"


def _filters(about: dict[str, Any]) -> list[tuple[str, str]]:
    labels = {"since": "自 / Since", "until": "至（不含） / Until (before)", "person": "誰 / Who"}
    return [(label, value) for key, label in labels.items() if (value := about["filters"][key])]


def _table(job: Job, name: str, table: Table) -> list[str]:
    rows = [f"| {column.name} | {job.told(column.meaning)} |" for column in job.columns(table)]
    return [
        "",
        f"## {name}",
        "",
        job.told(table.meaning),
        "",
        f"| {job.told('欄位 / column')} | {job.told('意思 / meaning')} |",
        "|---|---|",
        *rows,
    ]
