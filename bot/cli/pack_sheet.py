"""`wendu pack export` and `wendu pack import`: a pack as a spreadsheet, for who would rather fill a table."""

import tempfile
from pathlib import Path

import click

from bot.cli.pack_places import pack_folder, packs_option

FILES = ("pack.md", "snippets.md", "discussion.md", "golden.md", "reading.md")


@click.command()
@click.argument("name", metavar="NAME|FOLDER")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="pack.xlsx")
@packs_option
def export(name: str, output: Path | None, packs: Path) -> None:
    """把教材包變成試算表 / Write a pack as an .xlsx spreadsheet, with nothing left out."""
    from bot.reading.parsing import PackError, load_pack
    from bot.reading.sheets import SheetError, save_workbook, to_sheets

    folder = pack_folder(name, packs)
    target = output or Path(f"{folder.resolve().name}.xlsx")
    try:
        pack = load_pack(folder)
        save_workbook(to_sheets(pack, _files(folder)), target)
    except (PackError, SheetError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"寫不進 {target}：{error.strerror} / cannot write there") from error
    click.echo(
        f"✔ {target}：{len(pack.snippets)} 則摘解、{len(pack.prompts)} 個討論題、{len(pack.golden)} 個測試題"
    )


def _files(folder: Path) -> dict[str, str]:
    return {file: (folder / file).read_text("utf-8-sig") for file in FILES if (folder / file).exists()}


@click.command("import")
@click.argument("workbook", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="教材包資料夾 / the folder"
)
@click.option("--overwrite", is_flag=True, help="蓋過已有的檔案 / replace the files that are there.")
def import_(workbook: Path, output: Path | None, *, overwrite: bool) -> None:
    """把試算表變回教材包 / Read a pack back from a spreadsheet. Nothing is written if anything is wrong."""
    from bot.reading.parsing import PackError, load_pack
    from bot.reading.sheets import SheetError, located, open_workbook, to_files

    folder = output or workbook.with_suffix("")
    if (folder / "pack.md").exists() and not overwrite:
        raise click.UsageError(
            f"{folder} 已經有教材包：加 --overwrite，或換一個 -o / there is a pack already"
        )
    try:
        files = to_files(open_workbook(workbook))
    except SheetError as error:
        raise click.ClickException(str(error)) from error
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(scratch) / folder.resolve().name
        _write(trial, files)
        try:
            pack = load_pack(trial)
        except PackError as wrong:
            told = [
                f"{located(p.file, p.line, files.get(p.file, ''))}：{p.message} → {p.mend}"
                for p in wrong.problems
            ]
            raise click.ClickException(
                "\n".join(["試算表有問題 / the spreadsheet has problems:", *told])
            ) from wrong
    _write(folder, files)
    click.echo(
        f"✔ {folder}：{len(pack.snippets)} 則摘解、{len(pack.prompts)} 個討論題、{len(pack.golden)} 個測試題"
    )


def _write(folder: Path, files: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.ClickException(f"寫不進 {folder}：{error.strerror} / cannot write there") from error
