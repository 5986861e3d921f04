"""`wendu import`: a discussion held before the bot came becomes part of the log, and can be taken back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.shared import choose_seminar, open_store, round_of

if TYPE_CHECKING:
    from bot.config import Settings
    from db.imports.found import Discussion
    from db.imports.merge import Merged, Target
    from db.imports.telegram import Choices
    from db.store import Store

NOTHING, NOTHING_NEW = 1, 3  # exit statuses: nothing came in; all of it is in the log already


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--seminar",
    type=int,
    help="匯入哪個研討；不寫就是同一個聊天室的 / the seminar's number; otherwise that of the same chat.",
)
@click.option(
    "--round",
    "number",
    type=int,
    help="匯入第幾輪；不寫就另開一輪 / into this round; otherwise into rounds of their own.",
)
@click.option(
    "--moodle",
    is_flag=True,
    help="檔案是 Moodle 討論區的 CSV / FILE is Moodle's forum export (CSV), not Telegram's.",
)
@click.option(
    "--chat",
    metavar="CHAT",
    help="整個帳號的匯出裡的哪個群組 / which group of a whole account's export, by id or name.",
)
@click.option("--one-round", is_flag=True, help="主題不分輪 / all topics of a forum into one round.")
@click.option(
    "--bot", "bots", multiple=True, metavar="WHO", help="這是機器人，不匯入 / a bot, by id or name: left out."
)
@click.option(
    "--person", "people", multiple=True, metavar="WHO", help="這是人，不是機器人 / no bot, whatever it seems."
)
@click.option("--dry-run", is_flag=True, help="只看結果，什麼都不寫 / say what would happen, write nothing.")
@click.option("--undo", is_flag=True, help="收回最近一次匯入 / take back the latest import (of --seminar).")
def import_(  # noqa: PLR0913, PLR0917  one parameter an option
    file: Path | None,
    seminar: int | None,
    number: int | None,
    chat: str | None,
    bots: tuple[str, ...],
    people: tuple[str, ...],
    *,
    moodle: bool,
    one_round: bool,
    dry_run: bool,
    undo: bool,
) -> None:
    """把別處的討論匯入紀錄 / Bring a discussion into the log: Telegram's result.json, Moodle's CSV.

    FILE may be the folder or the zip of an export. It may be repeated: what is in the log already is left as
    it is. What cannot be read is listed, and the rest imported. The exit status is 1 where nothing came in,
    3 where all of it was in the log already.
    """
    from db.imports.telegram import Choices

    if undo:
        _undo(seminar)
        return
    if file is None:
        raise click.UsageError("要匯入哪個檔案？ / which file?")
    with open_store(make=True) as (store, settings):
        ours = settings.token.partition(":")[0]  # our number on Telegram
        choices = Choices(chat, frozenset({*bots, ours} - {""}), frozenset(people), one_round=one_round)
        found = _read(store, file, seminar, choices, moodle=moodle)
        merged = _merge(store, settings, found, seminar, number, dry_run=dry_run)
        _report(store, settings, found, merged, dry_run=dry_run)
        if not merged.added:
            known_only = merged.known and not merged.unread
            raise click.exceptions.Exit(NOTHING_NEW if known_only else NOTHING)
        if dry_run:
            raise click.exceptions.Exit(0)  # a database that was made for this goes again


def _read(
    store: "Store", file: Path, seminar: int | None, choices: "Choices", *, moodle: bool
) -> "Discussion":
    """Return what is in the file, whichever of the two it is.

    Raises:
        click.ClickException: it cannot be imported; the message says why.
    """
    from db.imports.found import Unreadable
    from db.imports.import_file import is_moodle, read_moodle, read_telegram

    try:
        if moodle or is_moodle(file):
            return read_moodle(store, file, choose_seminar(store.seminars.all(), seminar).id)
        return read_telegram(store, file, choices)
    except Unreadable as error:
        raise click.ClickException(str(error)) from error


def _merge(  # noqa: PLR0913  what, and where it goes
    store: "Store",
    settings: "Settings",
    found: "Discussion",
    seminar: int | None,
    number: int | None,
    *,
    dry_run: bool,
) -> "Merged":
    """Bring it into the seminar that was named, or that of its own chat, made where there is none."""
    from db.imports.found import Unreadable
    from db.imports.merge import Target, merge

    def where() -> "Target":
        if seminar is None and not found.is_elsewhere:
            into = store.seminars.find(found.chat_id) or store.seminars.bind(
                found.chat_id, title=found.title, pack=settings.pack, language=settings.language
            )
        else:
            into = choose_seminar(store.seminars.all(), seminar)
        round_id = None if number is None else round_of(store.rounds.of(into.id), number)
        return Target(into.id, settings.zone(into.timezone), round_id)

    try:
        return merge(store, found, where, dry_run=dry_run)
    except Unreadable as error:
        raise click.ClickException(str(error)) from error


def _report(
    store: "Store", settings: "Settings", found: "Discussion", merged: "Merged", *, dry_run: bool
) -> None:
    from db.imports.merge import problems_shown

    rounds = "、".join(map(str, merged.round_numbers))
    where = f"（第 {rounds} 輪 / round {rounds}）" if merged.added else ""
    if dry_run:
        click.echo(
            f"會匯入 {merged.added} 則{where}，什麼都還沒寫 / would import {merged.added}: nothing is written"
        )
    else:
        click.echo(f"匯入 {merged.added} 則{where} / imported {merged.added}")
    for count, chinese, english in _counts(merged):
        if count:
            click.echo(f"{count} 則{chinese} / {count} {english}")
    if found.local:
        there = store.seminars.by_id(merged.seminar_id)  # gone where nothing was to stay
        zone = settings.zone(there.timezone if there else None).key
        click.echo(f"沒有時區的時間當作 {zone} / times without a zone were read as {zone}", err=True)
    for line in (*found.notes, *(f"  {problem}" for problem in problems_shown(merged))):
        click.echo(line, err=True)


def _counts(merged: "Merged") -> tuple[tuple[int, str, str], ...]:
    """Return how many messages met which fate, in Chinese and English."""
    from db.imports.found import NoRemark

    aside = merged.aside
    return (
        (merged.known, "早已在紀錄裡", "were in the log already"),
        (aside.get(NoRemark.NOTICE, 0), "不是發言（加入、置頂、刪除…）", "were nothing that somebody said"),
        (aside.get(NoRemark.BOT, 0), "是機器人貼的，未匯入", "were posted by bots: not imported"),
        (aside.get(NoRemark.COMMAND, 0), "是指令，未匯入", "were commands: not imported"),
        (aside.get(NoRemark.QUESTION, 0), "是問機器人的，未匯入", "were questions to the bot: not imported"),
        (
            aside.get(NoRemark.CHANNEL, 0),
            "是頻道自動轉來的，未匯入",
            "came from a channel by themselves: not imported",
        ),
        (aside.get(NoRemark.ALBUM, 0), "是同一組相簿裡的其他照片", "were further pictures of an album"),
        (merged.withheld, "的作者沒有同意記錄，未匯入", "by people who are not to be logged: not imported"),
        (
            merged.expiring,
            "早於這個研討的保留期限，下次清理時會刪除",
            "are older than this seminar keeps: the next purge takes them",
        ),
        (merged.unread, "讀不懂，未匯入", "could not be read: not imported"),
    )


def _undo(seminar: int | None) -> None:
    from db.imports.undo import undo_import

    with open_store() as (store, _settings):
        gone = undo_import(
            store, None if seminar is None else choose_seminar(store.seminars.all(), seminar).id
        )
    if gone is None:
        raise click.ClickException("沒有可以收回的匯入 / there is no import to take back")
    when = gone.made_at.astimezone().strftime("%Y-%m-%d %H:%M")
    click.echo(
        f"收回了 {when} 匯入「{gone.title}」的 {gone.remarks} 則 / took back {gone.remarks} imported {when}"
    )
