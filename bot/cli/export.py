"""`wendu export`: the log in a format that other tools open."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.shared import (
    choose_seminar,
    of_round,
    of_seminar,
    open_store,
    round_of,
    to_file,
    written_whole,
)

if TYPE_CHECKING:
    from db.exports.export import Job


class FormatChoice(click.Choice[str]):
    """The formats of `db/exports`, which are imported only when somebody names one or asks for help."""

    def __init__(self) -> None:
        super().__init__(())

    @property
    def choices(self) -> tuple[str, ...]:
        """The names of the formats, in the table's order."""
        from db.exports.export import FORMATS

        return tuple(FORMATS)

    @choices.setter
    def choices(self, _: object) -> None: ...


@click.command()
@of_seminar
@of_round
@click.option(
    "--since", metavar="TIME", help="從什麼時候起 / only from then on: 2026-03-01 or 2026-03-01T09:00."
)
@click.option("--until", metavar="TIME", help="到什麼時候為止（不含） / only before then.")
@click.option(
    "--person", metavar="ALIAS", help="只要這個化名說的 / only what this person said, named by alias."
)
@click.option(
    "--format",
    "name",
    type=FormatChoice(),
    default="bundle",
    show_default=True,
    help="各種格式見 docs/researchers.md / the formats: see there.",
)
@click.option(
    "--names",
    is_flag=True,
    help="化名旁邊附上真名；檔案請小心保管 / real names beside the aliases: keep such a file safe.",
)
@to_file
def export(  # noqa: PLR0913, PLR0917  one parameter an option
    seminar: int | None,
    number: int | None,
    since: str | None,
    until: str | None,
    person: str | None,
    name: str,
    *,
    names: bool,
    output: str | None,
) -> None:
    """把討論紀錄寫成檔案 / Write a seminar's log to a file.

    除非加上 --names，每個人都以化名出現 / people appear under their aliases unless --names is given.
    """
    from bot.answering.library import Library
    from db.exports.export import FORMATS, Filters, appears, job_of, reading
    from db.privacy.pseudonyms import terms_of

    chosen = FORMATS[name]
    if names and not chosen.can_name:
        raise click.UsageError(f"{name} 一律用化名 / {name} never carries names")
    with open_store() as (store, settings):
        found = choose_seminar(store.seminars.all(), seminar)
        round_id = None if number is None else round_of(store.rounds.of(found.id), number)
        zone = settings.zone(found.timezone)
        filters = Filters(round_id, _moment(since, zone), _moment(until, zone), person)
        library = Library.open(settings.packs)
        store.terms = terms_of(library.packs.values())  # words of the readings are nobody's name
        wanted = job_of(store, library, found, zone)
        with reading(replace(wanted, filters=filters, names=names)) as job:
            if person is not None and not appears(job, person):
                raise click.UsageError(f"沒有叫「{person}」的人 / nobody is called {person!r} here")
            path = Path(output or f"wendu-{found.id}{chosen.suffix}")
            _write(job, name, path, to_pipe=output == "-")
    if output != "-":
        click.echo(str(path))
    if names:
        click.echo("這份檔案含真實姓名，請妥善保管。 / This file carries real names: keep it safe.", err=True)


def _write(job: "Job", name: str, path: Path, *, to_pipe: bool) -> None:
    """Write to the pipe, or beside `path` first: what has that name is always whole."""
    from db.exports.export import total, write_export

    with _watched(lambda: total(job, name)) as progress:
        watched = replace(job, progress=progress)
        if to_pipe:
            write_export(watched, name, sys.stdout.buffer)
            return
        with written_whole(path) as file:
            write_export(watched, name, file)


@contextmanager
def _watched(total: Callable[[], int]) -> Iterator[Callable[[int], None]]:
    """Give what is to be told of progress: a bar where somebody watches, nothing otherwise."""
    if not sys.stderr.isatty():
        yield lambda _rows: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("匯出 / export"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=total())
        yield lambda rows: bar.advance(task, rows)


def _moment(text: str | None, zone: tzinfo) -> datetime | None:
    """Return the time that was typed, in the seminar's time zone unless it names another."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.UsageError(f"看不懂時間 {text!r}，例：2026-03-01 / not a time: {text!r}") from error
    return found if found.tzinfo else found.replace(tzinfo=zone)
