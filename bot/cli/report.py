"""`wendu report`: a seminar in charts and numbers, as one HTML file that opens offline."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from bot.cli.shared import (
    LANGUAGES,
    choose_seminar,
    of_round,
    of_seminar,
    open_store,
    round_of,
    to_file,
    written_whole,
)


@click.command()
@of_seminar
@of_round
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="不寫就用那個研討的語言 / the seminar's own if not given.",
)
@to_file
def report(seminar: int | None, number: int | None, language: str | None, output: str | None) -> None:
    """把一堂課寫成圖表報告 / Write a seminar's report.

    每個人都以化名出現；檔案不用上網也打得開 / all under aliases; the file needs no network and no script.
    """
    from bot.answering.library import Library
    from bot.pages.report.build import make_report
    from db.exports.export import Filters, job_of
    from db.privacy.pseudonyms import terms_of

    with open_store() as (store, settings):
        found = choose_seminar(store.seminars.all(), seminar)
        round_id = None if number is None else round_of(store.rounds.of(found.id), number)
        library = Library.open(settings.packs).taught(store.learned.all())
        store.terms = terms_of(library.packs.values())
        if not library.packs:
            raise click.ClickException(
                f"在 {settings.packs} 找不到教材包\nThere is no pack in {settings.packs}."
            )
        job = replace(job_of(store, library, found, settings.zone(found.timezone)), filters=Filters(round_id))
        html = make_report(job, library, language)
    if output == "-":
        sys.stdout.buffer.write(html.encode())
        return
    path = Path(output or f"wendu-{found.id}.html")
    with written_whole(path) as file:
        file.write(html.encode())
    click.echo(str(path))
