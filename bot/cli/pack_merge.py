"""`wendu pack merge`: what teachers taught the bot with /unanswered goes back into the pack's Markdown."""

import codecs
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from bot.cli.pack_places import pack_folder, packs_option


@click.command()
@click.argument("name", metavar="NAME|FOLDER")
@click.option("--dry-run", is_flag=True, help="只說會改什麼，不寫檔 / only say what would be changed.")
@click.option(
    "--database",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    envvar="WENDU_DATABASE",
    show_envvar=True,
    help="資料庫檔案 / the bot's database.  [default: data/wendu.db]",
)
@packs_option
def merge(name: str, *, dry_run: bool, database: Path | None, packs: Path) -> None:
    """把學會的別名寫回教材檔 / Write learned aliases back into the pack: only its 別名 lines change."""
    from bot.pack.learned_aliases import merge as merged_into
    from bot.pack.load import PackError, load_pack

    folder = pack_folder(name, packs).resolve()
    try:
        pack = load_pack(folder)
    except PackError as error:
        raise click.ClickException(f"教材包有問題，先改好再合併 / mend the pack first:\n{error}") from error
    learned = _learned(database or Path("data/wendu.db"), pack.slug)
    path = folder / "snippets.md"
    raw = path.read_bytes()
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    done = merged_into(raw[len(mark) :].decode("utf-8"), learned, pack.paragraph_count)
    for slug, wording in done.added:
        click.echo(f"+ {slug}：{wording}")
    for slug, wording in done.left_out:
        click.echo(f"! {slug}：{wording}（沒有這則摘解，或寫不進去，請自己改 / left out）", err=True)
    if not done.added:
        click.echo("沒有新的別名 / nothing new")
    elif dry_run:
        click.echo(f"會寫入 {len(done.added)} 個別名（--dry-run，沒有寫） / would be written to {path}")
    else:
        _replace(path, mark + done.text.encode("utf-8"))
        click.echo(f"✔ {path}：{len(done.added)} 個別名 / aliases written")


def _learned(database: Path, slug: str) -> Mapping[str, Sequence[str]]:
    from db.core.errors import StoreError
    from db.store import Store

    if not database.is_file():
        raise click.UsageError(f"找不到資料庫 {database}，用 --database 指定 / there is no such database")
    try:
        store = Store.open(database)
    except StoreError as error:
        raise click.ClickException(str(error)) from error
    try:
        return store.learned.all().get(slug, {})
    finally:
        store.close()


def _replace(path: Path, content: bytes) -> None:
    """Put the new file in the old one's place in one step: a crash leaves one of the two."""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(path.stat().st_mode & 0o777)
        Path(temporary).replace(path)
    except OSError as error:
        raise click.ClickException(f"寫不進 {path}：{error.strerror} / cannot write there") from error
