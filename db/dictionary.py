"""The data dictionary that goes with every export: what was asked for, and what each column means."""

from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from db.tables import TABLES


def data_dictionary(*, title: str, made_at: datetime, rounds: str, names: bool) -> str:
    """Return the dictionary as Markdown; `rounds` says which rounds the export holds."""
    whose = (
        "**含真實姓名**：應要求附上 Telegram 姓名與使用者名稱，請妥善保管。"
        " / **Real names**: names and usernames were asked for; keep the files safe."
        if names
        else "以化名匯出；文字裡出現的參與者姓名與 @使用者名稱也換成化名。"
        " / Aliases stand for people; participants' names and @usernames inside texts are replaced too."
    )
    head = [
        "# 資料字典 / Data dictionary",
        "",
        f"- 研討 / Seminar: {_one_line(title)}",
        f"- 範圍 / Rounds: {rounds}",
        f"- 匯出時間 / Made at: {made_at.isoformat(timespec='seconds')}",
        f"- 版本 / Version: Wendu {_version()}",
        f"- {whose}",
        "- 時間一律為 UTC，ISO 8601。 / All times are UTC, ISO 8601.",
        "- CSV 以 UTF-8（附 BOM）編碼；看似公式的儲存格前加了 `'`，原文見 remarks.jsonl。",
        "- CSV is UTF-8 with a BOM; cells that look like formulas have a `'` in front.",
        "- 不成對的代理字元與 NUL 在記錄時換成 U+FFFD。 / Lone surrogates and NUL were logged as U+FFFD.",
        "- 曾要求刪除資料者的發言不在其中。 / What people asked to have forgotten is not here.",
    ]
    return "\n".join([*head, *_tables(names=names)]) + "\n"


def _tables(*, names: bool) -> list[str]:
    lines: list[str] = []
    for table in TABLES:
        lines += [
            "",
            f"## {table.file}",
            "",
            table.meaning,
            "",
            "| 欄位 / column | 意思 / meaning |",
            "|---|---|",
        ]
        shown = (column for column in table.columns if names or not column.names_people)
        lines += [f"| {column.name} | {column.meaning} |" for column in shown]
    return [*lines, "", "## discussion.md", "", "可以直接閱讀的討論紀錄 / the discussion, to be read"]


def _version() -> str:
    try:
        return version("wendu")
    except PackageNotFoundError:
        return "?"


def _one_line(text: str) -> str:
    return " ".join(text.split()) or "–"
