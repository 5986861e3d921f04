"""`wendu pack preview`: the rehearsal, with the pack that is being written."""

from pathlib import Path

import click

from bot.cli.pack_places import pack_folder, packs_option


@click.command()
@click.argument("name", metavar="NAME|FOLDER")
@click.option("--port", type=click.IntRange(1, 65535), help="127.0.0.1 的連接埠 / port on 127.0.0.1.")
@click.option("--no-browser", is_flag=True, help="不要打開瀏覽器 / do not open a browser.")
@packs_option
@click.pass_context
def preview(context: click.Context, name: str, *, port: int | None, no_browser: bool, packs: Path) -> None:
    """在排練裡試用教材包 / Open a pack in the rehearsal, without Telegram."""
    from bot.cli.rehearse import rehearse
    from bot.pack.load import PackError, load_pack

    folder = pack_folder(name, packs).resolve()
    try:
        pack = load_pack(folder)
    except PackError as error:
        raise click.ClickException(f"教材包還讀不進來 / the pack has problems:\n{error}") from error
    if not any(not snippet.draft for snippet in pack.snippets):
        click.echo(
            "每一則都還是草稿，所以什麼都不會回答 / all snippets are drafts: nothing will be answered",
            err=True,
        )
    context.invoke(rehearse, port=port, no_browser=no_browser, packs=folder.parent, pack=pack.slug)
