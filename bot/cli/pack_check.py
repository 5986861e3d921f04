"""`wendu pack check`: every problem of a pack with its file, line and mend."""

import sys
from functools import partial
from pathlib import Path

import click

from bot.cli.pack_places import all_packs, pack_folder, packs_option


@click.command()
@click.argument("names", metavar="[NAME|FOLDER]...", nargs=-1)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
    help="給人看、給 GitHub、給程式 / for people, for GitHub, for programs.",
)
@click.option(
    "--article",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="原文，用來檢查有沒有照抄 / the article, to find runs copied from it.",
)
@click.option("--all", "everything", is_flag=True, help="每一個建議都列出來 / list every piece of advice.")
@packs_option
def check(names: tuple[str, ...], *, shape: str, article: Path | None, everything: bool, packs: Path) -> None:
    """檢查教材包；不給名字就檢查全部 / Check packs (all of them, if none is named).

    有錯誤時結束代碼是 1；建議不算錯 / exit status 1 if there are errors; advice alone is 0.
    """
    from bot.answering.engine import Engine
    from bot.pack.checks import Level, check_pack
    from bot.pack.checks.formats import FORMATS, as_text

    folders = [pack_folder(name, packs) for name in names] or list(all_packs(packs))
    if not folders:
        raise click.UsageError(f"{packs} 裡沒有教材包 / there is no pack in it")
    lines = _article(article)
    found = {folder: check_pack(folder, lines, engine=lambda pack: Engine(pack).answer) for folder in folders}
    render = partial(as_text, most=sys.maxsize) if everything and shape == "text" else FORMATS[shape]
    for line in render(found):
        click.echo(line)
    if any(item.level is Level.ERROR for findings in found.values() for item in findings):
        raise SystemExit(1)


def _article(path: Path | None) -> tuple[str, ...]:
    from bot.pack.authoring.articles import ArticleError, open_article

    if path is None:
        return ()
    try:
        return tuple(open_article(path).text.splitlines())
    except ArticleError as error:
        raise click.UsageError(str(error)) from error
