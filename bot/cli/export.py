"""`wendu export`: the log as a zip."""

from collections.abc import Sequence
from pathlib import Path

import click

from bot.seminar.records import Round, Seminar


@click.command()
@click.option("--seminar", type=int, help="The seminar's number; needed where there are several.")
@click.option("--round", "number", type=int, help="Only the round of that number; all rounds otherwise.")
@click.option("--names", is_flag=True, help="Real names beside the aliases. Keep such a file safe.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The zip to write.")
def export(seminar: int | None, number: int | None, *, names: bool, output: Path | None) -> None:
    """Write a seminar's log as a zip: tables, the discussion to read, a data dictionary.

    People appear under their aliases unless --names is given.
    """
    import os

    from bot.config import ConfigError, load_settings
    from db.errors import StoreError
    from db.export import export_zip
    from db.keys import read_key
    from db.store import Store

    try:
        settings = load_settings(os.environ, Path(".env"), need_token=False)
        if not settings.database.exists():
            raise click.ClickException(
                f"還沒有資料庫 {settings.database}\nThere is no database {settings.database} yet."
            )
        store = Store.open(settings.database, key=read_key(settings.secret_key_file))
    except (ConfigError, StoreError) as error:
        raise click.ClickException(str(error)) from error
    try:
        chosen = _choose(store.seminars(), seminar)
        round_id = None if number is None else _round(store.rounds(chosen), number)
        path = output or Path(f"wendu-{chosen}.zip")
        export_zip(store, chosen, path, round_id=round_id, names=names, timezone=settings.timezone)
    finally:
        store.close()
    click.echo(str(path))


def _choose(seminars: Sequence[Seminar], wanted: int | None) -> int:
    """Return the seminar's number, the only one's if none is named."""
    if wanted is None and len(seminars) == 1:
        return seminars[0].id
    if any(seminar.id == wanted for seminar in seminars):
        return wanted or 0
    known = "\n".join(f"  {seminar.id}  {seminar.title}" for seminar in seminars) or "  (–)"
    raise click.UsageError(f"請用 --seminar 指定研討 / name one of these with --seminar:\n{known}")


def _round(rounds: Sequence[Round], number: int) -> int:
    """Return the id of the round of that number."""
    for found in rounds:
        if found.number == number:
            return found.id
    known = "、".join(str(found.number) for found in rounds) or "–"
    raise click.UsageError(f"沒有第 {number} 輪，有：{known} / there is no round {number}")
