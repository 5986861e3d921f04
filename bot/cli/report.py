"""`wendu report`: a seminar in charts and numbers, as one HTML file that opens offline."""

import sys
from pathlib import Path

import click

LANGUAGES = ("zh-Hant", "zh-Hans", "en")


@click.command()
@click.option("--seminar", type=int, help="The seminar's number; needed where there are several.")
@click.option("--round", "number", type=int, help="Only the round of that number; all rounds otherwise.")
@click.option("--language", type=click.Choice(LANGUAGES), help="The seminar's own if not given.")
@click.option("-o", "--output", metavar="FILE", help="The file to write; - for standard output.")
def report(seminar: int | None, number: int | None, language: str | None, output: str | None) -> None:
    """Write a seminar's report: stances, who spoke, words, evidence, questions, moves, excerpts.

    Everybody appears under an alias. The file needs no network and no script.
    """
    from bot.cli.export import choose, round_of
    from bot.cli.opening import opened
    from bot.pages.report.gathering import make_report
    from bot.reading.library import Library
    from db.masking import terms_of

    with opened() as (store, settings):
        found = choose(store.seminars(), seminar)
        round_id = None if number is None else round_of(store.rounds(found), number)
        library = Library.open(settings.packs).taught(store.learned())
        store.terms = terms_of(library.packs.values())
        if not library.packs:
            raise click.ClickException(
                f"在 {settings.packs} 找不到教材包\nThere is no pack in {settings.packs}."
            )
        html = make_report(
            store, library, found, round_id=round_id, language=language, timezone=settings.timezone
        )
    if output == "-":
        sys.stdout.buffer.write(html.encode())
        return
    path = Path(output or f"wendu-{found}.html")
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(html, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    click.echo(str(path))
