"""`wendu backup` and `wendu restore`: the whole database as one file, and back."""

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.shared import need_database, read_settings

COUNTS = {
    "seminars": "研討 / seminars",
    "rounds": "輪 / rounds",
    "remarks": "則發言 / remarks",
    "people": "人 / people",
    "questions": "個提問 / questions",
}


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="寫到哪個檔案 / the file to write.",
)
@click.option(
    "--with-key",
    is_flag=True,
    help="連金鑰一起放；檔案請小心保管 / put the secret key in as well: keep such a file safe.",
)
@click.option("--force", is_flag=True, help="蓋過同名的檔案 / write over a file of that name.")
def backup(*, output: Path | None, with_key: bool, force: bool) -> None:
    """備份資料庫，上課中也可以 / Back up the database in mid-class.

    寫完會打開來檢查；只有你讀得到，裡面有真名。The file is checked by opening it; it carries real names.
    """
    from db.backup.archive import back_up
    from db.core.errors import StoreError
    from db.core.keys import read_key

    settings = read_settings()
    now = datetime.now(UTC)
    file = output or Path(f"wendu-{now:%Y%m%d-%H%M%S}.backup")
    if file.exists() and not force:
        raise click.ClickException(
            f"{file} 已經存在；要蓋過去就加 --force。\n{file} exists; --force replaces it."
        )
    need_database(settings)
    try:
        key = read_key(settings.secret_key_file)
        about = back_up(settings.database, key, file, now=now, with_key=with_key)
    except (StoreError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file}（{file.stat().st_size:,} bytes，{about.level}）")
    click.echo(_counted(about.counts))
    if with_key:
        click.echo("這份備份含金鑰，請妥善保管。 / This backup carries the key: keep it safe.", err=True)
    else:
        click.echo(
            f"金鑰不在裡面，請另外保存：{settings.secret_key_file} / The key is not in it: keep it too.",
            err=True,
        )


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--force",
    is_flag=True,
    help="就算已經有資料庫；舊的會留著 / also over a database that is there; it is kept aside.",
)
@click.option(
    "--without-key",
    is_flag=True,
    help="就算找不到金鑰，見 docs/operators.md / also where the backup's key is missing: see there.",
)
def restore(*, file: Path, force: bool, without_key: bool) -> None:
    """還原備份；先停下機器人 / Put a backup in the place of the database. Stop the bot first."""
    from db.backup.restore import restore as put_back
    from db.core.errors import StoreError

    settings = read_settings()
    try:
        done = put_back(
            file,
            settings.database,
            settings.secret_key_file,
            now=datetime.now(UTC),
            force=force,
            without_key=without_key,
        )
    except (StoreError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已還原到 / restored to {settings.database}")
    click.echo(_counted(done.counts))
    for kept in done.aside:
        click.echo(f"舊的留在 / the old one is kept as {kept}")


def _counted(counts: dict[str, int]) -> str:
    return "\n".join(f"  {counts.get(name, 0):>7} {called}" for name, called in COUNTS.items())
