"""`wendu import`: a discussion held before the bot came becomes part of the log."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.shared import choose_seminar, open_store, round_of

if TYPE_CHECKING:
    from bot.config import Settings
    from db.imports.import_file import Discussion, Merged
    from db.store import Store


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--seminar",
    type=int,
    help="匯入哪個研討；不寫就是同一個聊天室的 / the seminar's number; otherwise that of the same chat.",
)
@click.option(
    "--round",
    "number",
    type=int,
    help="匯入第幾輪；不寫就另開一輪 / into this round; otherwise into a round of its own.",
)
@click.option(
    "--moodle",
    is_flag=True,
    help="檔案是 Moodle 討論區的 CSV / FILE is Moodle's forum export (CSV), not Telegram's.",
)
def import_(file: Path, seminar: int | None, number: int | None, *, moodle: bool) -> None:
    """把別處的討論匯入紀錄 / Bring a discussion into the log: Telegram's result.json, Moodle's CSV.

    It may be repeated: what is in the log already is left as it is. What cannot be read is listed, and the
    rest imported.
    """
    from db.imports.import_file import Unreadable, merge, read_moodle, read_telegram

    with open_store(make=True) as (store, settings):
        try:
            if moodle:
                into = choose_seminar(store.seminars.all(), seminar).id
                found = read_moodle(store, file, into)
            else:
                found = read_telegram(store, file)
                into = _seminar(store, settings, found, seminar)
        except Unreadable as error:
            raise click.ClickException(str(error)) from error
        round_id = None if number is None else round_of(store.rounds.of(into), number)
        merged = merge(store, into, found, round_id=round_id)
    _report(found, merged)


def _seminar(store: "Store", settings: "Settings", found: "Discussion", wanted: int | None) -> int:
    """Return the seminar that was named, or that of the file's own chat, made where there is none."""
    if wanted is not None:
        return choose_seminar(store.seminars.all(), wanted).id
    there = store.seminars.find(found.chat_id) or store.seminars.bind(
        found.chat_id, title=found.title, pack=settings.pack, language=settings.language
    )
    return there.id


def _report(found: "Discussion", merged: "Merged") -> None:
    from db.imports.import_file import problems_shown

    where = f"（第 {merged.round_number} 輪 / round {merged.round_number}）" if merged.added else ""
    click.echo(f"匯入 {merged.added} 則{where} / imported {merged.added}")
    for count, chinese, english in (
        (merged.known, "早已在紀錄裡", "were in the log already"),
        (found.passed_over, "不是發言（加入、置頂、刪除…）", "were nothing that somebody said"),
        (merged.withheld, "的作者沒有同意記錄，未匯入", "by people who are not to be logged: not imported"),
        (
            merged.expiring,
            "早於這個研討的保留期限，下次清理時會刪除",
            "are older than this seminar keeps: the next purge takes them",
        ),
        (len(merged.problems), "讀不懂，未匯入", "could not be read: not imported"),
    ):
        if count:
            click.echo(f"{count} 則{chinese} / {count} {english}")
    for problem in problems_shown(merged.problems):
        click.echo(f"  {problem}", err=True)
